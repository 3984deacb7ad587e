"""Locking an account and releasing a lock: an administrator alone, or two watch seats of two people together.

And breaking the glass: a seat sees all that the home agency holds, for an hour at most, with a reason.
"""

import datetime
import uuid

from django.db import transaction

from vedette.agencies import locks, sittings
from vedette.agencies.models import GlassBreak, Person
from vedette.agencies.rules import value_of
from vedette.agencies.signin_models import Lock, Proposal, Sitting
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Missing, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now, real_now
from vedette.live.actions import announce

PROPOSAL_LASTS = datetime.timedelta(minutes=30)


@transaction.atomic
def lock(by: Viewer | None, *, person: uuid.UUID | None, because: str) -> Lock | None:
    """Shut a whole account, passkeys too, and end its sessions; None while a second watch seat has not confirmed."""
    viewer = require(by, "lock")
    reason = clean_line("because", because, limit=300, required=True)
    row = Person.objects.filter(id=person).first() if person else None
    if row is None:
        raise Missing
    if not decided(viewer, Proposal.Act.LOCK, row.id, reason):
        return None
    made = locks.record_lock(row, by=viewer.seat_id, because=reason)
    sittings.record_ends(Sitting.objects.filter(person=row, until__isnull=True))
    record(viewer, "person.locked", [row.id, made.id], reason)
    announce("person.locked", made.id)
    return made


@transaction.atomic
def release_lock(by: Viewer | None, *, lock: uuid.UUID | None, because: str) -> Lock | None:
    """Open what is locked; None while a second watch seat has not confirmed."""
    viewer = require(by, "release_lock")
    reason = clean_line("because", because, limit=300, required=True)
    row = Lock.objects.select_for_update(of=("self",)).filter(id=lock, until__isnull=True).first() if lock else None
    if row is None:
        raise Missing
    if row.person_id == viewer.person_id:
        raise Refused("because", "Nobody releases his own account.", "Ask an administrator or the watch.")
    first = decided(viewer, Proposal.Act.RELEASE, row.id, reason)
    if not first:
        return None
    locks.record_release(row, by=[*first], because=reason)
    record(viewer, "person.released", [row.person_id, row.id], reason)
    announce("person.released", row.id)
    return row


def decided(
    viewer: Viewer, act: str, subject: uuid.UUID, reason: str, *, code: str = "person.lock_proposed"
) -> list[uuid.UUID]:
    """Part of a verb: the seats that decide this: an administrator's alone, or two; empty when only the first has asked."""
    if viewer.holds("administrator"):
        Proposal.objects.filter(act=act, subject=subject, until__isnull=True).update(until=real_now())
        return [viewer.seat_id]
    moment = real_now()
    Proposal.objects.filter(until__isnull=True, since__lt=moment - PROPOSAL_LASTS).update(until=moment)
    open_one = Proposal.objects.select_for_update(of=("self",)).filter(act=act, subject=subject, until__isnull=True)
    asked = open_one.select_related("seat").first()
    if asked is None:
        made = Proposal.objects.create(act=act, subject=subject, seat_id=viewer.seat_id, because=reason, since=moment)
        record(viewer, code, [subject, made.id], reason)
        announce(code, made.id)
        return []
    if asked.seat.person_id == viewer.person_id:
        raise Conflict("You asked for this yourself: it takes a second person.", "Ask another watch seat to confirm.")
    asked.until = moment
    asked.save(update_fields=["until"])
    return [asked.seat_id, viewer.seat_id]


@transaction.atomic
def break_glass(by: Viewer | None, *, because: str, minutes: int) -> GlassBreak:
    """See everything the home agency holds, for minutes (the rule: 60 at most), for a reason that the auditor reads.

    It lasts in shown time, as everything the policy asks about does.
    """
    viewer = require(by, "break_glass")
    reason = clean_line("because", because, limit=300, required=True)
    most = value_of("glass_minutes")
    if not 1 <= minutes <= most:
        raise Refused("minutes", f"{minutes} minutes cannot be had.", f"Choose 1 to {most}.")
    moment = now()
    until = moment + datetime.timedelta(minutes=minutes)
    row = GlassBreak.objects.create(seat_id=viewer.seat_id, since=moment, until=until, because=reason)
    record(viewer, "glass.broken", [viewer.seat_id, row.id], reason)
    announce("glass.broken", row.id)
    return row
