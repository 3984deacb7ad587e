"""Worlds written to the database in bulk."""

import uuid
from itertools import combinations, product

from django.contrib.postgres.search import SearchVector
from django.db.models import F

from tests.cast import LONG_AGO, WORD, Cast
from tests.house.facts import SeatFacts, SheetFacts, World
from tests.house.makers import MAKERS, addressees, sheet_of, words_of
from tests.house.worlds import GROUPS
from vedette.agencies.models import GlassBreak, Person, Seat
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import access_class
from vedette.handling.models import Addressee, Sheet
from vedette.search.models import Entry

Known = dict[tuple[object, ...], int]


def write(cast: Cast, world: World, kind: str = "report", known: Known | None = None) -> World:
    """Write the sheets of a world, each with a row of one kind under it, and its seats that are not there yet.

    `known`: the access classes that are there already (`all_classes`).
    """
    _write_seats(world.seats)
    classes = {} if known is None else known
    Sheet.objects.bulk_create(sheet_of(facts, kind, classes) for facts in world.sheets)
    Addressee.objects.bulk_create(addressees(world.sheets))
    MAKERS[kind](cast, world.sheets)
    _index(world.sheets, kind)
    return world


def all_classes() -> Known:
    """Every access class a random world can ask for, made once for many worlds."""
    groups = [frozenset(some) for size in range(3) for some in combinations(GROUPS, size)]
    three = product((1, 2, 3, 4), groups, (False, True))
    return {named: access_class(*named).id for named in three}


def viewers(world: World) -> dict[uuid.UUID, Viewer]:
    """The Viewers of a world's seats that are in force."""
    return viewers_of(seat.id for seat in world.seats)


def facts_of(seat: Seat, suspended: bool = False) -> SeatFacts:
    """A seat of the cast as the second rule knows it."""
    return SeatFacts(
        seat.id, seat.agency_id, seat.agency.kind, seat.unit_id, frozenset(seat.roles), seat.clearance,
        frozenset(seat.groups), seat.sworn, seat.since, seat.until, suspended, person=seat.person_id,
    )  # fmt: skip


def _write_seats(seats: list[SeatFacts]) -> None:
    there = set(Seat.objects.filter(id__in=[seat.id for seat in seats]).values_list("id", flat=True))
    new = [seat for seat in seats if seat.id not in there]
    people = [Person(id=seat.person, username=seat.id.hex, label="x", made_at=LONG_AGO, password="!") for seat in new]
    Person.objects.bulk_create(people)
    Seat.objects.bulk_create(_seat(seat, person) for seat, person in zip(new, people, strict=True))
    broken = [seat for seat in new if seat.glass]
    GlassBreak.objects.bulk_create(
        GlassBreak(seat_id=seat.id, since=seat.glass[0], until=seat.glass[1], because="drill") for seat in broken
    )


def _seat(seat: SeatFacts, person: Person) -> Seat:
    return Seat(
        id=seat.id, person=person, agency_id=seat.agency, unit_id=seat.unit, label=seat.id.hex[:8],
        roles=sorted(seat.roles), clearance=seat.clearance, groups=sorted(seat.groups), sworn=seat.sworn,
        since=seat.since, until=seat.until, suspended_at=seat.since if seat.suspended else None,
    )  # fmt: skip


def _index(sheets: list[SheetFacts], kind: str) -> None:
    Entry.objects.bulk_create(
        Entry(sheet_id=one.id, kind=kind, title=WORD, body=text, folded=text.lower(), at=one.filed, words="")
        for one, text in ((facts, words_of(facts)) for facts in sheets)
    )
    rows = Entry.objects.as_house("a world is indexed at once").filter(sheet__in=[facts.id for facts in sheets])
    rows.update(words=SearchVector(F("body"), config="simple"))
