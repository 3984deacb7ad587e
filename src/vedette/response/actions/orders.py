"""What a unit (or the desk for it) says to an order: opened, acknowledged, done, cannot; and passing it on."""

import datetime
import uuid

from django.db import transaction

from vedette.agencies.models import Unit
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.files.queries import files_of
from vedette.handling.actions import open_one
from vedette.handling.models import Sheet
from vedette.handling.policy import readable, require
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.live.actions import announce
from vedette.response.actions.states import (
    IN_HAND,
    UNFINISHED,
    WAITING,
    Order,
    State,
    check_state,
    record_answer,
    record_giving,
    record_in_hand,
    record_state,
    record_taking_back,
    standing_of,
)
from vedette.response.models import Deployment, OrderState, Task
from vedette.response.queries import access_order


@transaction.atomic
def read_order(viewer: Viewer | None, key: uuid.UUID | None, reason: str = "", *, back: bool = False) -> Order:
    """Open one order that the lists show too; the first of the unit's own seats to open it leaves its receipt.

    `back`: it is looked at as it stood; that is audited as any opening, and is no receipt.
    """
    is_deployment = key is not None and Sheet.objects.filter(id=key, kind="deployment").exists()
    order: Order = open_one(viewer, Deployment, key, reason) if is_deployment else open_one(viewer, Task, key, reason)
    # Who may read it must reach it by the lists' own rule; a struck stub and an auditor's opening have no list.
    if Sheet.objects.filter(readable(viewer), id=order.pk).exists():
        access_order(viewer, order.pk)
    if viewer and viewer.unit_id and viewer.unit_id == order.unit_id and not back:
        standing = standing_of(order.sheet)
        if standing.state == State.GIVEN:
            record_state(order.sheet, State.OPENED, viewer.seat_id, unit=order.unit_id)
            announce(f"{order.sheet.kind}.opened", order.pk)
    return order


@transaction.atomic
def acknowledge_order(by: Viewer | None, *, order: Order, because: str = "") -> OrderState:
    """The unit has it. The desk may write down an acknowledgement by phone, saying who gave it; twice changes nothing."""
    viewer = require(by, "acknowledge_order", order.sheet)
    said = _check_voice(viewer, order, because)
    standing = standing_of(order.sheet)
    if standing.state in (State.ACKNOWLEDGED, State.DONE):
        return standing
    check_state(standing, WAITING)
    row = record_state(order.sheet, State.ACKNOWLEDGED, viewer.seat_id, unit=order.unit_id, because=said)
    record_in_hand(order, viewer.seat_id)
    record(viewer, "order.acknowledged", [order.pk], said)
    announce(f"{order.sheet.kind}.acknowledged", order.pk)
    return row


@transaction.atomic
def complete_order(
    by: Viewer | None, *, order: Order, outcome: str = "", evidence: str = "", because: str = ""
) -> OrderState:
    """It is done: what came of it, and the evidence where the task asks for some (in words, or a file on the order)."""
    viewer = require(by, "complete_order", order.sheet)
    said = _check_voice(viewer, order, because)
    standing = standing_of(order.sheet)
    check_state(standing, IN_HAND)
    what, proof = clean_text("outcome", outcome, limit=4000), clean_text("evidence", evidence, limit=4000)
    _check_evidence(viewer, order, what, proof)
    row = record_state(
        order.sheet, State.DONE, viewer.seat_id, unit=order.unit_id, because=said, outcome=what, evidence=proof
    )
    record_answer(order, viewer.seat_id)
    record(viewer, "order.completed", [order.pk], said)
    announce(f"{order.sheet.kind}.done", order.pk)
    return row


@transaction.atomic
def decline_order(by: Viewer | None, *, order: Order, because: str) -> OrderState:
    """It cannot be carried out, and why; the desk sees it burn until it gives the order to another unit."""
    viewer = require(by, "decline_order", order.sheet)
    said = clean_line("because", because, limit=300, required=True)
    _check_voice(viewer, order, said)
    check_state(standing_of(order.sheet), IN_HAND)
    row = record_state(order.sheet, State.CANNOT, viewer.seat_id, unit=order.unit_id, because=said)
    record_answer(order, viewer.seat_id)
    record(viewer, "order.declined", [order.pk], said)
    announce(f"{order.sheet.kind}.cannot", order.pk)
    return row


@transaction.atomic
def pass_on(by: Viewer | None, *, order: Order, unit: Unit, because: str) -> OrderState:
    """Give an order to a unit now: one that nobody has, one that was declined, one planned for later, or another unit's."""
    viewer = require(by, "pass_on", order.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    if unit.agency_id != viewer.agency_id:
        raise Refused("unit", "Orders go to units of the home agency.", "Choose one of our own units.")
    standing = standing_of(order.sheet)
    check_state(standing, UNFINISHED)
    if unit.id == order.unit_id and standing.state in IN_HAND:
        raise Conflict(f"{unit.name} has this order already.", "Choose another unit.")
    record_taking_back(order, f"given to {unit.name}: {reason}")
    order.unit = unit
    order.save(update_fields=["unit"])
    record_giving(order, unit, by=viewer.seat_id, within=within_of(order), because=reason)
    record(viewer, "order.passed_on", [order.pk, unit.id], reason)
    announce(f"{order.sheet.kind}.given", order.pk)
    return standing_of(order.sheet)


def within_of(order: Order) -> datetime.timedelta | None:
    """How long a unit has to acknowledge: as the playbook says for the horizon; a deployment as the ladder says."""
    if isinstance(order, Deployment):
        return None
    horizons = order.run.playbook.plan.by_key
    return horizons[order.horizon].within if order.horizon in horizons else None


def _check_voice(viewer: Viewer, order: Order, because: str) -> str:
    """The unit speaks for itself; the desk may write down what the unit said by phone, with who said it."""
    said = clean_line("because", because, limit=300)
    if order.unit_id is not None and viewer.unit_id == order.unit_id:
        # A unit from which an order was taken back has its stub, not its voice.
        if not Sheet.objects.filter(readable(viewer), id=order.pk).exists():
            raise Missing
        return said
    if not viewer.on_desk:
        raise Forbidden("This order was given to another unit.")
    if not said:
        raise Refused(
            "because", "You speak for a unit that is not yours.", "Say who told you, and how: “sergeant, by phone”."
        )
    return said


def _check_evidence(viewer: Viewer, order: Order, outcome: str, evidence: str) -> None:
    wanted = order.evidence_wanted if isinstance(order, Task) else ""
    if wanted and not evidence and not files_of(viewer, order.pk):
        raise Refused(
            "evidence", f"This task asks for evidence: {wanted}.", "Write it down, or attach a photo or a file."
        )
    if not wanted and not (outcome or evidence):
        raise Refused("outcome", "Nothing is said of what came of it.", "One sentence is enough.")
