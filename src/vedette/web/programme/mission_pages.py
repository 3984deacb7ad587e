"""What the board of missions draws, and the page of one mission; a form that was not taken stands in its place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import check_not_auditing, open_one
from vedette.handling.policy import visible_sheets
from vedette.kit.queries import installation_kind
from vedette.kit.said import said
from vedette.kit.time import now
from vedette.programme.actions import read_missions
from vedette.programme.going import lacking
from vedette.programme.missions import (
    MissionRow,
    Progress,
    checks_of,
    journey,
    mission_row,
    mission_states,
    prepared,
    progress,
)
from vedette.programme.models import CheckIn, Mission, MissionCheck, MissionState
from vedette.web.funding.commitment_pages import mission_costs
from vedette.web.programme.forms import BecauseForm
from vedette.web.programme.mission_asks import Back, asks, board_forms
from vedette.web.programme.mission_deeds import deeds
from vedette.web.programme.mission_forms import CheckForm, CheckInForm
from vedette.web.programme.mission_match import matching_context
from vedette.web.programme.mission_questions import questions_context
from vedette.web.programme.mission_way import way_context
from vedette.web.programme.mission_words import need_words, short_need
from vedette.web.programme.pages import shell_context
from vedette.web.search.found import address_of

State = MissionState.State
# The board's columns, each with the states that stand in it.
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (State.ASKED, (State.ASKED,)),
    (State.MATCHING, (State.MATCHING,)),
    (State.ACCEPTED, (State.ACCEPTED, State.GO, State.NO_GO)),
    (State.ABROAD, (State.ABROAD,)),
    (State.BACK, (State.BACK,)),
)
NOT_CHOSEN = (State.ASKED, State.MATCHING)
NOT_YET = (*NOT_CHOSEN, State.ACCEPTED, State.GO, State.NO_GO)


def missions_context(viewer: Viewer | None) -> dict[str, Any]:
    """The board of missions: those that go on by column, those that are over folded."""
    rows = read_missions(viewer)
    far = progress(viewer, [row for row in rows if not row.over])
    columns = [
        {
            "key": key,
            "label": said(State(key).label),
            "rows": [_card(row, far[row.mission.pk]) for row in rows if row.state.state in held],
        }
        for key, held in COLUMNS
    ]
    return {
        **shell_context(viewer, "missions"),
        **board_forms(viewer),
        "columns": columns,
        "over": [row for row in rows if row.over],
        "going_on": sum(1 for row in rows if not row.over),
        "any": bool(rows),
    }


def _card(row: MissionRow, far: Progress) -> dict[str, Any]:
    passed = row.state.state in NOT_YET and row.begins < now().date()
    return {
        "row": row,
        "needs": ", ".join(short_need(need) for need in row.needs),
        "passed": passed,
        "far": far,
        "listed": row.state.state in (State.ACCEPTED, State.GO, State.NO_GO),
        "missed": far.due is not None and far.due.due < now(),
    }


@dataclass(frozen=True)
class CheckLine:
    """One line of the list before travel: what, how it stands (None: nobody wrote it down), whether it lapses too soon."""

    kind: str
    label: str
    row: MissionCheck | None
    short: bool
    form: Any = None

    @property
    def state(self) -> str:
        """How it stands."""
        return self.row.state if self.row else MissionCheck.State.OPEN


@dataclass(frozen=True)
class SignOfLife:
    """A sign of life that is owed, missed or given, and the forms beside it."""

    row: CheckIn
    missed: bool
    give: Any = None
    drop: Any = None


def mission_or_missing(viewer: Viewer | None, key: Any) -> MissionRow:
    """The mission of an address, as the viewer may read it; Missing otherwise. That it was opened is written down."""
    check_not_auditing(viewer)
    open_one(viewer, Mission, key)
    row = mission_row(viewer, key)
    if row is None:
        raise AssertionError("a mission without a state in force")
    return row


def mission_context(
    viewer: Viewer | None, row: MissionRow, refused: Any = None, *, whole: bool = False
) -> dict[str, Any]:
    """Everything `programme/mission.html` draws; `refused` is the form that came back, `whole` names every officer."""
    back: Back = {refused.name: refused} if refused else {}
    mission, may_do = row.mission, deeds(viewer, row)
    trip, plan, states = journey(viewer, mission), prepared(viewer, mission), mission_states(viewer, mission)
    checks = plan.checks if plan else checks_of(viewer, mission)
    lacks = lacking(plan) if plan and row.state.state in (State.ACCEPTED, State.GO) else []
    told: list[Any] = [*states, *checks, *trip.tasks, *trip.check_ins, *trip.legs, *trip.observations]
    givers = [one.done_by for one in trip.check_ins] + [one.leave_by for one in trip.tasks]
    return {
        **shell_context(viewer, "missions"),
        **matching_context(viewer, row, may_do, back, whole=whole),
        **questions_context(viewer, row, back),
        "basis": _basis(viewer, mission),
        **way_context(viewer, row, trip, may_do, back),
        "row": row,
        "mission": mission,
        "needs": [need_words(need, mission.team) for need in row.needs],
        "states": states,
        "deed": may_do,
        "form": asks(row, may_do, back),
        "checks": check_lines(row, checks, may_do, back),
        "lacks": lacks,
        "not_done": [said(one.not_done) for one in lacks if one.not_done],
        "chosen": row.state.state not in NOT_CHOSEN and row.state.begins is not None,
        "planned": plan is not None,
        "trip": trip,
        "tasks": _each(trip.tasks, "drop-task", may_do.get("drop_task"), back),
        "sessions": _each(trip.sessions, "drop-session", may_do.get("drop_session"), back),
        "signs": _signs(trip.check_ins, may_do, back),
        "team": _each(row.members, "release", may_do.get("release_member"), back),
        "who": labels([*(one.by for one in told), *givers, trip.debrief.by if trip.debrief else None]),
        "kind": installation_kind(),
        "costs": mission_costs(viewer, row),
    }


def _basis(viewer: Viewer | None, mission: Mission) -> dict[str, str] | None:
    """What a mission follows, as far as the viewer may read it."""
    if mission.basis_id is None:
        return None
    held = visible_sheets(viewer, [mission.basis_id]).get(mission.basis_id)
    return (
        {"reference": held.reference, "href": address_of(held.kind, held.pk)} if held else {"reference": "", "href": ""}
    )


def check_lines(
    row: MissionRow, checks: Iterable[MissionCheck], may_do: dict[str, bool], back: Back
) -> list[CheckLine]:
    """Every line of the list before travel, in its order, with its form."""
    standing = {one.kind: one for one in checks}
    lines = []
    for kind in MissionCheck.Kind:
        one = standing.get(kind)
        name = f"check-{kind.value}"
        short = bool(one and one.valid_until and one.valid_until < row.last and one.state == MissionCheck.State.DONE)
        form = back.get(name) or (CheckForm(name, kind=kind, check=one) if may_do["set_check"] else None)
        lines.append(CheckLine(kind, said(kind.label), one, short, form))
    return lines


def _each(rows: Iterable[Any], name: str, may_end: bool | None, back: Back) -> list[dict[str, Any]]:
    """Rows, each with the form that ends it for a reason."""
    return [
        {"row": one, "end": (back.get(f"{name}-{one.id}") or BecauseForm(f"{name}-{one.id}")) if may_end else None}
        for one in rows
    ]


def _signs(rows: Iterable[CheckIn], may_do: dict[str, bool], back: Back) -> list[SignOfLife]:
    def form(verb: str, name: str, make: Callable[[str], Any], row: CheckIn) -> Any:
        open_for = may_do[verb] and row.done_at is None
        return back.get(name) or (make(name) if open_for else None)

    return [
        SignOfLife(
            row,
            row.done_at is None and row.due < now(),
            form("check_in", f"sign-{row.id}", CheckInForm, row),
            form("drop_check_in", f"drop-sign-{row.id}", BecauseForm, row),
        )
        for row in rows
    ]
