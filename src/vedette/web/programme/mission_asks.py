"""The empty forms of a mission's page, each only where its verb is open; one that came back stands in its place."""

from collections.abc import Callable
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.programme.missions import MissionRow
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.programme.mission_forms import (
    AcceptForm,
    DebriefForm,
    DueForm,
    GoForm,
    ObservationForm,
    OutsideForm,
    RestsForm,
    ReturnForm,
    SessionForm,
    TaskForm,
)

Back = dict[str, Asking]


def board_forms(viewer: Viewer | None) -> dict[str, Any]:
    """Whether the board offers to enter a mission or to offer oneself for one."""
    return {
        "may_ask": may(viewer, "ask_mission").allowed,
        "may_offer": may(viewer, "offer_mission").allowed,
    }


def asks(row: MissionRow, may_do: dict[str, bool], back: Back) -> dict[str, Any]:
    """The forms of one mission by name."""
    makers: dict[str, tuple[str, Callable[[], Asking]]] = {
        "accept": ("accept_mission", lambda: AcceptForm("accept", row=row)),
        "rests": ("name_agreement", lambda: RestsForm("rests", row=row)),
        "decline": ("decline_mission", lambda: BecauseForm("decline")),
        "go": ("decide_go", lambda: GoForm("go")),
        "no-go": ("decide_go", lambda: BecauseForm("no-go")),
        "task": ("plan_task", lambda: TaskForm("task")),
        "outside": ("plan_task", lambda: OutsideForm("outside")),
        "session": ("plan_session", lambda: SessionForm("session")),
        "due": ("plan_check_in", lambda: DueForm("due", zone=row.mission.zone)),
        "return": ("return_mission", lambda: ReturnForm("return")),
        "debrief": ("file_debrief", lambda: DebriefForm("debrief")),
        "observation": ("note_observation", lambda: ObservationForm("observation")),
    }
    found: dict[str, Any] = {}
    for name, (verb, make) in makers.items():
        # A template reads no key with a hyphen.
        found[name.replace("-", "_")] = back.get(name) or (make() if may_do[verb] else None)
    return found
