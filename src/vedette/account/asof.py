"""What a seat could see at a moment, recomputed from the dated rows: seats, handling, deliveries, broken glass.

The rule is the one of `handling.policy`, asked of rows that no longer stand; a law holds both against each other.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vedette.agencies.models import Agency, GlassBreak, Seat, SeatChange, attributes_of
from vedette.agencies.viewer import DESK_ROLES
from vedette.handling.models import Addressee, Sensitivity, Sheet, SheetChange
from vedette.handling.policy import NEVER_NAMES
from vedette.handling.queries import handling_of

Moment = datetime.datetime
NO, STRUCK, WHOLE = "no", "struck", "whole"


@dataclass(frozen=True)
class Then:
    """A seat as it stood at a moment; None of these when it was not in force."""

    seat: Seat
    roles: frozenset[str]
    clearance: int
    groups: frozenset[str]
    sworn: bool
    unit: uuid.UUID | None
    glass: bool

    @property
    def home(self) -> bool:
        """A seat of the home agency."""
        return self.seat.agency.kind == Agency.Kind.HOME

    @property
    def auditor_only(self) -> bool:
        """Trails and ids, no content."""
        return self.home and "auditor" in self.roles and not self.roles - {"auditor", "privacy"}


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
            seat=seat,
            roles=frozenset(said["roles"]),
            clearance=said["clearance"],
            groups=frozenset(said["groups"]),
            sworn=said["sworn"],
            unit=uuid.UUID(said["unit"]) if said["unit"] else None,
            glass=any(row.since <= moment < row.until for row in self.glass.get(seat.id, [])),
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
        if then is None or said is None or then.auditor_only:
            return NO
        if _kept(then, sheet, said):
            return WHOLE
        if said["named_subject"] and seat.agency.kind in NEVER_NAMES:
            return NO
        mine = [row for row in self.deliveries.get(sheet.id, []) if _reached(row, then, moment)]
        if not mine:
            return NO
        in_hand = any(row.recalled_at is None or row.recalled_at > moment for row in mine)
        withdrawn = sheet.withdrawn_at is not None and sheet.withdrawn_at <= moment
        return WHOLE if in_hand and not withdrawn else STRUCK

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


def _kept(then: Then, sheet: Sheet, said: dict[str, Any]) -> bool:
    """Known otherwise than by delivery: he wrote it, his agency holds it, lodged it, or his desk received it."""
    if sheet.author_id == then.seat.id:
        return True
    if not then.home:
        return sheet.lodged_by_id == then.seat.agency_id
    if not _contained(then, said):
        return False
    if sheet.lodged_by_id is not None:
        return bool(then.roles & DESK_ROLES)
    return sheet.holder_id == then.seat.agency_id


def _contained(then: Then, said: dict[str, Any]) -> bool:
    if then.glass:
        return True
    if said["sensitivity"] > min(then.clearance, Sensitivity.RESTRICTED) or set(said["groups"]) - then.groups:
        return False
    return not said["named_subject"] or then.sworn or "analyst" in then.roles


def _reached(row: Addressee, then: Then, moment: Moment) -> bool:
    to_me = row.agency_id == then.seat.agency_id or row.seat_id == then.seat.id
    to_me = to_me or (row.unit_id is not None and row.unit_id == then.unit)
    return to_me and row.since <= moment and (row.expires_at is None or row.expires_at > moment)
