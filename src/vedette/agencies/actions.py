"""Making agencies, units, people and seats."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from vedette.agencies.models import Agency, Person, Seat, SeatChange, Unit, attributes_of
from vedette.agencies.queries import seat_viewer
from vedette.agencies.rules import value_of
from vedette.agencies.signin import prove, sit_down
from vedette.agencies.signin_models import Sitting
from vedette.agencies.sittings import record_ends
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.kit.errors import Forbidden
from vedette.kit.ids import parse_id
from vedette.kit.queries import installation_kind
from vedette.kit.text import clean_line
from vedette.kit.time import now, real_now
from vedette.places.queries import find


def record_agency(*, key: str, name: str, kind: str, **place: Any) -> Agency:
    """Make an agency or bring the one with this key up to date."""
    values = {"name": clean_line("name", name, required=True), "kind": kind, **place}
    return Agency.objects.update_or_create(key=key, defaults=values)[0]


def point_of(city: str, country: str) -> dict[str, float | None]:
    """Where a city lies by the gazetteer, so that maps show it; nothing where none of that name is in that country."""
    found = [one.place for one in find(f"{city}, {country}" if country else city) if one.how == "exact"] if city else []
    place = next((one for one in found if not country or one.country == country), None)
    return {"lat": place.lat if place else None, "lon": place.lon if place else None}


def record_unit(agency: Agency, *, key: str, name: str, kind: str) -> Unit:
    """Make a unit of the home agency or bring it up to date."""
    return Unit.objects.update_or_create(agency=agency, key=key, defaults={"name": name, "kind": kind})[0]


def record_person(*, username: str, label: str, email: str = "", temporary: bool = False) -> Person:
    """Make a person who cannot sign in by password until one is set; an existing one is returned as he is."""
    person = Person.objects.filter(username=username).first()
    if person is None:
        label = clean_line("label", label, required=True)
        person = Person(username=username, label=label, email=email, made_at=real_now(), temporary=temporary)
        person.set_unusable_password()
        person.save()
    return person


@transaction.atomic
def record_seat(
    person: Person,
    agency: Agency,
    *,
    label: str,
    roles: Iterable[str],
    clearance: int = 1,
    groups: Iterable[str] = (),
    sworn: bool = False,
    unit: Unit | None = None,
    since: datetime.datetime | None = None,
    by: uuid.UUID | None = None,
    because: str = "set-up",
) -> Seat:
    """Give a person a seat and write down its attributes, dated."""
    seat = Seat.objects.create(
        person=person,
        agency=agency,
        unit=unit,
        label=clean_line("label", label, limit=120, required=True),
        roles=sorted(set(roles)),
        clearance=clearance,
        groups=sorted(set(groups)),
        sworn=sworn,
        since=since or now(),
    )
    SeatChange.objects.create(seat=seat, attributes=attributes_of(seat), since=seat.since, by=by, because=because)
    return seat


def record_seat_change(seat: Seat, *, by: uuid.UUID | None, because: str, **changes: Any) -> Seat:
    """Part of a verb: change what a seat is or may see; what it was is closed and kept, dated."""
    moment = now()
    for name, value in changes.items():
        setattr(seat, name, value)
    seat.save(update_fields=list(changes))
    SeatChange.objects.filter(seat=seat, until__isnull=True).update(until=moment)
    SeatChange.objects.create(seat=seat, attributes=attributes_of(seat), since=moment, by=by, because=because)
    return seat


@transaction.atomic
def expire_accounts(limit: int = 200) -> int:
    """Switch off accounts unused for the days of the rule (90) and temporary ones after its hours (72, real time); how many."""
    moment = real_now()
    used = Coalesce("last_login", "made_at")
    unused = datetime.timedelta(days=value_of("unused_days"))
    occasion = datetime.timedelta(hours=value_of("temporary_hours"))
    over = Q(used__lt=moment - unused) | Q(temporary=True, made_at__lt=moment - occasion)
    rows = Person.objects.filter(is_active=True).annotate(used=used).filter(over)
    taken = list(rows.select_for_update(skip_locked=True, of=("self",))[:limit])
    for person in taken:
        person.is_active = False
        person.save(update_fields=["is_active"])
        record_ends(Sitting.objects.filter(person=person, until__isnull=True))
        record(None, "person.expired", [person.id], "temporary" if person.temporary else "unused")
    return len(taken)


@transaction.atomic
def sit_in_demonstration(request: HttpRequest, seat: str) -> Viewer:
    """One-click sign-in of a demonstration or test database; Forbidden in any other."""
    if installation_kind() not in ("demonstration", "test"):
        raise Forbidden("One-click sign-in exists only in a demonstration.")
    wanted = parse_id(seat)
    row = Seat.objects.filter(id=wanted).first() if wanted else None
    viewer = seat_viewer(row.id, row.person_id) if row else None
    if viewer is None:
        raise Forbidden("This seat is not in force.", "Choose another seat.")
    sit_down(request, viewer, "demonstration")
    prove(request)
    Person.objects.filter(id=viewer.person_id).update(last_login=real_now())
    record(viewer, "person.signed_in", [viewer.person_id], "demonstration")
    return viewer


@transaction.atomic
def switch_seat(request: HttpRequest, by: Viewer | None, seat: str) -> Viewer:
    """Move the session to another seat of the same person; Forbidden for anyone else's seat."""
    wanted = parse_id(seat)
    viewer = seat_viewer(wanted, by.person_id) if by and wanted else None
    if viewer is None:
        raise Forbidden("This seat is not yours or not in force.")
    sit_down(request, viewer)
    record(viewer, "person.seat_taken", [viewer.seat_id])
    return viewer
