"""The list before travel, the decision to go, and the journey out and home."""

import datetime
import re
from typing import Any

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.missions import move, standing_state
from vedette.programme.actions.teams import of_the_team
from vedette.programme.going import VETTINGS, lacking
from vedette.programme.missions import prepared
from vedette.programme.models import Mission, MissionCheck, MissionState
from vedette.programme.rota import day_words
from vedette.programme.scales import counted

State = MissionState.State
# A vetting is known by the number of its case. No word of letters alone stands in it, so no name can.
CASE = re.compile(r"(?=.*\d)[A-Z0-9]{1,8}([-/.][A-Z0-9]{1,12}){0,4}")
MOST_TRAINEES = 5_000


@transaction.atomic
def set_check(
    by: Viewer | None,
    *,
    mission: Mission,
    kind: str,
    state: str,
    because: str = "",
    valid_until: datetime.date | None = None,
    case_number: str = "",
    vetted_on: datetime.date | None = None,
    cleared: int | None = None,
    suspended: int | None = None,
) -> MissionCheck:
    """Write one line of the list before travel; the line before is closed and kept. A vetting holds counts, no names."""
    viewer = require(by, "set_check", mission.sheet)
    Check = MissionCheck
    if kind not in Check.Kind.values or state not in Check.State.values:
        raise Refused("kind", "That is no line of the list.", "Choose a line and how it stands.")
    if kind == Check.Kind.FUNDING and state == Check.State.DONE:
        raise Refused("state", "The books tick this line.", "Enter under Funding what the mission will cost.")
    if standing_state(mission).state in (State.DECLINED, State.CLOSED):
        raise Refused("mission", "This mission is over.", "Nothing needs doing.")
    explained = state in (Check.State.REFUSED, Check.State.NOT_NEEDED)
    reason = clean_line("because", because, limit=300, required=explained)
    vetting: dict[str, Any] = {}
    if kind in VETTINGS:
        if state == Check.State.NOT_NEEDED and mission.kind == Mission.Kind.TRAINING:
            raise Refused("state", "Training is never held without vetting.", "Have units and trainees vetted.")
        if reason:
            reason = _no_names(reason)
        if state == Check.State.DONE:
            vetting = _vetting(case_number, vetted_on, valid_until, cleared, suspended)
    made = record_check(viewer, mission, kind, state, because=reason, valid_until=valid_until, **vetting)
    record(viewer, "check.set", [mission.pk, made.id])
    announce("mission.set", mission.pk)
    return made


def record_check(viewer: Viewer, mission: Mission, kind: str, state: str, **values: Any) -> MissionCheck:
    """Part of a verb: a line of the list as it stands from now on; the one before is closed and kept."""
    rows = MissionCheck.objects.as_house("a line of the list is closed, never overwritten")
    rows.filter(mission=mission, kind=kind, until__isnull=True).update(until=now())
    made: MissionCheck = MissionCheck.objects.create(
        mission=mission, kind=kind, state=state, since=now(), by=viewer.seat_id, **values
    )
    return made


def _no_names(reason: str) -> str:
    """Beside a vetting no two words in a row begin with a capital: that is how a name is written."""
    if re.search(r"\b[^\W\d_a-z][^\W\d_]*[ ,]+[^\W\d_a-z][^\W\d_]*", reason):
        raise Refused(
            "because", "It reads as if it named somebody.", "Say it without names: units and trainees are counted."
        )
    return reason


def _vetting(
    case_number: str,
    vetted_on: datetime.date | None,
    valid_until: datetime.date | None,
    cleared: int | None,
    suspended: int | None,
) -> dict[str, Any]:
    """Case number, day, last day and counts of a vetting; each is needed."""
    number = clean_line("case_number", case_number, limit=40, required=True).upper()
    if not CASE.fullmatch(number):
        raise Refused(
            "case_number", "That is no case number.", "Give letters and figures such as 2016-0411-A; never a name."
        )
    if vetted_on is None or vetted_on > now().date():
        raise Refused("vetted_on", "Say on which day it was vetted.", "Give a day up to today.")
    if valid_until is None or valid_until < vetted_on:
        raise Refused("valid_until", "Say until when the vetting holds.", "Give a day after the vetting.")
    return {
        "case_number": number,
        "vetted_on": vetted_on,
        "cleared": counted("cleared", -1 if cleared is None else cleared, MOST_TRAINEES, 1),
        "suspended": counted("suspended", -1 if suspended is None else suspended, MOST_TRAINEES, 0),
    }


@transaction.atomic
def decide_go(by: Viewer | None, *, mission: Mission, go: bool, because: str = "") -> Mission:
    """The chief's recorded go or no-go; a go is refused with every missing item named, a no-go needs its reason."""
    viewer = require(by, "decide_go", mission.sheet)
    reason = clean_line("because", because, limit=300, required=not go)
    if go:
        _refuse_lacking(viewer, mission, "go")
    move(mission, State.GO if go else State.NO_GO, viewer, reason)
    record(viewer, "mission.decided", [mission.pk], reason)
    announce("mission.set", mission.pk)
    return mission


def _refuse_lacking(viewer: Viewer, mission: Mission, field: str) -> None:
    """Every missing item by name in one refusal, with every way out."""
    plan = prepared(viewer, mission)
    if plan is None:
        raise Refused(field, "The chief has not accepted it.", "Accept it for its days first.")
    if field == "go" and plan.first < now().date():
        raise Refused(field, f"It was to begin on {day_words(plan.first)}.", "Choose other days first.")
    missing = lacking(plan)
    if missing:
        ways = dict.fromkeys(item.way_out for item in missing)
        raise Refused(field, " ".join(item.sentence for item in missing), " ".join(ways))


@transaction.atomic
def depart_mission(by: Viewer | None, *, mission: Mission) -> Mission:
    """The team leaves, no earlier than the day the chief chose, and not when something has lapsed since his go."""
    viewer = of_the_team(require(by, "depart_mission", mission.sheet), mission)
    begins = standing_state(mission).begins
    if begins is not None and now().date() < begins - datetime.timedelta(days=1):
        raise Refused("state", f"It begins on {day_words(begins)} only.", "Write the departure down when they leave.")
    _refuse_lacking(viewer, mission, "state")
    move(mission, State.ABROAD, viewer)
    record(viewer, "mission.departed", [mission.pk])
    announce("mission.set", mission.pk)
    return mission


@transaction.atomic
def return_mission(by: Viewer | None, *, mission: Mission, because: str = "") -> Mission:
    """The team is home; a reason when it came before the last day."""
    viewer = of_the_team(require(by, "return_mission", mission.sheet), mission)
    state = standing_state(mission)
    early = state.begins is not None and state.days is not None and (
        now().date() < state.begins + datetime.timedelta(days=state.days - 1)
    )  # fmt: skip
    reason = clean_line("because", because, limit=300, required=early)
    move(mission, State.BACK, viewer, reason)
    record(viewer, "mission.returned", [mission.pk], reason)
    announce("mission.set", mission.pk)
    return mission
