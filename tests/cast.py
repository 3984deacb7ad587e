"""One fixed cast with known relations; made once through the real verbs, put back row by row for each test."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.test import Client

from vedette.agencies.actions import record_agency, record_person, record_seat, record_unit
from vedette.agencies.models import Agency, Person, Seat, SeatChange, Unit
from vedette.agencies.queries import viewers_of
from vedette.agencies.signin import prove, sit_down
from vedette.agencies.viewer import Viewer
from vedette.handling.models import AccessClass, Sheet
from vedette.kit.actions import install
from vedette.kit.ids import new_id
from vedette.kit.models import Installation
from vedette.kit.time import forget_clock, now
from vedette.programme.actions import record_post, record_posting
from vedette.programme.models import Post, Posting
from vedette.reporting.actions import file_report
from vedette.reporting.drafts import ReportDraft
from vedette.reporting.models import Report

LONG_AGO = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
# Every report of the cast holds this word, so that one search could find them all.
WORD = "quarrelsome"

AGENCIES = (
    ("home", "Harbour City Police", "home", "America/New_York"),
    ("north", "North County Police", "police", "America/New_York"),
    ("south", "South Harbour Police", "police", "America/New_York"),
    ("federal", "Federal Office, Harbour field office", "federal", "America/New_York"),
    ("guards", "Harbour Private Security Network", "private", "America/New_York"),
    ("foundation", "Harbour Police Foundation", "foundation", "America/New_York"),
    ("host", "Préfecture of A", "host", "Europe/Paris"),
)
UNITS = (("transit", "Transit command", "transit"), ("liaison", "Liaison section", "liaison"))
# name of the seat: person, agency, unit, roles, clearance, groups, sworn
SEATS: dict[str, tuple[str, str, str, tuple[str, ...], int, tuple[str, ...], bool]] = {
    "watch": ("watch", "home", "", ("watch", "clerk"), 3, ("desk",), True),
    "watch_off": ("watch", "home", "", ("investigator",), 1, (), False),
    "analyst": ("analyst", "home", "", ("analyst",), 3, ("desk", "narco"), False),
    "narrow": ("narrow", "home", "", ("programme",), 2, ("narco",), False),
    "sergeant": ("sergeant", "home", "transit", ("unit",), 1, (), True),
    "investigator": ("investigator", "home", "", ("investigator",), 1, (), True),
    "officer_a": ("officer_a", "home", "liaison", ("officer",), 1, (), True),
    "officer_b": ("officer_b", "home", "liaison", ("officer",), 1, (), True),
    "commander": ("commander", "home", "", ("commander",), 3, ("desk",), True),
    "releasing": ("releasing", "home", "", ("releasing",), 3, ("desk",), True),
    "auditor": ("auditor", "home", "", ("auditor", "privacy"), 3, (), False),
    "administrator": ("administrator", "home", "", ("administrator",), 1, (), False),
    "north_1": ("north_1", "north", "", ("partner",), 1, (), True),
    "north_2": ("north_2", "north", "", ("partner",), 1, (), True),
    "south": ("south", "south", "", ("partner",), 1, (), True),
    "federal": ("federal", "federal", "", ("partner",), 3, ("desk",), True),
    "guards": ("guards", "guards", "", ("partner",), 1, (), False),
    "foundation": ("foundation", "foundation", "", ("partner",), 1, (), False),
    "host": ("host", "host", "", ("partner",), 1, (), True),
}
POSTS = (("a", "AAA", "A-ville", "Europe/Paris", "host"), ("b", "BBB", "B-town", "Europe/London", None))
TABLES: tuple[type[models.Model], ...] = (Agency, Unit, Person, Seat, SeatChange, Post, Posting, AccessClass)


@dataclass(frozen=True)
class Cast:
    """Who there is, by name; `viewer("watch")` is the Viewer of that seat as it is now."""

    agencies: dict[str, Agency]
    units: dict[str, Unit]
    seats: dict[str, Seat]
    posts: dict[str, Post]

    def viewer(self, name: str) -> Viewer:
        """The Viewer of a seat; KeyError when the seat is not in force."""
        return viewers_of([self.seats[name].id])[self.seats[name].id]

    def viewers(self, names: Iterable[str] = ()) -> dict[str, Viewer]:
        """The Viewers of these seats, or of all that are in force, by name; one question."""
        wanted = {self.seats[name].id: name for name in (names or self.seats)}
        return {wanted[seat]: viewer for seat, viewer in viewers_of(wanted).items()}

    def signed_in(self, name: str) -> Client:
        """A browser signed in to a seat, with a fresh second factor."""
        return sign_in(self.viewer(name))

    def report(self, by: str = "officer_a", **values: Any) -> Report:
        """A report filed by a seat through the real verb."""
        return file_report(self.viewer(by), draft(**values))


def draft(**values: Any) -> ReportDraft:
    """A small report; any field may be given."""
    plain = {"client_id": new_id(), "kind": "spot", "observed_at": now(), "text": f"A {WORD} crowd at the north gate."}
    return ReportDraft(**{**plain, **values})


def sign_in(viewer: Viewer) -> Client:
    """A browser in whose session a viewer sits."""
    client = Client()
    request = HttpRequest()
    request.session = client.session
    sit_down(request, viewer)
    prove(request)
    request.session.save()
    client.cookies["vedette_session"] = request.session.session_key
    return client


def sheet_of(report: Report) -> Sheet:
    """The control sheet of a report, read anew."""
    return Sheet.objects.get(id=report.pk)


_kept: dict[type[models.Model], list[Any]] = {}


def the_cast() -> Cast:
    """The cast in an empty database: made by the verbs the first time, put back as the same rows afterwards."""
    if not _kept:
        _make()
        _kept.update({table: list(table.objects.all()) for table in TABLES})
    else:
        for table, rows in _kept.items():
            table.objects.bulk_create(rows)
        install("test", _kept[Agency][0].id)
    forget_clock()
    return _read()


def _make() -> None:
    agencies = {key: record_agency(key=key, name=name, kind=kind, zone=zone) for key, name, kind, zone in AGENCIES}
    install("test", agencies["home"].id)
    units = {key: record_unit(agencies["home"], key=key, name=name, kind=kind) for key, name, kind in UNITS}
    seats = {name: _make_seat(name, agencies, units) for name in SEATS}
    for key, prefix, city, zone, host in POSTS:
        post = record_post(
            key=key, prefix=prefix, city=city, country="FR", lat=48.0, lon=2.0, zone=zone,
            host=agencies.get(host or ""), host_kind="national police",
        )  # fmt: skip
        record_posting(seats[f"officer_{key}"], post, LONG_AGO.date())


def _make_seat(name: str, agencies: dict[str, Agency], units: dict[str, Unit]) -> Seat:
    who, agency, unit, roles, clearance, groups, sworn = SEATS[name]
    return record_seat(
        record_person(username=who, label=who), agencies[agency], label=name, roles=roles, clearance=clearance,
        groups=groups, sworn=sworn, unit=units.get(unit), since=LONG_AGO,
    )  # fmt: skip


def _read() -> Cast:
    def by_key(rows: Iterable[Any], name: str = "key") -> dict[str, Any]:
        return {getattr(row, name): row for row in rows}

    if not Installation.objects.filter(kind="test").exists():
        raise RuntimeError("The cast belongs into a test database.")
    return Cast(by_key(_kept[Agency]), by_key(_kept[Unit]), by_key(_kept[Seat], "label"), by_key(_kept[Post]))


def someone(name: str = "nobody") -> uuid.UUID:
    """An id that belongs to nothing."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, name)
