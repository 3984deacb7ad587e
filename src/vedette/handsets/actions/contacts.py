"""What a phone says by itself, known by its token: how it stands, and that it wiped itself. Nobody need be signed in."""

import datetime
import hmac
import uuid
from dataclasses import dataclass

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handsets.actions.handsets import hash_of
from vedette.handsets.clocks import as_moment, offset_of
from vedette.handsets.errors import NotKnown
from vedette.handsets.models import Handset
from vedette.kit.text import clean_line
from vedette.kit.time import now, real_now
from vedette.live.actions import announce

# The desk's list is drawn anew at once for what waits on a phone, and this often for the contact itself.
NEWS = datetime.timedelta(minutes=10)
OK, SIGN_IN, WIPE = "ok", "sign-in", "wipe"
# More cannot wait on a phone; a number beyond it is nonsense, not an error worth a report.
MOST_WAITING = 100_000


@dataclass(frozen=True)
class Contact:
    """What the phone is told."""

    state: str
    handset: Handset
    at: datetime.datetime


@dataclass(frozen=True)
class Standing:
    """How the phone says that it stands: its clock, what waits on it, since when by its own clock, its version."""

    device_ms: int
    waiting: int = 0
    oldest_ms: int | None = None
    version: str = ""


def handset_by_token(handset: uuid.UUID | None, token: str) -> Handset:
    """The phone that this token names; NotKnown otherwise."""
    row = Handset.objects.select_related("seat").filter(id=handset).first() if handset else None
    if not hmac.compare_digest(hash_of(token), bytes(row.token) if row else b""):
        raise NotKnown
    assert row is not None
    return row


@transaction.atomic
def note_contact(*, handset: uuid.UUID | None, token: str, session: Viewer | None, said: Standing) -> Contact:
    """A phone asks how it stands: revoked, it is told to wipe itself, whoever is signed in; else whether it may send."""
    row = handset_by_token(handset, token)
    if not row.gone and _left_behind(row, session):
        raise NotKnown
    moment = real_now()
    offset = offset_of(said.device_ms, moment)
    waiting = min(max(0, said.waiting), MOST_WAITING)
    news = waiting != row.waiting or row.contact_at is None or moment - row.contact_at > NEWS
    row.contact_at, row.offset_ms, row.waiting = moment, offset, waiting
    row.version = clean_line("version", said.version, limit=40)
    row.oldest_waiting_at = _oldest(said, offset, moment)
    row.save(update_fields=["contact_at", "offset_ms", "waiting", "version", "oldest_waiting_at"])
    if news:
        announce("handset.changed", row.id)
    signed_in = session is not None and session.seat_id == row.seat_id
    return Contact(WIPE if row.gone else OK if signed_in else SIGN_IN, row, moment)


def _left_behind(row: Handset, session: Viewer | None) -> bool:
    """Whether the phone's seat has ended and its owner is signed in to his next one: he sets the phone up anew for that."""
    if session is None or session.seat_id == row.seat_id or session.person_id != row.seat.person_id:
        return False
    # A suspended one may stand again; its phone waits.
    return row.seat.until is not None and row.seat.until <= now()


def _oldest(said: Standing, offset: int, moment: datetime.datetime) -> datetime.datetime | None:
    """Since when the oldest of them waits, by our clock."""
    if said.oldest_ms is None or said.waiting <= 0:
        return None
    try:
        return min(moment, as_moment("oldest_waiting", said.oldest_ms) - datetime.timedelta(milliseconds=offset))
    except OverflowError:
        return moment


@transaction.atomic
def note_wiped(*, handset: uuid.UUID | None, token: str) -> Handset:
    """A phone says that it wiped itself: revoked, or after ten wrong tries. It counts no more; a second word changes nothing."""
    row = handset_by_token(handset, token)
    if row.wiped_at is None:
        # What was unsent at its last contact stays: Settings says it plainly.
        row.wiped_at = real_now()
        row.save(update_fields=["wiped_at"])
        record(None, "handset.wiped", [row.id])
        announce("handset.changed", row.id)
    return row
