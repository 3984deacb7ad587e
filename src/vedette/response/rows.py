"""An order as lists show it: its state, its clock, whether it burns, what it rests on as the viewer may know it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from vedette.agencies.models import Unit
from vedette.agencies.viewer import Viewer
from vedette.alerts.models import ACKNOWLEDGE, DEED, Escalation
from vedette.alerts.queries import ClockView, clocks_by_kind
from vedette.files.models import StoredFile
from vedette.files.queries import files_by_sheet
from vedette.handling.models import Sheet
from vedette.handling.policy import visible_sheets
from vedette.kit.time import now
from vedette.response.actions.states import IN_HAND, WAITING, State
from vedette.response.models import OrderState
from vedette.response.queries import Order, states_of

FINISHED = (State.DONE, State.ENDED, State.WITHDRAWN)
# What burns comes first, what is finished last.
RANK = {State.OPENED: 2, State.GIVEN: 2, State.ACKNOWLEDGED: 3, State.PLANNED: 4, State.DONE: 5}


@dataclass(frozen=True)
class OrderRow:
    """One task or deployment with where it stood at a moment: `clock` asks for its receipt, `deed` for the deed."""

    order: Order
    standing: OrderState
    clock: ClockView | None
    moment: datetime.datetime
    deed: ClockView | None = None
    basis: Sheet | None = None
    files: list[StoredFile] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.standing.state

    @property
    def unit(self) -> Unit | None:
        """The unit that had it at that moment."""
        return self.standing.unit

    @property
    def escalations(self) -> list[Escalation]:
        """The steps taken for want of an acknowledgement, then those for want of the deed."""
        return [step for one in (self.clock, self.deed) if one for step in one.escalations]

    @property
    def chased(self) -> Escalation | None:
        """The newest step taken for the deed while it is due and not done."""
        return self.deed.last if self.deed and self.deed.running else None

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


def order_rows(
    viewer: Viewer | None, orders: Sequence[Order], moment: datetime.datetime | None = None
) -> list[OrderRow]:
    """Orders the viewer may read, as rows in their order of urgency; the same number of questions for 1 and 50.

    With a moment: those that were there then, each as it stood, of what the viewer may see now.
    """
    ids = [order.pk for order in orders]
    standing = states_of(viewer, ids, moment)
    clocks = clocks_by_kind(viewer, ids, [ACKNOWLEDGE, DEED], moment)
    under = visible_sheets(viewer, {order.basis_id for order in orders if order.basis_id})
    files = files_by_sheet(viewer, ids)
    shown = moment or now()
    rows = [
        OrderRow(
            order,
            standing[order.pk],
            clock := clocks[ACKNOWLEDGE].get(order.pk),
            shown,
            _of_this_giving(clocks[DEED].get(order.pk), clock),
            _basis(order, under),
            [one for one in files.get(order.pk, []) if moment is None or one.at <= moment],
        )
        for order in orders
        if order.pk in standing
    ]
    return sorted(rows, key=lambda row: row.rank())


def _of_this_giving(deed: ClockView | None, clock: ClockView | None) -> ClockView | None:
    """The clock of the deed, unless it ran for a unit from which the order was taken since."""
    return deed if deed and clock and deed.clock.started_at >= clock.clock.started_at else None


def _basis(order: Order, under: dict[uuid.UUID, Sheet]) -> Sheet | None:
    return under.get(order.basis_id) if order.basis_id else None
