"""The verbs that say what the house is made of: the agencies it deals with, and the units at home."""

import re
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from vedette.agencies.actions import point_of, record_agency, record_unit
from vedette.agencies.models import Agency, Unit
from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line
from vedette.live.actions import announce

KIND = re.compile("[a-z]+(-[a-z]+)*")


@transaction.atomic
def set_agency(
    by: Viewer | None,
    *,
    name: str,
    because: str,
    kind: str = "",
    city: str = "",
    country: str = "",
    zone: str = "",
    agency: uuid.UUID | None = None,
) -> Agency:
    """Enter an agency the house deals with, or change how one is written; what kind it is stays, for the policy asks it."""
    viewer = require(by, "set_agency")
    _one_at_a_time()
    reason = clean_line("because", because, limit=300, required=True)
    row = _agency(agency)
    title = clean_line("name", name, required=True)
    same = Agency.objects.filter(name__iexact=title).first()
    if same is not None and same.id != agency:
        raise Refused("name", "An agency of this name is there already.", "Change that one, or name this one apart.")
    place: dict[str, Any] = {
        "city": (town := clean_line("city", city, limit=120)),
        "country": (code := _country(country)),
        "zone": _zone(zone or (row.zone if row else "")),
    }
    if row is None and (kind not in Agency.Kind.values or kind == Agency.Kind.HOME):
        raise Refused("kind", "Say what kind of agency it is.", "Choose one of the list.")
    key = row.key if row else _free_key(title, lambda key: Agency.objects.filter(key=key).exists())
    if row is None or (town, code) != (row.city, row.country) or row.lat is None:
        place |= point_of(town, code)
    made = record_agency(key=key, name=title, kind=row.kind if row else kind, **place)
    record(viewer, "agency.set", [made.id], reason)
    announce("house.set", made.id)
    return made


@transaction.atomic
def set_unit(by: Viewer | None, *, name: str, kind: str, because: str, unit: uuid.UUID | None = None) -> Unit:
    """Enter a unit at home, or change one; a playbook gives its tasks to the unit of the kind it names."""
    viewer = require(by, "set_unit")
    _one_at_a_time()
    reason = clean_line("because", because, limit=300, required=True)
    home, title = home_agency(), clean_line("name", name, required=True)
    row = Unit.objects.filter(id=unit, agency=home).first() if unit else None
    if unit and row is None:
        raise Missing
    plain = clean_line("kind", kind, limit=40, required=True).lower()
    if not KIND.fullmatch(plain):
        raise Refused("kind", f"“{plain}” is no kind of unit.", "Use plain letters and hyphens, such as patrol.")
    same = Unit.objects.filter(agency=home, name__iexact=title).first()
    if same is not None and same.id != unit:
        raise Refused("name", "A unit of this name is there already.", "Change that one, or name this one apart.")
    key = row.key if row else _free_key(title, lambda key: Unit.objects.filter(agency=home, key=key).exists())
    made = record_unit(home, key=key, name=title, kind=plain)
    record(viewer, "unit.set", [made.id], reason)
    announce("house.set", made.id)
    return made


def agency_of(by: Viewer | None, agency: uuid.UUID | None) -> Agency:
    """One agency for who keeps the house; Missing when there is none."""
    require(by, "see_house")
    row = _agency(agency)
    if row is None:
        raise Missing
    return row


def unit_of(by: Viewer | None, unit: uuid.UUID | None) -> Unit:
    """One unit at home for who keeps the house; Missing when there is none."""
    require(by, "see_house")
    row = Unit.objects.filter(id=unit).first() if unit else None
    if row is None:
        raise Missing
    return row


def _one_at_a_time() -> None:
    """Who enters the same name at once waits, and finds the first one's row instead of writing over it."""
    list(Agency.objects.select_for_update(no_key=True).filter(kind=Agency.Kind.HOME).values_list("pk"))


def _agency(key: uuid.UUID | None) -> Agency | None:
    if key is None:
        return None
    row = Agency.objects.filter(id=key).first()
    if row is None:
        raise Missing
    return row


def _country(typed: str) -> str:
    code = clean_line("country", typed, limit=2).upper()
    if code and (len(code) != 2 or not code.isalpha()):
        raise Refused("country", f"“{code}” is not a country code.", "Give the two letters of ISO 3166, such as FR.")
    return code


def _zone(typed: str) -> str:
    zone = clean_line("zone", typed, limit=60) or home_agency().zone
    if zone not in zoneinfo.available_timezones():
        raise Refused("zone", f"“{zone}” is not a time zone.", "Give its IANA name, such as Europe/Paris.")
    return zone


def _free_key(name: str, taken: Callable[[str], bool]) -> str:
    """A short key made of the name that nobody has yet."""
    stem = slugify(name)[:50] or "house"
    key, number = stem, 1
    while taken(key):
        number += 1
        key = f"{stem}-{number}"
    return key
