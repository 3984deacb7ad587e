"""The watch: its log, who is on duty, and everything that is open, as one page to hand over."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from vedette.agencies.models import Seat, Unit
from vedette.agencies.queries import labels, seats_in_force
from vedette.agencies.viewer import DESK_ROLES, Viewer
from vedette.alerts.models import ACKNOWLEDGE, DEED, Duty
from vedette.alerts.queries import ClockView, roster, running_clocks
from vedette.handling.actions import record_list
from vedette.handling.policy import readable
from vedette.incidents.queries import IncidentRow, open_incidents
from vedette.kit.time import now
from vedette.reporting.requests import questions_waiting
from vedette.response.board import Board, boards_and_deployments
from vedette.response.models import Handover, ShiftEntry
from vedette.response.queries import running
from vedette.response.rows import OrderRow

SHIFT = datetime.timedelta(hours=24)
# The duties a desk is meant to have filled; an empty one is shown in red.
DESK_DUTIES = ("watch", "watch-commander", "commander", "releasing")

# Clocks that are about a person in danger stand before all others.
URGENT = ("duress", "safety", "check-in")


@dataclass(frozen=True)
class LogLine:
    """An entry of the log and who wrote it."""

    entry: ShiftEntry
    who: str


@dataclass(frozen=True)
class DutyRow:
    """A duty and who stands on it; None: nobody."""

    duty: str
    row: Duty | None = None


@dataclass(frozen=True)
class Watch:
    """Everything the shift screen shows."""

    duties: list[DutyRow] = field(default_factory=list)
    units: list[Duty] = field(default_factory=list)
    log: list[LogLine] = field(default_factory=list)
    boards: list[Board] = field(default_factory=list)
    open_orders: list[OrderRow] = field(default_factory=list)
    deployments: list[OrderRow] = field(default_factory=list)
    silent: list[ClockView] = field(default_factory=list)
    incidents: list[IncidentRow] = field(default_factory=list)
    questions: int = 0
    handovers: list[Handover] = field(default_factory=list)
    moment: datetime.datetime | None = None

    @property
    def open_items(self) -> dict[str, Any]:
        """What is open, as ids: kept with the handover."""
        return {
            "runs": [str(board.run.pk) for board in self.boards],
            "orders": [str(row.order.pk) for row in self.open_orders],
            "deployments": [str(row.order.pk) for row in self.deployments],
            "incidents": [str(row.incident.pk) for row in self.incidents],
            "questions": self.questions,
        }


def watch_now(viewer: Viewer | None) -> Watch:
    """The watch as it stands, of what the viewer may read; the entries shown are written down once."""
    found, deployments = boards_and_deployments(viewer, running(viewer))
    burning = [row for board in found for row in board.waiting if row.late or row.waiting]
    overdue = [row for board in found for row in board.rows if row.overdue and row not in burning]
    log = log_since(viewer, now() - SHIFT)
    if viewer:
        record_list(viewer, [line.entry.pk for line in log])
    duties = roster()
    return Watch(
        duties=[_duty(name, duties) for name in DESK_DUTIES],
        units=[row for row in duties if row.unit is not None],
        log=log,
        boards=found,
        open_orders=[*burning, *(row for row in deployments if row.waiting or row.refused), *overdue],
        deployments=deployments,
        silent=silent_clocks(viewer),
        incidents=open_incidents(viewer),
        questions=questions_waiting(viewer),
        handovers=handovers(viewer),
        moment=now(),
    )


def log_since(viewer: Viewer | None, since: datetime.datetime) -> list[LogLine]:
    """The log of the watch from a moment on, the newest line first."""
    rows = ShiftEntry.objects.seen_by(viewer).filter(readable(viewer, "sheet__"), sheet__filed_at__gte=since)
    found = list(rows.select_related("sheet").order_by("-sheet__filed_at", "-sheet_id")[:200])
    seats = labels(row.sheet.author_id for row in found)
    return [LogLine(row, seats.get(row.sheet.author_id, "") if row.sheet.author_id else "") for row in found]


def silent_clocks(viewer: Viewer | None) -> list[ClockView]:
    """Partners, posts and officers that have not answered in time: every late clock but those of our own orders.

    Who is under duress stands first, then who gives no sign of life, then the others as they fell due.
    """
    late = [view for view in running_clocks(viewer) if view.late and view.clock.kind not in (ACKNOWLEDGE, DEED)]
    return sorted(late, key=lambda view: URGENT.index(view.clock.kind) if view.clock.kind in URGENT else len(URGENT))


def handovers(viewer: Viewer | None, limit: int = 5) -> list[Handover]:
    """The last handovers, the newest first."""
    rows = Handover.objects.seen_by(viewer).filter(readable(viewer, "sheet__"))
    return list(rows.select_related("sheet", "from_seat", "to_seat").order_by("-sheet__filed_at")[:limit])


def relief_for(viewer: Viewer | None) -> list[Seat]:
    """The seats of the desk that can take the watch, watch officers first."""
    if viewer is None:
        return []
    found = [seat for seat in seats_in_force() if seat.agency_id == viewer.agency_id and set(seat.roles) & DESK_ROLES]
    return sorted(found, key=lambda seat: ("watch" not in seat.roles, seat.label))


def sergeants(viewer: Viewer | None) -> dict[Unit, list[Seat]]:
    """The seats of each unit at home that has some: who may be its duty sergeant."""
    found: dict[Unit, list[Seat]] = {}
    for seat in seats_in_force() if viewer else []:
        if seat.unit and "unit" in seat.roles:
            found.setdefault(seat.unit, []).append(seat)
    return found


def seat_of_desk(viewer: Viewer | None, key: uuid.UUID | None) -> Seat | None:
    """A seat of the home agency in force, by id."""
    if viewer is None or key is None:
        return None
    return next((seat for seat in seats_in_force() if seat.id == key and seat.agency_id == viewer.agency_id), None)


def _duty(name: str, duties: list[Duty]) -> DutyRow:
    return DutyRow(name, next((row for row in duties if row.duty == name and row.unit is None), None))
