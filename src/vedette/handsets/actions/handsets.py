"""Setting up a phone and revoking one: its owner or an administrator alone, or two watch seats together."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from vedette.agencies.models import Proposal
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.locking import decided
from vedette.handling.policy import require
from vedette.handsets.models import Handset
from vedette.handsets.sealing import new_sealing_key
from vedette.kit.errors import Missing, Refused
from vedette.kit.ids import new_id
from vedette.kit.text import clean_line
from vedette.kit.time import real_now
from vedette.live.actions import announce

# A phone that is replaced is revoked; so many in force are more than anybody carries.
MOST = 5


@dataclass(frozen=True)
class Enrolled:
    """A phone that was just set up: its token and the public key it seals to, told once."""

    handset: Handset
    token: str
    sealing: dict[str, Any]


@transaction.atomic
def enrol_handset(by: Viewer | None, *, label: str) -> Enrolled:
    """Set up a phone for one's own seat."""
    viewer = require(by, "enrol_handset")
    called = clean_line("label", label, limit=80, required=True)
    mine = Handset.objects.filter(seat=viewer.seat_id, revoked_at__isnull=True, wiped_at__isnull=True)
    if mine.count() >= MOST:
        raise Refused(
            "label",
            f"{MOST} phones are set up for your seat already.",
            "Revoke one: the menu of your seat, My security, Phones.",
        )
    number, token = new_id(), secrets.token_urlsafe(32)
    public, wrapped = new_sealing_key(number)
    row = Handset.objects.create(
        id=number, seat_id=viewer.seat_id, label=called, token=hash_of(token), wrapped=wrapped, since=real_now()
    )
    record(viewer, "handset.enrolled", [row.id])
    announce("handset.changed", row.id)
    return Enrolled(row, token, public)


def hash_of(token: str) -> bytes:
    """SHA-256 of a token: what is kept of it."""
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def revoke_handset(by: Viewer | None, *, handset: uuid.UUID | None, because: str) -> Handset | None:
    """A phone is lost: it wipes itself at its next contact. None while a second watch seat has not confirmed."""
    viewer = require(by, "revoke_handset")
    reason = clean_line("because", because, limit=300, required=True)
    row = _standing(handset)
    if not decided(viewer, Proposal.Act.WIPE, row.id, reason, code="handset.revoke_proposed"):
        return None
    _revoke(row, viewer, reason)
    record(viewer, "handset.revoked", [row.id], reason)
    return row


@transaction.atomic
def revoke_own_handset(by: Viewer | None, *, handset: uuid.UUID | None, because: str) -> Handset:
    """One's own phone is lost or handed on: it wipes itself at its next contact."""
    viewer = require(by, "revoke_own_handset")
    reason = clean_line("because", because, limit=300, required=True)
    row = _standing(handset, of_person=viewer.person_id)
    _revoke(row, viewer, reason)
    record(viewer, "handset.revoked", [row.id], reason)
    return row


def revoke(by: Viewer | None, *, handset: uuid.UUID | None, because: str) -> Handset | None:
    """Revoke a phone as its owner, where it is one's own, else as who keeps them."""
    person = by.person_id if by else None
    own = handset is not None and Handset.objects.filter(id=handset, seat__person=person).exists()
    act = revoke_own_handset if own else revoke_handset
    return act(by, handset=handset, because=because)


def _standing(handset: uuid.UUID | None, of_person: uuid.UUID | None = None) -> Handset:
    rows = Handset.objects.select_for_update(of=("self",)).filter(revoked_at__isnull=True)
    if of_person:
        rows = rows.filter(seat__person=of_person)
    row = rows.filter(id=handset).first() if handset else None
    if row is None:
        raise Missing
    return row


def _revoke(row: Handset, by: Viewer, because: str) -> None:
    row.revoked_at, row.revoked_by_id, row.revoked_because = real_now(), by.seat_id, because
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    announce("handset.changed", row.id)
