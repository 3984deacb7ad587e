"""After a mission: its report, what others may learn from it, and its end."""

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.names import check_nobody_named
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.finding import index_mission
from vedette.programme.actions.missions import move, places, standing_state
from vedette.programme.actions.teams import of_the_team
from vedette.programme.models import CheckIn, Debrief, Mission, MissionState, Observation

State = MissionState.State
AFTER = (State.ABROAD, State.BACK)


@transaction.atomic
def file_debrief(by: Viewer | None, *, mission: Mission, text: str, because: str = "", nobody: bool = False) -> Debrief:
    """The team's report on its mission; a new wording takes the place of the one before, with a reason.

    `nobody`: the team has looked at the words that may name a person, and they name nobody.
    """
    viewer = of_the_team(require(by, "file_debrief", mission.sheet), mission)
    if standing_state(mission).state != State.BACK:
        raise Refused("mission", "The team is not home, or the mission is closed.", "Write down the return first.")
    words = clean_text("text", text, required=True)
    check_nobody_named("text", words, places(mission), looked=nobody)
    rows = Debrief.objects.as_house("a report on a mission is closed, never overwritten")
    standing = rows.filter(mission=mission, until__isnull=True)
    reason = clean_line("because", because, limit=300, required=standing.exists())
    standing.update(until=now(), because=reason)
    made: Debrief = Debrief.objects.create(mission=mission, text=words, since=now(), by=viewer.seat_id)
    index_mission(mission, standing_state(mission).place)
    record(viewer, "mission.debriefed", [mission.pk, made.id], reason)
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def note_observation(
    by: Viewer | None, *, mission: Mission, element: str, text: str, suggestion: str = "", nobody: bool = False
) -> Observation:
    """One thing seen on a mission that others may learn from; it is kept for lessons and names nobody."""
    viewer = of_the_team(require(by, "note_observation", mission.sheet), mission)
    if standing_state(mission).state not in AFTER:
        raise Refused(
            "mission", "Nothing has been seen yet, or the mission is closed.", "Note it once the team has left."
        )
    if element not in Observation.Element.values:
        raise Refused("element", "Say what it is about.", "Choose one of the elements.")
    seen = clean_text("text", text, limit=4000, required=True)
    advice = clean_text("suggestion", suggestion, limit=4000)
    for field, told in (("text", seen), ("suggestion", advice)):
        check_nobody_named(field, told, places(mission), looked=nobody)
    made: Observation = Observation.objects.create(
        mission=mission,
        element=element,
        text=seen,
        suggestion=advice,
        since=now(),
        by=viewer.seat_id,
    )
    index_mission(mission, standing_state(mission).place)
    record(viewer, "mission.observed", [mission.pk, made.id])
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def close_mission(by: Viewer | None, *, mission: Mission) -> Mission:
    """The mission is over: the team is home, its report is filed, and no sign of life is owed."""
    viewer = require(by, "close_mission", mission.sheet)
    reports = Debrief.objects.as_house("a mission is closed with its report")
    if not reports.filter(mission=mission, until__isnull=True).exists():
        raise Refused("debrief", "Its report is not filed.", "Let the team write it first.")
    owed = CheckIn.objects.as_house("a mission is closed with nothing owed")
    if owed.filter(mission=mission, until__isnull=True, done_at__isnull=True).exists():
        raise Refused("check_in", "A sign of life is still owed.", "Write it down or drop it with a reason.")
    move(mission, State.CLOSED, viewer)
    record(viewer, "mission.closed", [mission.pk])
    announce("mission.set", mission.pk)
    return mission
