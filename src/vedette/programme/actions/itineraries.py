"""The way of a team and its lodging: entered and taken off."""

import datetime
import zoneinfo
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.actions.journeys import planned, within
from vedette.programme.actions.teams import of_the_team
from vedette.programme.models import Leg, Mission
from vedette.programme.scales import zone_of

DAY = datetime.timedelta(days=1)
LONGEST_WAY = 4 * DAY


@dataclass(frozen=True)
class LegDraft:
    """A leg as it is typed: each end in the clock of its own place, without a zone in the moment."""

    means: str
    destination: str
    begins: datetime.datetime
    ends: datetime.datetime
    origin: str = ""
    begins_zone: str = ""
    ends_zone: str = ""
    reference: str = ""


@transaction.atomic
def plan_leg(by: Viewer | None, draft: LegDraft, *, mission: Mission) -> Leg:
    """Enter a way or a stay of the team, within its days and a day on either side; two ways at a time are refused."""
    viewer = of_the_team(require(by, "plan_leg", mission.sheet), mission)
    state = planned(mission)
    if draft.means not in Leg.Means.values:
        raise Refused("means", "Say how they travel, or that they stay.", "Choose one of the list.")
    stays = draft.means == Leg.Means.STAY
    origin = "" if stays else clean_line("origin", draft.origin, limit=120, required=True)
    begins = _moment("begins", draft.begins, draft.begins_zone or mission.zone)
    ends = _moment("ends", draft.ends, draft.ends_zone or mission.zone)
    if ends <= begins:
        raise Refused("ends", "It ends before it begins.", "Give each end in the time of its own place.")
    if not stays and ends - begins > LONGEST_WAY:
        raise Refused("ends", "One way does not last longer than four days.", "Enter each part of it by itself.")
    for name, at in (("begins", begins), ("ends", ends)):
        within(state, name, at.date(), DAY)
    values = {
        "means": draft.means,
        "origin": origin,
        "destination": clean_line("destination", draft.destination, limit=120, required=True),
        "reference": clean_line("reference", draft.reference, limit=120),
        "begins_zone": draft.begins_zone or mission.zone,
        "ends_zone": draft.ends_zone or mission.zone,
    }
    try:
        with transaction.atomic():
            made: Leg = Leg.objects.create(
                mission=mission, begins=begins, ends=ends, since=now(), by=viewer.seat_id, **values
            )
    except IntegrityError as error:
        raise Refused(
            "begins", "The team is on another way at that time.", "Take that one off first, or mend the times."
        ) from error
    record(viewer, "mission.leg_planned", [mission.pk, made.id])
    announce("mission.set", mission.pk)
    return made


@transaction.atomic
def drop_leg(by: Viewer | None, *, leg: Leg, because: str) -> Leg:
    """Take a way or a stay off the itinerary with a reason; that it stood there is kept."""
    viewer = of_the_team(require(by, "drop_leg", leg.mission.sheet), leg.mission)
    reason = clean_line("because", because, limit=300, required=True)
    rows = Leg.objects.as_house("a leg taken off is closed, never deleted")
    if not rows.filter(id=leg.id, until__isnull=True).update(until=now(), because=reason):
        raise Refused("because", "It was taken off before.", "Nothing needs doing.")
    record(viewer, "mission.leg_dropped", [leg.mission_id, leg.id], reason)
    announce("mission.set", leg.mission_id)
    return leg


def _moment(field: str, typed: datetime.datetime, zone: str) -> datetime.datetime:
    local = typed.replace(tzinfo=zoneinfo.ZoneInfo(zone_of(zone)), second=0, microsecond=0)
    # Read as it stands, an hour that a change of clocks leaves out lies behind the hour that follows it.
    if local.timestamp() > local.replace(fold=1).timestamp():
        raise Refused(field, "The clocks there leave out this hour.", "Look at the ticket again.")
    return local
