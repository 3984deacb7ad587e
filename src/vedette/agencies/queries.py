"""Reads of agencies, units and seats."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from vedette.agencies.models import Agency, GlassBreak, Lock, Person, Proposal, Seat, SeatChange, Unit
from vedette.agencies.viewer import Viewer
from vedette.kit.statements import fetch
from vedette.kit.time import now

# Seats with what makes a Viewer of each; those in force are asked for at every request and every happening (bench B4).
SEATS = """SELECT seat.id, seat.person_id, seat.agency_id, seat.unit_id, seat.roles, seat.clearance, seat.groups,
  seat.sworn, agency.kind, agency.name, seat.label, agency.zone, agency.city, seat.wall,
  (SELECT until FROM agencies_glassbreak AS glass WHERE glass.seat_id = seat.id AND glass.since <= %(now)s
   ORDER BY glass.until DESC LIMIT 1), EXISTS (SELECT 1 FROM agencies_glassbreak)
FROM agencies_seat AS seat JOIN agencies_agency AS agency ON agency.id = seat.agency_id
  JOIN agencies_person AS person ON person.id = seat.person_id
WHERE seat.id = ANY(%(seats)s)"""
IN_FORCE = f"""{SEATS} AND person.is_active AND seat.suspended_at IS NULL
  AND seat.since <= %(now)s AND (seat.until IS NULL OR seat.until > %(now)s)"""
ENDED = f"{SEATS} AND seat.until <= %(now)s"


def home_agency() -> Agency:
    """The one agency this installation serves; Agency.DoesNotExist before set-up."""
    return Agency.objects.get(kind=Agency.Kind.HOME)


def agency_by_key(key: str) -> Agency | None:
    """The agency with this key."""
    return Agency.objects.filter(key=key).first()


def partners() -> list[Agency]:
    """Every agency but the home agency, by kind and name."""
    return list(Agency.objects.exclude(kind=Agency.Kind.HOME).order_by("kind", "name"))


def units() -> list[Unit]:
    """The home agency's units by name."""
    return list(Unit.objects.order_by("name"))


def seat_viewer(seat_id: uuid.UUID, person_id: uuid.UUID, proved_at: datetime.datetime | None = None) -> Viewer | None:
    """The Viewer of a person's own seat; None when it is not his or not in force. `proved_at`: last re-authentication."""
    viewer = viewers_of([seat_id]).get(seat_id)
    return replace(viewer, proved_at=proved_at) if viewer and viewer.person_id == person_id else None


def viewers_of(seat_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Viewer]:
    """The Viewers of seats that are in force, by seat."""
    rows = fetch(IN_FORCE, {"seats": list(seat_ids), "now": now()})
    return {row[0]: _viewer(row) for row in rows}


def viewer_that_was(seat_id: uuid.UUID) -> Viewer | None:
    """A seat that has ended, as it last stood: the house finishes what was handed in while it stood; nobody asks as it."""
    rows = fetch(ENDED, {"seats": [seat_id], "now": now()})
    return replace(_viewer(rows[0]), broken_glass_until=None) if rows else None


def viewer_as_known(seat_id: uuid.UUID) -> Viewer | None:
    """A seat as it last stood, in force, ended, suspended or its person switched off: for an alarm, and for nothing else."""
    rows = fetch(SEATS, {"seats": [seat_id], "now": now()})
    return replace(_viewer(rows[0]), broken_glass_until=None) if rows else None


def _viewer(row: tuple[Any, ...]) -> Viewer:
    seat, person, agency, unit, roles, clearance, groups, sworn, kind, name, label, zone, city, wall, glass, ever = row
    return Viewer(
        seat, person, agency, unit, frozenset(roles), clearance, frozenset(groups), sworn,
        is_home=kind == Agency.Kind.HOME, agency_kind=kind, agency_name=name, seat_label=label, zone=zone, city=city,
        broken_glass_until=glass, wall=wall, glass_ever=ever,
    )  # fmt: skip


def seats_in_force() -> list[Seat]:
    """Every seat in force with its agency, unit and person, ordered for a list."""
    return list(_in_force().order_by("agency__kind", "agency__name", "label"))


def _in_force() -> QuerySet[Seat]:
    moment = now()
    begun = Seat.objects.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)
    return begun.filter(suspended_at__isnull=True, person__is_active=True).select_related("agency", "unit", "person")


def seats_of(person_id: uuid.UUID) -> list[Seat]:
    """The seats of a person that are in force."""
    return list(_in_force().filter(person_id=person_id).order_by("agency__kind", "agency__name", "label"))


def person(person_id: uuid.UUID) -> Person:
    """A person; Person.DoesNotExist for nobody."""
    return Person.objects.get(id=person_id)


def everyone() -> list[Seat]:
    """Every seat that has not ended, in force or suspended, with its agency, unit and person; ours first."""
    rows = Seat.objects.filter(Q(until__isnull=True) | Q(until__gt=now())).select_related("agency", "unit", "person")
    return sorted(rows, key=lambda seat: (seat.agency.kind != "home", seat.agency.name, seat.label))


def seat_changes(seat_id: uuid.UUID) -> list[SeatChange]:
    """What a seat was and is, newest first: by whom and why."""
    return list(SeatChange.objects.filter(seat=seat_id).order_by("-since"))


def open_locks() -> list[Lock]:
    """What is locked at the front door, newest first."""
    return list(Lock.objects.filter(until__isnull=True).select_related("person").order_by("-since"))


def open_proposals() -> list[Proposal]:
    """What one watch seat has asked and a second has not confirmed yet."""
    return list(Proposal.objects.filter(until__isnull=True).select_related("seat").order_by("-since"))


def glass_in_force() -> list[GlassBreak]:
    """Whose glass is broken now, and until when: for the desk's banner."""
    moment = now()
    return list(GlassBreak.objects.filter(since__lte=moment, until__gt=moment).select_related("seat").order_by("until"))


def labels(seat_ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """How seats are called, for trails and receipts."""
    wanted = {seat_id for seat_id in seat_ids if seat_id}
    return dict(Seat.objects.filter(id__in=wanted).values_list("id", "label"))


def full_labels(seat_ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """How seats are called where two agencies may call theirs alike: a seat that is not ours with its agency."""
    wanted = Seat.objects.filter(id__in={seat_id for seat_id in seat_ids if seat_id})
    rows = wanted.values_list("id", "label", "agency__name", "agency__kind")
    return {key: label if kind == "home" else f"{label}, {agency}" for key, label, agency, kind in rows}
