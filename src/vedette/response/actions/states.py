"""Parts that every order is made of: its sheet's class, its dated state, its delivery and its clock."""

import datetime
import uuid
from typing import Any

from vedette.agencies.models import Unit
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import acknowledge_clock, start_clock, stop_clock
from vedette.alerts.models import ACKNOWLEDGE, DEED
from vedette.handling.actions import new_sheets, record_address
from vedette.handling.models import Addressee, Sheet
from vedette.kit.errors import Conflict
from vedette.kit.time import now
from vedette.response.models import Deployment, OrderState, Task

Order = Task | Deployment
State = OrderState.State
# Whom the house tells when an order is not acknowledged, and when what was acknowledged is not done.
LADDER, DEED_LADDER = "orders", "deeds"
# Orders are the desk's: a unit sees the ones that are addressed to it and no other.
DESK_GROUP = "desk"
WAITING = (State.GIVEN, State.OPENED)
IN_HAND = (*WAITING, State.ACKNOWLEDGED)
UNFINISHED = (State.PLANNED, State.OPEN, *IN_HAND, State.CANNOT)


def sheet_like(by: Viewer | None, *under: Sheet, kind: str, prefix: str) -> Sheet:
    """A sheet of the desk that is never wider than any of the sheets it rests on."""
    return sheets_like(by, 1, *under, kind=kind, prefix=prefix)[0]


def sheets_like(by: Viewer | None, count: int, *under: Sheet, kind: str, prefix: str) -> list[Sheet]:
    """So many sheets of the desk, never wider than any of the sheets they rest on."""
    classes = [sheet.access_class for sheet in under]
    return new_sheets(
        by,
        count,
        kind=kind,
        prefix=prefix,
        sensitivity=max((one.sensitivity for one in classes), default=1),
        groups={DESK_GROUP}.union(*(one.groups for one in classes)),
        named_subject=any(one.named_subject for one in classes),
        because=f"rests on {', '.join(sheet.reference for sheet in under)}" if under else "",
    )


def standing_of(order: Sheet) -> OrderState:
    """The state in force, locked until the verb is through."""
    rows = OrderState.objects.as_house("an order stands in one state at a time").select_for_update()
    row: OrderState = rows.get(order=order, until__isnull=True)
    return row


def record_state(
    order: Sheet,
    state: str,
    by: uuid.UUID | None,
    *,
    unit: uuid.UUID | None,
    since: datetime.datetime | None = None,
    **said: Any,
) -> OrderState:
    """Part of a verb: close the state in force and add the next."""
    moment = since or now()
    rows = OrderState.objects.as_house("the state in force is closed by the next one")
    rows.filter(order=order, until__isnull=True).update(until=moment)
    row = new_state(order, state, by, unit=unit, since=moment, **said)
    OrderState.objects.bulk_create([row])
    return row


def new_state(
    order: Sheet, state: str, by: uuid.UUID | None, *, unit: uuid.UUID | None, since: datetime.datetime, **said: Any
) -> OrderState:
    """A state of an order, not stored yet."""
    words = {name: text for name, text in said.items() if text}
    return OrderState(order=order, state=state, unit_id=unit, since=since, by_id=by, **words)


def record_giving(
    order: Order,
    unit: Unit | None,
    *,
    by: uuid.UUID | None,
    since: datetime.datetime | None = None,
    within: datetime.timedelta | None = None,
    because: str = "",
) -> None:
    """Part of a verb: put an order into a unit's hands and ask it to acknowledge; without a unit the ladder runs at once."""
    moment = since or now()
    record_handing(order, unit, moment, within)
    record_state(order.sheet, given_to(unit), by, unit=unit.id if unit else None, since=moment, because=because)


def given_to(unit: Unit | None) -> State:
    """The state of an order that goes to a unit, or to none yet."""
    return State.GIVEN if unit else State.OPEN


def record_handing(
    order: Order, unit: Unit | None, moment: datetime.datetime, within: datetime.timedelta | None
) -> None:
    """Part of a verb: deliver an order to a unit and start the clock of its acknowledgement."""
    if unit is not None:
        record_address(order.sheet, unit=unit.id)
    start_clock(
        order.sheet,
        ACKNOWLEDGE,
        order.pk,
        moment + within if within is not None else None,
        LADDER,
        unit=unit.id if unit else None,
        started_at=moment,
    )


def record_taking_back(order: Order, because: str) -> None:
    """Part of a verb: the unit that had it keeps a struck stub with the reason, and its clocks stop."""
    in_force = Addressee.objects.filter(sheet=order.sheet, recalled_at__isnull=True)
    in_force.update(recalled_at=now(), recalled_because=because[:300])
    stop_clock(order.pk, because=because)


def record_in_hand(order: Order, seat: uuid.UUID) -> None:
    """Part of a verb: the unit has it, so a task's deed is what is due from now on; one late already is chased anew."""
    acknowledge_clock(order.pk, ACKNOWLEDGE, seat)
    if isinstance(order, Task):
        due = max(order.due_at, now())
        start_clock(order.sheet, DEED, order.pk, due, DEED_LADDER, unit=order.unit_id)


def record_answer(order: Order, seat: uuid.UUID) -> None:
    """Part of a verb: it is done or cannot be, so neither an acknowledgement nor the deed is due any more."""
    for kind in (ACKNOWLEDGE, DEED):
        acknowledge_clock(order.pk, kind, seat)


def check_state(standing: OrderState, states: tuple[str, ...]) -> None:
    """Conflict when an order has moved on meanwhile."""
    if standing.state not in states:
        raise Conflict(f"This order is {standing.get_state_display()} by now.", "Load the page anew.")
