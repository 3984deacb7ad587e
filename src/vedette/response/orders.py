"""My orders: what one unit is asked to do, by when, on what basis; what was taken back; the sheet for roll call."""

import datetime
import uuid
from dataclasses import dataclass, field

from vedette.agencies.models import Unit
from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import on_duty
from vedette.handling.actions import record_list
from vedette.handling.models import Addressee, Sheet
from vedette.handling.policy import STRUCK, faces
from vedette.handling.queries import Stub, stubs
from vedette.kit.time import now
from vedette.response.actions.states import State
from vedette.response.models import Deployment, Task
from vedette.response.queries import Order, deployments_seen, tasks_seen
from vedette.response.rows import OrderRow, order_rows

KEPT = datetime.timedelta(hours=24)
KINDS = ("task", "deployment")


@dataclass(frozen=True)
class MyOrders:
    """The lists of the screen: to acknowledge, in hand, finished in the last 24 hours, taken back."""

    unit: Unit | None = None
    waiting: list[OrderRow] = field(default_factory=list)
    in_hand: list[OrderRow] = field(default_factory=list)
    standing: list[OrderRow] = field(default_factory=list)
    finished: list[OrderRow] = field(default_factory=list)
    taken_back: list[Stub] = field(default_factory=list)
    sergeant: str = ""
    reach: str = ""

    @property
    def late(self) -> int:
        """How many burn."""
        return sum(row.late for row in [*self.waiting, *self.in_hand])

    @property
    def held(self) -> int:
        """How many it has acknowledged and not finished."""
        return len(self.in_hand) + len(self.standing)

    @property
    def in_force(self) -> list[OrderRow]:
        """Everything that is asked of the unit now."""
        return [*self.waiting, *self.in_hand, *self.standing]


def my_orders(viewer: Viewer | None) -> MyOrders:
    """What was given to the viewer's unit, and nothing else; one audit entry says which ids were shown."""
    if viewer is None or viewer.unit_id is None:
        return MyOrders()
    ids = _given_to(viewer.unit_id)
    struck = {key for key, face in faces(viewer, ids).items() if face == STRUCK}
    orders: list[Order] = [*tasks_seen(viewer).filter(pk__in=ids, unit=viewer.unit_id)]
    orders += list(deployments_seen(viewer).filter(pk__in=ids, unit=viewer.unit_id))
    rows = order_rows(viewer, [order for order in orders if order.pk not in struck])
    record_list(viewer, [row.order.pk for row in rows])
    return _lists(viewer, viewer.unit_id, rows, struck)


def _lists(viewer: Viewer, unit: uuid.UUID, rows: list[OrderRow], struck: set[uuid.UUID]) -> MyOrders:
    since = now() - KEPT
    duty = on_duty("sergeant", unit=unit)
    kept = [row for row in rows if row.finished or row.state == State.CANNOT]
    in_hand = [row for row in rows if row.state == State.ACKNOWLEDGED]
    found = [stub for stub in stubs(viewer, struck).values() if stub.at and stub.at > since]
    return MyOrders(
        unit=Unit.objects.get(id=unit),
        waiting=[row for row in rows if row.waiting],
        in_hand=[row for row in in_hand if isinstance(row.order, Task)],
        standing=[row for row in in_hand if isinstance(row.order, Deployment)],
        finished=[row for row in kept if row.standing.since > since],
        taken_back=sorted(found, key=lambda stub: stub.at or since, reverse=True),
        sergeant=duty.seat.label if duty else "",
        reach=duty.reach if duty else "",
    )


def _given_to(unit: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the orders ever delivered to a unit, newest first."""
    rows = Addressee.objects.filter(unit=unit, kind__in=KINDS).order_by("-filed_at", "-sheet")
    return list(rows.values_list("sheet", flat=True)[:400])


def one_order(viewer: Viewer | None, order: Order) -> OrderRow | None:
    """One order as a row; None when it is a struck stub to the viewer."""
    rows = order_rows(viewer, [order]) if order.pk not in _struck(viewer, order.sheet) else []
    return rows[0] if rows else None


def _struck(viewer: Viewer | None, sheet: Sheet) -> set[uuid.UUID]:
    return {key for key, face in faces(viewer, [sheet.id]).items() if face == STRUCK}


def orders_waiting(viewer: Viewer | None) -> tuple[int, int]:
    """How many orders the viewer's unit has not acknowledged, and how many of them are late; for the rail."""
    if viewer is None or viewer.unit_id is None:
        return 0, 0
    ids = _given_to(viewer.unit_id)
    rows = order_rows(viewer, [*tasks_seen(viewer).filter(pk__in=ids, unit=viewer.unit_id)])
    waiting = [row for row in rows if row.waiting]
    return len(waiting), sum(row.late for row in waiting)
