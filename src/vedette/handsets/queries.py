"""Reads of phones: each as it stands, with its times on the house's clock; and which officers have been silent for long."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vedette.agencies.models import Proposal, Role
from vedette.agencies.queries import seats_in_force
from vedette.agencies.viewer import Viewer
from vedette.handsets.clocks import WRONG_MS, as_shown
from vedette.handsets.declared import KEEPER, WATCH
from vedette.handsets.models import Handset
from vedette.kit.time import real_now
from vedette.programme.models import Post
from vedette.programme.queries import postings_now

# A phone that made no contact for so long (real time) is called silent; its officer may be asleep.
SILENT = datetime.timedelta(hours=4)
# Phones that were revoked or wiped themselves stay in the list for so long; the log keeps them for good.
SHOWN = datetime.timedelta(days=90)


def how_far_off(offset_ms: int) -> datetime.timedelta | None:
    """How far a clock is off to the minute, where that needs a word."""
    return datetime.timedelta(minutes=round(abs(offset_ms) / 60_000)) if abs(offset_ms) > WRONG_MS else None


@dataclass(frozen=True)
class HandsetRow:
    """One phone: `state` is ok, new (no contact yet), silent, revoked (not wiped yet) or wiped."""

    handset: Handset
    state: str
    contact_at: datetime.datetime | None
    oldest_at: datetime.datetime | None
    proposal: Proposal | None = None
    own: bool = False

    @property
    def off(self) -> datetime.timedelta | None:
        """How far its clock is off, ahead or behind, where that needs a word."""
        return how_far_off(self.handset.offset_ms or 0)

    @property
    def ahead(self) -> bool:
        """Whether it is ahead."""
        return (self.handset.offset_ms or 0) > 0


@dataclass(frozen=True)
class FieldRow:
    """One officer in force: where he is posted today, and his phone that made contact last; none was set up: no phone."""

    seat_id: uuid.UUID
    label: str
    post: Post | None
    phone: HandsetRow | None

    @property
    def silent(self) -> bool:
        """Whether nothing was heard from his phones for long."""
        return self.phone is not None and self.phone.state in ("silent", "new")


def handsets_of(viewer: Viewer) -> list[HandsetRow]:
    """Every phone to who keeps them, one's own to anybody else; those that need a hand first, then by last contact."""
    lately = real_now() - SHOWN
    rows = Handset.objects.filter(
        Q(revoked_at__isnull=True) | Q(revoked_at__gt=lately), Q(wiped_at__isnull=True) | Q(wiped_at__gt=lately)
    )
    if not viewer.roles & (KEEPER | WATCH):
        rows = rows.filter(seat__person=viewer.person_id)
    order = {"silent": 0, "new": 1, "ok": 2, "revoked": 3, "wiped": 4}
    found = _rows(rows, viewer)
    return sorted(found, key=lambda row: (order[row.state], row.handset.contact_at or row.handset.since))


def _rows(rows: QuerySet[Handset], viewer: Viewer | None = None) -> list[HandsetRow]:
    found = list(rows.select_related("seat", "revoked_by"))
    asked = Proposal.objects.filter(act=Proposal.Act.WIPE, until__isnull=True).select_related("seat")
    proposed = {row.subject: row for row in asked} if viewer else {}
    return [_row(one, proposed.get(one.id), viewer) for one in found]


def _row(one: Handset, proposal: Proposal | None, viewer: Viewer | None) -> HandsetRow:
    return HandsetRow(
        handset=one,
        state=state_of(one),
        contact_at=as_shown(one.contact_at) if one.contact_at else None,
        oldest_at=as_shown(one.oldest_waiting_at) if one.oldest_waiting_at else None,
        proposal=proposal,
        own=viewer is not None and one.seat.person_id == viewer.person_id,
    )


def state_of(one: Handset) -> str:
    """How a phone stands."""
    if one.wiped_at is not None:
        return "wiped"
    if one.revoked_at is not None:
        return "revoked"
    if one.contact_at is None:
        return "new"
    return "silent" if real_now() - one.contact_at > SILENT else "ok"


def officers_phones() -> list[FieldRow]:
    """Every officer in force with his last contact: those silent for long first, those without a phone last."""
    seats = [seat for seat in seats_in_force() if seat.agency.kind == "home" and Role.OFFICER in seat.roles]
    posts = {row.seat_id: row.post for row in postings_now()}
    standing = Handset.objects.filter(seat__in=seats, revoked_at__isnull=True, wiped_at__isnull=True)
    newest = _newest(_rows(standing))
    found = [FieldRow(seat.id, seat.label, posts.get(seat.id), newest.get(seat.id)) for seat in seats]
    return sorted(found, key=_worry)


def _newest(rows: Iterable[HandsetRow]) -> dict[uuid.UUID, HandsetRow]:
    """Of each seat's phones the one that made contact last."""
    ordered = sorted(rows, key=lambda row: row.handset.contact_at or row.handset.since)
    return {row.handset.seat_id: row for row in ordered}


def _worry(row: FieldRow) -> tuple[int, float, str]:
    if row.phone is None:
        return 2, 0.0, row.label
    heard = row.phone.handset.contact_at or row.phone.handset.since
    return (0 if row.silent else 1), heard.timestamp(), row.label
