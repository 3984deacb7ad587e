"""The rule of who may see what a second time, in plain Python from the words of the house: no SQL, nothing shared.

whole: he may read it. marked: he may read it, and it is marked withdrawn. struck: only its stub is left to him. no.
"""

import datetime

from tests.house.facts import DeliveryFacts, SeatFacts, SheetFacts, World

DESK = {"watch", "clerk", "analyst", "commander", "releasing"}


def face(seat: SeatFacts, sheet: SheetFacts, moment: datetime.datetime) -> str:
    """How a sheet stands before a seat at a moment."""
    if not in_force(seat, moment) or sheet.purged or (sheet.expires and sheet.expires <= moment):
        return "no"
    if sheet.kept_from is not None and sheet.kept_from == seat.person:
        return "no"
    if seat.kind == "home" and "auditor" in seat.roles and seat.roles <= {"auditor", "privacy"}:
        return "no"
    if keeps(seat, sheet, moment):
        return "marked" if sheet.withdrawn else "whole"
    if sheet.named and seat.kind in ("private", "foundation"):
        return "no"
    mine = [delivery for delivery in sheet.deliveries if reaches(delivery, seat, moment)]
    if not mine:
        return "no"
    in_hand = any(delivery.recalled is None for delivery in mine)
    return "whole" if in_hand and not sheet.withdrawn else "struck"


def in_force(seat: SeatFacts, moment: datetime.datetime) -> bool:
    """A seat that has begun, has not ended and is not suspended."""
    return not seat.suspended and seat.since <= moment and (seat.until is None or seat.until > moment)


def keeps(seat: SeatFacts, sheet: SheetFacts, moment: datetime.datetime) -> bool:
    """Whether a seat knows a sheet otherwise than by delivery: it wrote it, holds it, lodged it, or received it."""
    if sheet.author == seat.id:
        return True
    if seat.kind != "home":
        return sheet.lodged_by == seat.agency
    if not contains(seat, sheet, moment):
        return False
    if sheet.lodged_by is not None:
        return bool(seat.roles & DESK)
    return sheet.holder == seat.agency


def contains(seat: SeatFacts, sheet: SheetFacts, moment: datetime.datetime) -> bool:
    """Whether a home seat's clearance, groups and standing contain the sheet's class; broken glass contains all."""
    if seat.glass and seat.glass[0] <= moment < seat.glass[1]:
        return True
    if sheet.sensitivity == 4 or sheet.sensitivity > seat.clearance or sheet.groups - seat.groups:
        return False
    return not sheet.named or seat.sworn or "analyst" in seat.roles


def reaches(delivery: DeliveryFacts, seat: SeatFacts, moment: datetime.datetime) -> bool:
    """Whether a delivery is to this seat's agency, unit or self, has begun and has not run out."""
    whom = {"agency": seat.agency, "unit": seat.unit, "seat": seat.id}[delivery.to]
    return (
        whom == delivery.whom and delivery.since <= moment and (delivery.expires is None or delivery.expires > moment)
    )


def faces(seat: SeatFacts, world: World) -> dict[str, set[object]]:
    """The ids of a world by how they stand before a seat."""
    found: dict[str, set[object]] = {"whole": set(), "marked": set(), "struck": set(), "no": set()}
    for sheet in world.sheets:
        found[face(seat, sheet, world.moment)].add(sheet.id)
    return found
