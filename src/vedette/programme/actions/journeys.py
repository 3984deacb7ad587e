"""What a team is to do abroad, the sessions it holds, and the signs of life it owes."""

import datetime
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import acknowledge_clock, start_clock, stop_clock
from vedette.audit.actions import record
from vedette.handling.names import check_nobody_named
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.missions import places, standing_state
from vedette.programme.actions.safety import said_at
from vedette.programme.actions.teams import of_the_team
from vedette.programme.models import CheckIn, Mission, MissionSession, MissionState, MissionTask
from vedette.programme.positions import NOWHERE, Position, columns
from vedette.programme.rota import day_words
from vedette.programme.scales import counted

State = MissionState.State
CLOCK, LADDER = "check-in", "journeys"
PLANNED = (State.ACCEPTED, State.GO, State.ABROAD)
MOST_TRAINEES = 500
DAY = datetime.timedelta(days=1)


@transaction.atomic
def plan_task(
    by: Viewer | None,
    *,
    mission: Mission,
    title: str,
    day: datetime.date | None = None,
    outside_mandate: bool = False,
    because: str = "",
    bureau_leave: str = "",
    bureau_leave_on: datetime.date | None = None,
) -> MissionTask:
    """Plan what the team does. It trains and advises; what lies outside needs the chief's own leave and the bureau's."""
    viewer = require(by, "plan_task", mission.sheet)
    state = planned(mission)
    words = clean_line("title", title, limit=300, required=True)
    within(state, "day", day)
    leave: dict[str, object] = {}
    if outside_mandate:
        if not viewer.holds("commander"):
            raise Refused(
                "outside_mandate",
                "Advisers train and advise; this lies outside their mandate.",
                "The chief himself plans it, with his reason and the bureau's leave, or leave it out.",
            )
        if bureau_leave_on is None or bureau_leave_on > now().date():
            raise Refused("bureau_leave_on", "Say on which day the bureau gave its leave.", "Give a day up to today.")
        leave = {
            "outside_mandate": True,
            "leave_by": viewer.seat_id,
            "leave_at": now(),
            "leave_because": clean_line("because", because, limit=300, required=True),
            "bureau_leave": clean_line("bureau_leave", bureau_leave, limit=200, required=True),
            "bureau_leave_on": bureau_leave_on,
        }
    made: MissionTask = MissionTask.objects.create(
        mission=mission, title=words, day=day, since=now(), by=viewer.seat_id, **leave
    )
    record(viewer, "mission.task_planned", [mission.pk, made.id], str(leave.get("leave_because", "")))
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def drop_task(by: Viewer | None, *, task: MissionTask, because: str) -> MissionTask:
    """Take a task off the plan with a reason; that it stood there is kept."""
    viewer = require(by, "drop_task", task.mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    rows = MissionTask.objects.as_house("a dropped task is closed, never deleted")
    if not rows.filter(id=task.id, until__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was dropped before.", "Nothing needs doing.")
    record(viewer, "mission.task_dropped", [task.mission_id, task.id], reason)
    announce("mission.set", task.mission_id)
    return task


@transaction.atomic
def plan_session(
    by: Viewer | None,
    *,
    mission: Mission,
    title: str,
    day: datetime.date,
    hours: Decimal | float | str,
    trainees: int,
    vetted: int,
    nobody: bool = False,
) -> MissionSession:
    """Put a session on the curriculum: how many trainees, how many of them vetted; nobody is named (`nobody`: looked at)."""
    viewer = of_the_team(require(by, "plan_session", mission.sheet), mission)
    state = planned(mission)
    words = clean_line("title", title, limit=300, required=True)
    check_nobody_named("title", words, places(mission), looked=nobody)
    within(state, "day", day)
    length = _hours(hours)
    seats = counted("trainees", trainees, MOST_TRAINEES)
    cleared = counted("vetted", vetted, seats, 0)
    if state.state != State.ACCEPTED and cleared < seats and mission.kind == Mission.Kind.TRAINING:
        raise Refused(
            "vetted",
            f"{seats - cleared} of its seats are not vetted, and the mission is go.",
            "Have them vetted, or take fewer trainees.",
        )
    made: MissionSession = MissionSession.objects.create(
        mission=mission,
        title=words,
        day=day,
        hours=length,
        trainees=seats,
        vetted=cleared,
        since=now(),
        by=viewer.seat_id,
    )
    record(viewer, "mission.session_planned", [mission.pk, made.id])
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def drop_session(by: Viewer | None, *, session: MissionSession, because: str) -> MissionSession:
    """Take a session off the curriculum with a reason; that it stood there is kept."""
    viewer = of_the_team(require(by, "drop_session", session.mission.sheet), session.mission)
    reason = clean_line("because", because, limit=300, required=True)
    rows = MissionSession.objects.as_house("a dropped session is closed, never deleted")
    if not rows.filter(id=session.id, until__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was dropped before.", "Nothing needs doing.")
    record(viewer, "mission.session_dropped", [session.mission_id, session.id], reason)
    announce("mission.set", session.mission_id)
    return session


@transaction.atomic
def plan_check_in(by: Viewer | None, *, mission: Mission, due: datetime.datetime) -> CheckIn:
    """The team owes a sign of life at a moment; when none comes the duties are told, one after the other."""
    viewer = require(by, "plan_check_in", mission.sheet)
    state = planned(mission)
    if due <= now():
        raise Refused("due", "This moment has passed.", "Choose one still to come.")
    # A moment is held against the days with a day to spare: the team's own day may begin before ours.
    within(state, "due", due.date(), DAY)
    rows = CheckIn.objects.as_house("one sign of life is owed at a moment")
    if rows.filter(mission=mission, due=due, until__isnull=True).exists():
        raise Refused("due", "A sign of life is owed at this moment already.", "Choose another moment.")
    made: CheckIn = CheckIn.objects.create(mission=mission, due=due, since=now(), by=viewer.seat_id)
    start_clock(mission.sheet, CLOCK, made.id, due, LADDER)
    record(viewer, "mission.check_in_planned", [mission.pk, made.id])
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def check_in(
    by: Viewer | None,
    *,
    due: CheckIn,
    place: str = "",
    position: Position = NOWHERE,
    at: datetime.datetime | None = None,
) -> CheckIn:
    """A member of the team says that all is well, and where; the manager writes it down for him. Its clock is met.

    `at` is when he said so: a phone without a network delivers it later.
    """
    mission = due.mission
    viewer = of_the_team(require(by, "check_in", mission.sheet), mission)
    where = columns(replace(position, place=place) if place else position, required=True)
    rows = CheckIn.objects.as_house("a sign of life is given once").filter(id=due.id, until__isnull=True)
    given = {"done_at": said_at(at), "told_at": now(), "done_by": viewer.seat_id, **where}
    if not rows.filter(done_at__isnull=True).update(**given):
        raise Refused("place", "This sign of life was given before, or is no longer owed.", "Nothing needs doing.")
    acknowledge_clock(due.id, CLOCK, viewer.seat_id)
    record(viewer, "mission.checked_in", [mission.pk, due.id])
    announce("mission.set", mission.pk)
    due.refresh_from_db(from_queryset=CheckIn.objects.as_house("the row just written"))
    return due


@transaction.atomic
def drop_check_in(by: Viewer | None, *, due: CheckIn, because: str) -> CheckIn:
    """A sign of life is no longer owed, for a reason; its clock stops."""
    viewer = require(by, "drop_check_in", due.mission.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    rows = CheckIn.objects.as_house("a sign of life no longer owed is closed, never deleted")
    if not rows.filter(id=due.id, until__isnull=True, done_at__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was given or dropped before.", "Nothing needs doing.")
    stop_clock(due.id, CLOCK, reason)
    record(viewer, "mission.check_in_dropped", [due.mission_id, due.id], reason)
    announce("mission.set", due.mission_id)
    return due


def planned(mission: Mission) -> MissionState:
    """Part of a verb: how a mission stands that is planned or going on; Refused when it is not."""
    state = standing_state(mission)
    if state.state not in PLANNED:
        raise Refused("mission", "It does not stand as accepted, go or abroad.", "Let the chief accept it first.")
    return state


def within(
    state: MissionState, name: str, day: datetime.date | None, spare: datetime.timedelta = datetime.timedelta()
) -> None:
    """Part of a verb: a day lies within the days the chief chose, or so many beside them; Refused otherwise."""
    if day is None or state.begins is None or state.days is None:
        return
    last = state.begins + (state.days - 1) * DAY
    if not state.begins - spare <= day <= last + spare:
        raise Refused(
            name, f"The mission lasts from {day_words(state.begins)} to {day_words(last)}.", "Choose a day within it."
        )


def _hours(hours: Decimal | float | str) -> Decimal:
    try:
        length = Decimal(str(hours)).quantize(Decimal("0.1"))
    except InvalidOperation:
        length = Decimal(0)
    if not (length.is_finite() and 0 < length <= 24):
        raise Refused("hours", f"{hours} is no length of a session.", "Give hours, up to 24.")
    return length
