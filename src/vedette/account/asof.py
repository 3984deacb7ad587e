"""What a seat could see at a moment, recomputed from the dated rows: seats, handling, deliveries, broken glass.

The rule is the house's own (`handling.judging`), asked of rows that no longer stand.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vedette.agencies.models import Agency, GlassBreak, Seat, SeatChange, attributes_of
from vedette.handling.judging import NO, STRUCK, WHOLE, Facts, Given, face
from vedette.handling.models import Addressee, Sheet, SheetChange
from vedette.handling.queries import handling_of

Moment = datetime.datetime
__all__ = ["NO", "STRUCK", "WHOLE", "Past", "Then"]


@dataclass(frozen=True)
class Then:
    """A seat as it stood at a moment: what `handling.judging` asks of whoever looks."""

    seat_id: uuid.UUID
    person_id: uuid.UUID
    agency_id: uuid.UUID
    unit_id: uuid.UUID | None
    roles: frozenset[str]
    clearance: int
    groups: frozenset[str]
    sworn: bool
    is_home: bool
    agency_kind: str
    glass_broken: bool


def _stood(rows: Iterable[Any], moment: Moment) -> Any:
    """The dated row in force at a moment."""
    return next((row for row in rows if row.since <= moment and (row.until is None or row.until > moment)), None)


class Past:
    """The dated rows of some seats and some sheets, read once."""

    def __init__(self, seats: Iterable[Seat], sheets: Iterable[Sheet]) -> None:
        self.seats, self.sheets = list(seats), list(sheets)
        seat_ids, sheet_ids = [seat.id for seat in self.seats], [sheet.id for sheet in self.sheets]
        self.seat_rows = _grouped(SeatChange.objects.filter(seat__in=seat_ids).order_by("since"), "seat_id")
        self.glass = _grouped(GlassBreak.objects.filter(seat__in=seat_ids), "seat_id")
        self.sheet_rows = _grouped(SheetChange.objects.filter(sheet__in=sheet_ids).order_by("since"), "sheet_id")
        self.deliveries = _grouped(Addressee.objects.filter(sheet__in=sheet_ids), "sheet_id")

    def seat_then(self, seat: Seat, moment: Moment) -> Then | None:
        """The seat as it stood; None when it was not in force."""
        rows = self.seat_rows.get(seat.id, [])
        row = _stood(rows, moment)
        if seat.since > moment or (seat.until is not None and seat.until <= moment) or (rows and row is None):
            return None
        said = row.attributes if row else attributes_of(seat)
        if said["suspended"]:
            return None
        return Then(
            seat_id=seat.id,
            person_id=seat.person_id,
            agency_id=seat.agency_id,
            unit_id=uuid.UUID(said["unit"]) if said["unit"] else None,
            roles=frozenset(said["roles"]),
            clearance=said["clearance"],
            groups=frozenset(said["groups"]),
            sworn=said["sworn"],
            is_home=seat.agency.kind == Agency.Kind.HOME,
            agency_kind=seat.agency.kind,
            glass_broken=any(row.since <= moment < row.until for row in self.glass.get(seat.id, [])),
        )

    def handling_then(self, sheet: Sheet, moment: Moment) -> dict[str, Any] | None:
        """How the sheet was handled; None before it was filed, after it was purged or had expired."""
        rows = self.sheet_rows.get(sheet.id, [])
        row = _stood(rows, moment)
        if sheet.filed_at > moment or (sheet.purged_at is not None and sheet.purged_at <= moment):
            return None
        said: dict[str, Any] = row.handling if row else handling_of(sheet)
        expires = said["expires_at"]
        if expires and datetime.datetime.fromisoformat(expires) <= moment:
            return None
        return said

    def face(self, seat: Seat, sheet: Sheet, moment: Moment) -> str:
        """How the sheet stood before the seat: `whole`, `struck` (a stub) or `no`."""
        then, said = self.seat_then(seat, moment), self.handling_then(sheet, moment)
        return NO if then is None or said is None else face(then, self._facts(sheet, said, moment))

    def _facts(self, sheet: Sheet, said: dict[str, Any], moment: Moment) -> Facts:
        return Facts(
            holder=sheet.holder_id,
            lodged_by=sheet.lodged_by_id,
            author=sheet.author_id,
            kept_from=sheet.kept_from_id,
            sensitivity=said["sensitivity"],
            groups=frozenset(said["groups"]),
            named=said["named_subject"],
            withdrawn=sheet.withdrawn_at is not None and sheet.withdrawn_at <= moment,
            deliveries=tuple(_given(self.deliveries.get(sheet.id, []), moment)),
        )

    def since(self, seat: Seat, sheet: Sheet, moment: Moment) -> Moment | None:
        """From when on, without a break until the moment, the seat could read the sheet; None when it could not."""
        if self.face(seat, sheet, moment) != WHOLE:
            return None
        found = moment
        for turn in sorted((turn for turn in self._turns(seat, sheet) if turn <= moment), reverse=True):
            if self.face(seat, sheet, turn) != WHOLE:
                break
            found = turn
        return found

    def _turns(self, seat: Seat, sheet: Sheet) -> set[Moment]:
        """The moments at which the answer may have changed."""
        rows: list[Any] = [*self.seat_rows.get(seat.id, []), *self.sheet_rows.get(sheet.id, [])]
        rows += self.glass.get(seat.id, [])
        turns = {seat.since, sheet.filed_at, *(row.since for row in rows), *(row.until for row in rows)}
        for row in self.deliveries.get(sheet.id, []):
            turns |= {row.since, row.expires_at, row.recalled_at}
        return {turn for turn in turns if turn is not None}


def _grouped(rows: Iterable[Any], name: str) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _given(rows: Iterable[Addressee], moment: Moment) -> Iterable[Given]:
    """The deliveries in force at a moment, and whether each had been recalled by then."""
    for row in rows:
        if row.since <= moment and (row.expires_at is None or row.expires_at > moment):
            recalled = row.recalled_at is not None and row.recalled_at <= moment
            yield Given(row.agency_id, row.unit_id, row.seat_id, recalled)
