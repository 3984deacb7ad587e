"""An order as lists show it: its state, its clock, whether it burns, what it rests on as the viewer may know it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import ClockView, clocks_of
from vedette.files.models import StoredFile
from vedette.files.queries import files_by_sheet
from vedette.handling.models import Sheet
from vedette.handling.policy import visible_sheets
from vedette.kit.time import now
from vedette.response.actions.states import ACKNOWLEDGE, IN_HAND, WAITING, State
from vedette.response.models import OrderState
from vedette.response.queries import Order, states_of

FINISHED = (State.DONE, State.ENDED, State.WITHDRAWN)
# What burns comes first, what is finished last.
RANK = {State.OPENED: 2, State.GIVEN: 2, State.ACKNOWLEDGED: 3, State.PLANNED: 4, State.DONE: 5}


@dataclass(frozen=True)
class OrderRow:
    """One task or deployment with where it stands at a moment."""

    order: Order
    standing: OrderState
    clock: ClockView | None
    moment: datetime.datetime
    basis: Sheet | None = None
    files: list[StoredFile] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.standing.state

    @property
    def due_at(self) -> datetime.datetime | None:
        """When it is to be done; a deployment has no such moment."""
        return getattr(self.order, "due_at", None)

    @property
    def waiting(self) -> bool:
        """Whether the unit has not yet acknowledged it."""
        return self.state in WAITING

    @property
    def in_hand(self) -> bool:
        """Whether a unit has it and is not through."""
        return self.state in IN_HAND

    @property
    def finished(self) -> bool:
        """Done, ended or withdrawn."""
        return self.state in FINISHED

    @property
    def unheard(self) -> bool:
        """Past its time and nobody has answered."""
        return self.waiting and self.clock is not None and self.clock.late

    @property
    def refused(self) -> bool:
        """Declined by its unit, or without a unit: the desk must find one."""
        return self.state in (State.CANNOT, State.OPEN)

    @property
    def overdue(self) -> bool:
        """Not done when it was to be done."""
        return (
            not self.finished and self.state != State.PLANNED and self.due_at is not None and self.due_at < self.moment
        )

    @property
    def late(self) -> bool:
        """Whether it burns now."""
        return self.unheard or self.refused or self.overdue

    @property
    def running_to(self) -> datetime.datetime | None:
        """The moment its clock runs to: the acknowledgement first, then the deed."""
        if self.waiting and self.clock is not None and self.clock.running:
            return self.clock.clock.due_at
        return self.due_at

    def due_by(self, limit: datetime.datetime) -> bool:
        """Whether its clock ends before a moment and has not ended yet."""
        ends = self.running_to
        return not self.finished and not self.late and ends is not None and self.moment <= ends <= limit

    def rank(self) -> tuple[int, float, int]:
        """Its place in a list."""
        rank = 0 if self.late else RANK.get(State(self.state), 6)
        at = self.standing.since if self.finished else self.running_to or self.order.sheet.filed_at
        stamp = -at.timestamp() if self.finished else at.timestamp()
        return rank, stamp, getattr(self.order, "position", 0)


def order_rows(viewer: Viewer | None, orders: Sequence[Order]) -> list[OrderRow]:
    """Orders the viewer may read, as rows in their order of urgency; the same number of questions for 1 and 50."""
    ids = [order.pk for order in orders]
    standing = states_of(viewer, ids)
    clocks = clocks_of(viewer, ids, ACKNOWLEDGE)
    under = visible_sheets(viewer, {order.basis_id for order in orders if order.basis_id})
    files = files_by_sheet(viewer, ids)
    moment = now()
    rows = [
        OrderRow(order, standing[order.pk], clocks.get(order.pk), moment, _basis(order, under), files.get(order.pk, []))
        for order in orders
        if order.pk in standing
    ]
    return sorted(rows, key=lambda row: row.rank())


def _basis(order: Order, under: dict[uuid.UUID, Sheet]) -> Sheet | None:
    return under.get(order.basis_id) if order.basis_id else None
