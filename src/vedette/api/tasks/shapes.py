"""How an order goes over the JSON door: a task or a deployment with its state, clock and escalations."""

import datetime
import uuid

from ninja import Schema

from vedette.response.models import Deployment, Task
from vedette.response.rows import OrderRow


class EscalationOut(Schema):
    """A step of the ladder: for want of what (acknowledge, deed), the duty, the seat told, when due and when taken."""

    kind: str
    duty: str
    seat: str
    outcome: str
    at: datetime.datetime
    done_at: datetime.datetime


class TaskOut(Schema):
    """An order as the asker may know it; `basis` is empty when he may not see what it rests on."""

    id: uuid.UUID
    reference: str
    order: str
    key: str = ""
    horizon: str = ""
    title: str
    unit: str
    unit_name: str
    due_at: datetime.datetime | None
    acknowledge_by: datetime.datetime | None
    state: str
    since: datetime.datetime
    late: bool
    basis: str
    evidence_wanted: str = ""
    outcome: str = ""
    evidence: str = ""
    because: str = ""
    escalations: list[EscalationOut] = []


class StateOut(Schema):
    """Where an order stands after a verb."""

    id: uuid.UUID
    state: str
    since: datetime.datetime


def task_out(row: OrderRow) -> TaskOut:
    """The row of an order as JSON."""
    order = row.order
    out = TaskOut(
        id=order.pk,
        reference=order.sheet.reference,
        order=order.sheet.kind,
        title="",
        unit=order.unit.key if order.unit else "",
        unit_name=order.unit.name if order.unit else "",
        due_at=row.due_at,
        acknowledge_by=row.clock.clock.due_at if row.clock else None,
        state=row.state,
        since=row.standing.since,
        late=row.late,
        basis=row.basis.reference if row.basis else "",
        outcome=row.standing.outcome,
        evidence=row.standing.evidence,
        because=row.standing.because,
        escalations=_escalations(row),
    )
    if isinstance(order, Task):
        out.key, out.horizon, out.title, out.evidence_wanted = (
            order.key,
            order.horizon,
            order.title,
            order.evidence_wanted,
        )
    if isinstance(order, Deployment):
        out.title = f"{order.where}: {order.order}"
    return out


def _escalations(row: OrderRow) -> list[EscalationOut]:
    return [
        EscalationOut(
            kind=step.clock.kind,
            duty=step.duty,
            seat=step.seat.label if step.seat else "",
            outcome=step.outcome,
            at=step.at,
            done_at=step.done_at,
        )
        for step in row.escalations
    ]
