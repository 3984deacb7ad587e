"""Random worlds: seats, sheets and deliveries drawn from a seed, the awkward cases more often than life has them."""

import random
from collections.abc import Iterator

from tests.cast import Cast
from tests.house.facts import HOUR, DeliveryFacts, SeatFacts, SheetFacts, World
from vedette.agencies.models import Role
from vedette.kit.ids import new_id
from vedette.kit.time import now

GROUPS = ("narco", "desk", "counter")
SEATS, SHEETS = 6, 12


def worlds(cast: Cast, count: int, seed: int = 2011) -> Iterator[tuple[int, World]]:
    """`count` random worlds over the agencies, units and posts of the cast; the same seed draws the same ones."""
    for number in range(seed, seed + count):
        yield number, world(cast, random.Random(number))


def world(cast: Cast, dice: random.Random, seats: int = SEATS, sheets: int = SHEETS) -> World:
    """One random world."""
    found = World(now())
    found.seats = [_seat(cast, dice, found) for _ in range(seats)]
    found.sheets = [_sheet(cast, dice, found) for _ in range(sheets)]
    return found


def _seat(cast: Cast, dice: random.Random, found: World) -> SeatFacts:
    agency = cast.agencies["home"] if dice.random() < 0.5 else dice.choice(list(cast.agencies.values()))
    home = agency.kind == "home"
    roles = (
        dice.sample([role for role in Role.values if role != "partner"], dice.choice((1, 1, 2)))
        if home
        else ["partner"]
    )
    if dice.random() < 0.05:
        roles = ["auditor"]
    seat = SeatFacts(
        id=new_id(), agency=agency.id, kind=agency.kind, unit=None, roles=frozenset(roles),
        clearance=dice.randint(1, 4), groups=_groups(dice), sworn=dice.random() < 0.5, since=found.moment - 9 * HOUR,
    )  # fmt: skip
    seat.unit = dice.choice([None, *(unit.id for unit in cast.units.values())]) if home else None
    seat.suspended = dice.random() < 0.05
    seat.until = dice.choice((found.moment - HOUR, found.moment + HOUR)) if dice.random() < 0.1 else None
    if seat.until is None and dice.random() < 0.05:
        seat.since = found.moment + HOUR
    if dice.random() < 0.15:
        ends = dice.choice((-1, 1, 1))
        seat.glass = (found.moment + (ends - 2) * HOUR, found.moment + ends * HOUR)
    return seat


def _groups(dice: random.Random) -> frozenset[str]:
    return frozenset(dice.sample(GROUPS, dice.choice((0, 0, 1, 1, 2))))


def _sheet(cast: Cast, dice: random.Random, found: World) -> SheetFacts:
    agencies = [agency.id for agency in cast.agencies.values()]
    home = cast.agencies["home"].id
    sheet = SheetFacts(
        id=new_id(), holder=home if dice.random() < 0.9 else dice.choice(agencies), originator=dice.choice(agencies),
        filed=found.moment - dice.randint(1, 5) * HOUR, sensitivity=dice.choice((1, 1, 2, 3, 4)),
        groups=_groups(dice), named=dice.random() < 0.25,
    )  # fmt: skip
    sheet.author = dice.choice(found.seats).id if dice.random() < 0.4 else None
    sheet.lodged_by = dice.choice(agencies) if dice.random() < 0.25 else None
    sheet.expires = found.moment + dice.choice((-1, 1)) * HOUR if dice.random() < 0.2 else None
    sheet.withdrawn = found.moment - HOUR / 2 if dice.random() < 0.15 else None
    sheet.purged = found.moment - HOUR / 2 if dice.random() < 0.08 else None
    sheet.deliveries = [_delivery(cast, dice, found) for _ in range(dice.choice((0, 0, 1, 1, 2, 3)))]
    sheet.kept_from = dice.choice(found.seats).person if dice.random() < 0.15 else None
    return sheet


def _delivery(cast: Cast, dice: random.Random, found: World) -> DeliveryFacts:
    to = dice.choice(("agency", "agency", "unit", "seat"))
    whom = {
        "agency": [seat.agency for seat in found.seats] + [agency.id for agency in cast.agencies.values()],
        "unit": [unit.id for unit in cast.units.values()],
        "seat": [seat.id for seat in found.seats],
    }[to]
    delivery = DeliveryFacts(to, dice.choice(whom), found.moment - 2 * HOUR)
    if dice.random() < 0.1:
        delivery.since = found.moment + HOUR
    if dice.random() < 0.3:
        delivery.expires = found.moment + dice.choice((-1, 1)) * HOUR
    if dice.random() < 0.25:
        delivery.recalled = found.moment - HOUR / 2
    return delivery
