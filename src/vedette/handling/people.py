"""The verbs that keep people: invite, seats, locks, keys. Privileged: each asks who may and proves it anew."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from vedette.agencies import invitations, passkeys, sittings
from vedette.agencies.actions import record_person, record_seat, record_seat_change
from vedette.agencies.locks import plain_name
from vedette.agencies.models import Agency, Person, Role, Seat, Unit
from vedette.agencies.queries import everyone
from vedette.agencies.signin_models import Passkey, Sitting
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import real_now
from vedette.live.actions import announce


@dataclass(frozen=True)
class SeatDraft:
    """What a seat is to be: where, called what, for which roles, cleared how far."""

    agency: uuid.UUID
    label: str
    roles: tuple[str, ...]
    unit: uuid.UUID | None = None
    clearance: int = 1
    groups: tuple[str, ...] = ()
    sworn: bool = False
    wall: bool = False


def list_people(by: Viewer | None) -> list[Seat]:
    """Every seat with its person, for who keeps them; one audit entry a page."""
    viewer = require(by, "see_people")
    rows = everyone()
    record(viewer, "person.listed", [row.id for row in rows])
    return rows


@transaction.atomic
def invite(
    by: Viewer | None, *, username: str, label: str, seat: SeatDraft, temporary: bool = False
) -> tuple[Person, str]:
    """A new person with a seat and a link good once; answers the person and the link's secret half."""
    viewer = require(by, "invite")
    name = plain_name(clean_line("username", username, limit=150, required=True))
    if Person.objects.filter(username=name).exists():
        raise Refused("username", "This name is taken.", "Choose another, or send this person a new link.")
    person = record_person(
        username=name, label=clean_line("label", label, limit=120, required=True), temporary=temporary
    )
    made = record_seat(person, **_checked(seat), by=viewer.seat_id, because="invited")
    if seat.wall:
        record_seat_change(made, by=viewer.seat_id, because="invited", wall=True)
    row, token = invitations.record_invitation(person, viewer.seat_id)
    record(viewer, "person.invited", [person.id, row.id])
    return person, token


@transaction.atomic
def invite_again(by: Viewer | None, *, person: uuid.UUID | None) -> tuple[Person, str]:
    """A new link for a person who has lost every key, or whose account was switched off; the links before it are dead."""
    viewer = require(by, "invite")
    row = _person(person)
    row.is_active, row.last_login = True, real_now()
    row.save(update_fields=["is_active", "last_login"])
    invitation, token = invitations.record_invitation(row, viewer.seat_id)
    record(viewer, "person.invited", [row.id, invitation.id], "again")
    return row, token


def _person(key: uuid.UUID | None) -> Person:
    row = Person.objects.filter(id=key).first() if key else None
    if row is None:
        raise Missing
    return row


def _seat(key: uuid.UUID | None) -> Seat:
    row = Seat.objects.select_for_update().filter(id=key, until__isnull=True).first() if key else None
    if row is None:
        raise Missing
    return row


def _checked(draft: SeatDraft) -> dict[str, Any]:
    agency = Agency.objects.filter(id=draft.agency).first()
    if agency is None:
        raise Refused("agency", "There is no such agency.", "Choose one of the list.")
    roles = sorted(set(draft.roles) & set(Role.values))
    if not roles:
        raise Refused("roles", "A seat without a role may do nothing.", "Choose at least one.")
    home = agency.kind == Agency.Kind.HOME
    if home == ("partner" in roles) or (not home and roles != ["partner"]):
        raise Refused("roles", "The home agency's seats hold home roles, a partner's hold “partner”.", "Choose again.")
    if not 1 <= draft.clearance <= 4:
        raise Refused("clearance", f"{draft.clearance} is not a clearance.", "Choose 1 to 4.")
    unit = Unit.objects.filter(id=draft.unit, agency=agency).first() if draft.unit else None
    if draft.unit and unit is None:
        raise Refused("unit", "This unit is not of that agency.", "Choose one of its own.")
    label = clean_line("seat_label", draft.label, limit=120, required=True)
    groups = sorted({clean_line("groups", group, limit=40).lower() for group in draft.groups if group.strip()})
    values = {"label": label, "roles": roles, "clearance": draft.clearance, "groups": groups, "sworn": draft.sworn}
    return {"agency": agency, "unit": unit, **values}


@transaction.atomic
def set_seat(
    by: Viewer | None, *, draft: SeatDraft, because: str, seat: uuid.UUID | None = None, person: uuid.UUID | None = None
) -> Seat:
    """Change what a seat is, or give a person a further one; open streams of a changed seat end by themselves."""
    viewer = require(by, "set_seat")
    reason = clean_line("because", because, limit=300, required=True)
    values = _checked(draft)
    if seat is None:
        row = record_seat(_person(person), **values, by=viewer.seat_id, because=reason)
        if draft.wall:
            record_seat_change(row, by=viewer.seat_id, because=reason, wall=True)
    else:
        row = _seat(seat)
        if row.agency_id != values.pop("agency").id:
            raise Refused("agency", "A seat stays in its agency.", "Suspend this one and give another.")
        _keep_an_administrator(row, values["roles"])
        record_seat_change(row, by=viewer.seat_id, because=reason, wall=draft.wall, **values)
    record(viewer, "person.seat_set", [row.person_id, row.id], reason)
    announce("seat.changed", row.id)
    return row


def _keep_an_administrator(seat: Seat, roles: Iterable[str]) -> None:
    others = Seat.objects.filter(roles__contains=["administrator"], until__isnull=True, suspended_at__isnull=True)
    if seat.holds("administrator") and "administrator" not in roles and not others.exclude(id=seat.id).exists():
        raise Refused("roles", "This is the last administrator's seat.", "Give another person one first.")


@transaction.atomic
def suspend(by: Viewer | None, *, seat: uuid.UUID | None, because: str) -> Seat:
    """Take a seat away at once: its next request and its open streams get nothing; it can be given back."""
    viewer = require(by, "suspend")
    reason = clean_line("because", because, limit=300, required=True)
    row = _seat(seat)
    _keep_an_administrator(row, ())
    record_seat_change(row, by=viewer.seat_id, because=reason, suspended_at=real_now())
    record(viewer, "person.suspended", [row.person_id, row.id], reason)
    announce("seat.changed", row.id)
    return row


@transaction.atomic
def restore(by: Viewer | None, *, seat: uuid.UUID | None, because: str) -> Seat:
    """Give a suspended seat back as it was."""
    viewer = require(by, "restore")
    reason = clean_line("because", because, limit=300, required=True)
    row = _seat(seat)
    record_seat_change(row, by=viewer.seat_id, because=reason, suspended_at=None)
    record(viewer, "person.restored", [row.person_id, row.id], reason)
    announce("seat.changed", row.id)
    return row


@transaction.atomic
def revoke_key(by: Viewer | None, *, passkey: uuid.UUID | None, because: str) -> Passkey:
    """Make another person's passkey worthless and end his sessions; he is let in again by a new link."""
    viewer = require(by, "revoke_key")
    reason = clean_line("because", because, limit=300, required=True)
    row = Passkey.objects.filter(id=passkey, until__isnull=True).first() if passkey else None
    if row is None:
        raise Missing
    passkeys.record_revocation(row, by=viewer.seat_id, because=reason)
    sittings.record_ends(Sitting.objects.filter(person=row.person_id, until__isnull=True))
    record(viewer, "person.key_revoked", [row.person_id, row.id], reason)
    return row


def seat_of(by: Viewer | None, seat: uuid.UUID | None) -> Seat | None:
    """One seat for who keeps people; None when there is none."""
    require(by, "see_people")
    rows = Seat.objects.select_related("agency", "unit", "person").filter(until__isnull=True)
    return rows.filter(id=seat).first() if seat else None
