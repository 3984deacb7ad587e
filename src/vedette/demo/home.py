"""Loading a home side: agency, units, partners, posts with a seat each, agreements with their clauses."""

import datetime
from typing import Any

from django.db import transaction

from vedette.agencies.actions import record_agency, record_person, record_seat, record_unit
from vedette.agencies.models import Agency, Role, Seat, Unit
from vedette.alerts.actions import record_duty, record_ladders
from vedette.audit.actions import record
from vedette.demo.clauses import gate_of
from vedette.demo.people import officer_label
from vedette.kit.actions import install
from vedette.programme.actions import (
    record_agreement,
    record_caveat,
    record_clause,
    record_post,
    record_posting,
    record_review,
)
from vedette.programme.models import Post
from vedette.response.actions import load_playbooks, record_site

EPOCH = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
KINDS = {
    "big-city department": "police",
    "neighbour department": "police",
    "state police": "police",
    "fusion center": "fusion",
    "federal liaison": "federal",
    "State Department bureau": "bureau",
    "foundation": "foundation",
    "foreign host": "host",
    "private security network": "private",
}
# The seats at home of the demonstration: label, roles, clearance, groups, sworn, unit kind.
SEATS: tuple[tuple[str, tuple[str, ...], int, tuple[str, ...], bool, str], ...] = (
    ("Watch officer 1", (Role.WATCH, Role.CLERK), 3, ("desk",), True, "watch"),
    ("Watch officer 2", (Role.WATCH, Role.CLERK), 3, ("desk",), True, "watch"),
    ("Desk clerk", (Role.CLERK,), 2, ("desk",), False, "watch"),
    ("Analyst 1", (Role.ANALYST,), 3, ("desk",), False, "intelligence"),
    ("Commander on duty", (Role.COMMANDER,), 3, ("desk", "money"), True, "executive"),
    ("Releasing officer", (Role.RELEASING,), 3, ("desk",), True, "intelligence"),
    ("Programme manager", (Role.PROGRAMME,), 2, ("money",), False, "liaison"),
    ("Finance officer", (Role.FINANCE,), 2, ("money",), False, "liaison"),
    ("Investigator, robbery squad", (Role.INVESTIGATOR,), 1, (), True, ""),
    ("Auditor", (Role.AUDITOR, Role.PRIVACY), 3, (), False, ""),
    ("Administrator", (Role.ADMINISTRATOR,), 1, (), False, ""),
)

DUTIES = {
    "watch": "Watch officer 1",
    "watch-commander": "Watch officer 2",
    "commander": "Commander on duty",
    "releasing": "Releasing officer",
}


@transaction.atomic
def load_home(home: dict[str, Any], kind: str = "demonstration") -> Agency:
    """Load a home side of the replay form into an empty database and write down what that database is."""
    agency = _home_agency(home)
    install(kind, agency.id)
    partners = {row["id"]: _partner(row, home["agency"]["home"]["tz"]) for row in home["partners"]}
    units = {
        row["kind"]: record_unit(agency, key=row["id"], name=row["name"], kind=row["kind"]) for row in home["units"]
    }
    _home_seats(agency, units)
    posts = {row["id"]: _post(row, partners) for row in home["posts"]}
    for key, post in posts.items():
        _officer(agency, home, post, key, units)
    for row in home["agreements"]:
        _agreement(row, partners)
    _response_side(home)
    _duties(units)
    record(None, "home.loaded", [agency.id], home["agency"]["id"])
    return agency


def _response_side(home: dict[str, Any]) -> None:
    """Playbooks and the protected places at home."""
    load_playbooks()
    for row in home["sites"]:
        record_site(
            key=row["id"],
            name=row["name"],
            kind=row["kind"],
            lat=row["lat"],
            lon=row["lon"],
            sector=row["sector"],
            area=row.get("borough") or row.get("neighborhood") or row.get("city") or "",
            priority=row["priority"],
        )


def _duties(units: dict[str, Unit]) -> None:
    """Who is on duty tonight: one seat for each duty of the desk, the duty sergeant of each unit."""
    record_ladders()
    for duty, label in DUTIES.items():
        record_duty(Seat.objects.get(label=label), duty, reach="desk line")
    for unit in units.values():
        record_duty(Seat.objects.get(unit=unit, roles__contains=[Role.UNIT]), "sergeant", unit=unit, reach="unit line")


def _home_agency(home: dict[str, Any]) -> Agency:
    facts = home["agency"]
    city = facts["name"].split(" (")[0]
    return record_agency(
        key=facts["id"],
        name=facts["name"],
        kind=Agency.Kind.HOME,
        zone=facts["home"]["tz"],
        city=city.removesuffix(" City"),
        lat=facts["home"]["lat"],
        lon=facts["home"]["lon"],
        languages=facts["languages"],
        note=facts["disclaimer"],
    )


def _partner(row: dict[str, Any], zone: str) -> Agency:
    agency = record_agency(
        key=row["id"], name=row["name"], kind=KINDS[row["kind"]], zone=zone, note=f"May receive: {row['may_receive']}."
    )
    person = record_person(username=f"{row['id']}.desk", label=f"{row['name']}, desk")
    record_seat(person, agency, label="Duty desk", roles=[Role.PARTNER], since=EPOCH)
    return agency


def _home_seats(agency: Agency, units: dict[str, Unit]) -> None:
    for label, roles, clearance, groups, sworn, kind in SEATS:
        person = record_person(username=label.lower().replace(" ", ".").replace(",", ""), label=label)
        record_seat(
            person,
            agency,
            label=label,
            roles=roles,
            clearance=clearance,
            groups=groups,
            sworn=sworn,
            unit=units.get(kind),
            since=EPOCH,
        )
    for unit in units.values():
        person = record_person(username=f"unit.{unit.key}", label=f"{unit.name}, duty sergeant")
        record_seat(
            person, agency, label=f"Duty sergeant, {unit.name}", roles=[Role.UNIT], sworn=True, unit=unit, since=EPOCH
        )


def _post(row: dict[str, Any], partners: dict[str, Agency]) -> Post:
    status = row["status"] if row["status"] in Post.Status.values else Post.Status.STANDING
    host = _host_of(row, partners)
    post = record_post(
        key=row["id"],
        prefix=row["id"].split("-")[0] if status != Post.Status.HOME else "DSK",
        city=row["city"],
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        zone=row["tz"],
        host=host,
        host_kind=row["host_agency_kind"],
        languages=row["languages"],
        status=status,
        opened=row.get("since") or "",
    )
    if host is not None and not post.caveats.exists():
        record_caveat(post, code="H2", text="No onward step without the host's leave.", because="letter with the host")
    return post


def _host_of(row: dict[str, Any], partners: dict[str, Agency]) -> Agency | None:
    if row["status"] in ("home", "seat"):
        return None
    key = f"pt-host-{row['id'].split('-')[0]}"
    if key not in partners:
        city = row["city"]
        partners[key] = record_agency(
            key=key,
            name=f"{city} host: {row['host_agency_kind']}",
            kind=Agency.Kind.HOST,
            country=row["country"],
            city=city,
            zone=row["tz"],
        )
    return partners[key]


def _officer(agency: Agency, home: dict[str, Any], post: Post, key: str, units: dict[str, Unit]) -> Seat:
    label = officer_label(home, key)
    person = record_person(username=f"lo.{key}", label=label)
    seat = record_seat(
        person,
        agency,
        label=label,
        roles=[Role.OFFICER],
        clearance=1,
        groups=(),
        sworn=True,
        unit=units.get("liaison"),
        since=EPOCH,
    )
    record_posting(seat, post, EPOCH.date())
    return seat


def _agreement(row: dict[str, Any], partners: dict[str, Agency]) -> None:
    agreement = record_agreement(
        key=row["id"],
        partner=partners[row["with"]],
        title=row["title"],
        kind=_agreement_kind(row["title"]),
        signed=datetime.date.fromisoformat(row["signed"]),
        expires=datetime.date.fromisoformat(row["expires"]) if row["expires"] else None,
        basis=row.get("basis", ""),
        note=row.get("note", ""),
    )
    if agreement.clauses.exists():
        return
    for clause in row["clauses"]:
        gate = gate_of(clause["text"])
        record_clause(
            agreement, number=clause["n"], text=clause["text"], gate=gate.gate, effect=gate.effect, up_to=gate.up_to
        )
        for day in gate.reviews:
            record_review(agreement, day)


def _agreement_kind(title: str) -> str:
    words = (("training", "mission"), ("grant", "grant"), ("visit", "visit"), ("resident liaison", "posting"))
    return next((kind for word, kind in words if word in title.lower()), "sharing")
