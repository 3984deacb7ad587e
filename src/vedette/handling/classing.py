"""Before a record is handled otherwise: what may be chosen, what would be wider, and who would gain or lose sight of it."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from vedette.agencies.queries import seats_in_force, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.handling.facts import facts_of
from vedette.handling.judging import WHOLE, face
from vedette.handling.models import AccessClass, Sheet
from vedette.handling.policy import require


@dataclass(frozen=True)
class Effect:
    """Who reads a record now, and who would: seats by their labels, those of other agencies only counted."""

    before: int
    after: int
    gain: list[str]
    lose: list[str]
    gain_elsewhere: int
    lose_elsewhere: int
    self_loses: bool


def came_from_elsewhere(sheet: Sheet) -> bool:
    """Whether a record is another agency's word: it was received, or lodged here."""
    return sheet.originator_id != sheet.holder_id or sheet.lodged_by_id is not None


def is_wider(standing: AccessClass, sensitivity: int, groups: Iterable[str], named_subject: bool) -> bool:
    """Whether anybody could gain sight of a record if it were handled so."""
    fewer_asked = bool(set(standing.groups) - set(groups))
    return sensitivity < standing.sensitivity or fewer_asked or (standing.named_subject and not named_subject)


def known_groups(sheet: Sheet) -> list[str]:
    """The need-to-know groups that seats of the house are in, and those the record asks for already."""
    held = {group for seat in seats_in_force() if seat.agency_id == sheet.holder_id for group in seat.groups}
    return sorted(held | set(sheet.access_class.groups))


def effect_of(by: Viewer | None, sheet: Sheet, sensitivity: int, groups: Iterable[str], named_subject: bool) -> Effect:
    """Who would gain and lose sight of a record if it were handled so from now on."""
    viewer = require(by, "reclassify", sheet)
    seats = {seat.id: seat for seat in seats_in_force()}
    viewers = list(viewers_of(seats).values())
    stands = facts_of([sheet.id], viewers)[sheet.id]
    asked = dataclasses.replace(stands, sensitivity=sensitivity, groups=frozenset(groups), named=named_subject)
    before = {one.seat_id for one in viewers if face(one, stands) == WHOLE}
    after = {one.seat_id for one in viewers if face(one, asked) == WHOLE}
    own = {key for key, seat in seats.items() if seat.agency_id == viewer.agency_id}
    return Effect(
        before=len(before),
        after=len(after),
        gain=sorted(seats[key].label for key in (after - before) & own),
        lose=sorted(seats[key].label for key in (before - after) & own),
        gain_elsewhere=len(after - before - own),
        lose_elsewhere=len(before - after - own),
        self_loses=viewer.seat_id in before - after,
    )
