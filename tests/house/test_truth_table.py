"""The truth table: every reader answers exactly the ids whose answer is yes, for every kind of viewer and sheet."""

from typing import Any

import pytest

from tests.cast import Cast, sign_in
from tests.house import naive
from tests.house.facts import HOUR, DeliveryFacts, SheetFacts, World
from tests.house.readers import READERS, Asker
from tests.house.writing import facts_of, write
from vedette.agencies.models import Seat
from vedette.kit.ids import new_id
from vedette.kit.time import now

WIDE: dict[str, Any] = {"sensitivity": 1}
CLOSED: dict[str, Any] = {"sensitivity": 3, "groups": frozenset({"counter"})}
COLUMNS = (
    "own, contained", "own, not contained", "author's own", "delivered", "delivered, named", "delivered, expired",
    "delivered, recalled", "recalled, then again", "delivered, withdrawn", "delivered to another", "delivered later",
    "lodged by mine", "lodged by another", "expired", "purged", "withdrawn", "kept from me", "given, kept from me",
)  # fmt: skip
# whole: reads it; marked: reads it, marked withdrawn; struck: its stub only; - : no; ? : the row has no such sheet.
TABLE = {
    #             own    closed author deliv. named  expir. recall again  withdr other  later  mine   lodged expir. purged withdr kept   given
    "watch":      "whole -      whole  ?      ?      ?      ?      ?      ?      -      ?      whole  whole  -      -      marked -      -",
    "narrow":     "whole -      whole  whole  whole  -      struck whole  struck -      -      -      -      -      -      marked -      -",
    "sergeant":   "whole -      whole  whole  whole  -      struck whole  struck -      -      -      -      -      -      marked -      -",
    "north_1":    "-     -      ?      whole  whole  -      struck whole  struck -      -      whole  -      -      -      -      -      -",
    "federal":    "-     -      ?      whole  whole  -      struck whole  struck -      -      whole  -      -      -      -      -      -",
    "host":       "-     -      ?      whole  whole  -      struck whole  struck -      -      whole  -      -      -      -      -      -",
    "guards":     "-     -      ?      whole  -      -      struck whole  struck -      -      whole  -      -      -      -      -      -",
    "foundation": "-     -      ?      whole  -      -      struck whole  struck -      -      whole  -      -      -      -      -      -",
    "auditor":    "-     -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -",
    "suspended":  "-     -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -",
}  # fmt: skip

ROWS = list(TABLE)


def row_of(name: str) -> dict[str, str]:
    return dict(zip(COLUMNS, TABLE[name].split(), strict=True))


class Maker:
    """The sheets of one row of the table, seen from one seat; `to` says how deliveries reach it."""

    def __init__(self, cast: Cast, seat: Seat) -> None:
        self.cast, self.seat, self.moment = cast, seat, now()
        self.home = cast.agencies["home"].id
        other = "south" if seat.agency_id != cast.agencies["south"].id else "north"
        self.other = cast.agencies[other].id

    def sheet(self, **values: Any) -> SheetFacts:
        plain = {"holder": self.home, "originator": self.home, "filed": self.moment - 3 * HOUR}
        return SheetFacts(id=new_id(), **{**plain, **values})

    def to_me(self, **values: Any) -> DeliveryFacts:
        if self.seat.unit_id:
            return DeliveryFacts("unit", self.seat.unit_id, self.moment - 2 * HOUR, **values)
        if self.seat.agency_id == self.home:
            return DeliveryFacts("seat", self.seat.id, self.moment - 2 * HOUR, **values)
        return DeliveryFacts("agency", self.seat.agency_id, self.moment - 2 * HOUR, **values)

    def sheets(self) -> dict[str, SheetFacts]:
        past, later = self.moment - HOUR, self.moment + HOUR
        recalled = self.to_me(recalled=past)
        elsewhere = DeliveryFacts("agency", self.other, self.moment - 2 * HOUR)
        coming = DeliveryFacts("agency", self.seat.agency_id, later)
        return {
            "own, contained": self.sheet(**WIDE),
            "own, not contained": self.sheet(**CLOSED),
            "author's own": self.sheet(**CLOSED, author=self.seat.id),
            "delivered": self.sheet(**CLOSED, deliveries=[self.to_me()]),
            "delivered, named": self.sheet(**CLOSED, named=True, deliveries=[self.to_me()]),
            "delivered, expired": self.sheet(**CLOSED, deliveries=[self.to_me(expires=past)]),
            "delivered, recalled": self.sheet(**CLOSED, deliveries=[recalled]),
            "recalled, then again": self.sheet(**CLOSED, deliveries=[recalled, self.to_me(expires=later)]),
            "delivered, withdrawn": self.sheet(**CLOSED, withdrawn=past, deliveries=[self.to_me()]),
            "delivered to another": self.sheet(**CLOSED, deliveries=[elsewhere]),
            "delivered later": self.sheet(**CLOSED, deliveries=[coming]),
            "lodged by mine": self.sheet(**WIDE, lodged_by=self.seat.agency_id),
            "lodged by another": self.sheet(**WIDE, lodged_by=self.other),
            "expired": self.sheet(**WIDE, expires=past, author=self.seat.id, deliveries=[self.to_me()]),
            "purged": self.sheet(**WIDE, purged=past, author=self.seat.id, deliveries=[self.to_me()]),
            "withdrawn": self.sheet(**WIDE, withdrawn=past),
            "kept from me": self.sheet(**WIDE, kept_from=self.seat.person_id, author=self.seat.id),
            "given, kept from me": self.sheet(**WIDE, kept_from=self.seat.person_id, deliveries=[self.to_me()]),
        }


def set_up(cast: Cast, name: str, kind: str) -> tuple[Asker, World, dict[str, SheetFacts]]:
    """One row of the table in the database, and who asks."""
    seat = cast.seats["north_1" if name == "suspended" else name]
    columns = {column: sheet for column, sheet in Maker(cast, seat).sheets().items() if row_of(name)[column] != "?"}
    world = write(cast, World(now(), sheets=list(columns.values())), kind)
    if name != "suspended":
        return Asker(cast.viewer(name)), world, columns
    client = sign_in(cast.viewer("north_1"))
    Seat.objects.filter(id=seat.id).update(suspended_at=now())
    return Asker(None, client), world, columns


def kinds(*, slow: bool) -> list[str]:
    """The kinds of records that have a reader of this sort."""
    return sorted({rule.kind for rule in READERS.values() if rule.slow == slow})


def hold(cast: Cast, name: str, kind: str, *, slow: bool) -> None:
    """Every reader of a kind answers what the table says to one viewer."""
    asker, world, columns = set_up(cast, name, kind)
    names = {facts.id: column for column, facts in columns.items()}
    said, wanted = {}, {}
    for reader, rule in READERS.items():
        if rule.kind == kind and rule.slow == slow:
            said[reader] = {names[key] for key in rule.ask(asker, world)}
            shown = {"whole", "marked"} if rule.content else {"whole", "marked", "struck"}
            wanted[reader] = {
                column
                for column, answer in row_of(name).items()
                if answer in shown and rule.only(asker.viewer, columns[column])
            }
    assert said == wanted


@pytest.mark.parametrize("kind", kinds(slow=False))
@pytest.mark.parametrize("name", TABLE)
def test_every_reader_answers_exactly_what_the_table_says(cast, name, kind):
    hold(cast, name, kind, slow=False)


@pytest.mark.whole
@pytest.mark.parametrize("kind", kinds(slow=True))
@pytest.mark.parametrize("name", ROWS[::2])
def test_every_page_answers_exactly_what_the_table_says(cast, name, kind):
    hold(cast, name, kind, slow=True)


@pytest.mark.parametrize("name", TABLE)
def test_the_second_rule_says_what_the_table_says(cast, name):
    seat = cast.seats["north_1" if name == "suspended" else name]
    facts = facts_of(seat, suspended=name == "suspended")
    for column, sheet in Maker(cast, seat).sheets().items():
        wanted = row_of(name)[column]
        if wanted != "?":
            assert naive.face(facts, sheet, now()) == wanted.replace("-", "no"), column
