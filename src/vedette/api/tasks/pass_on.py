"""POST /api/v1/tasks/{id}/pass-on: give an order to another unit, or one that nobody has, or one planned for later."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import StateOut
from vedette.handling.doors import viewer_of_request
from vedette.kit.errors import Refused
from vedette.response.actions import pass_on
from vedette.response.queries import access_order, unit_by

router = Router(tags=["response"])


class PassOnIn(Schema):
    """The unit (its key or id), and why."""

    unit: str
    because: str


@router.post("/{task}/pass-on", response=StateOut, summary="Give an order to another unit")
def hand(request: HttpRequest, task: uuid.UUID, payload: PassOnIn) -> StateOut:
    """pass_on; serves no records."""
    viewer = viewer_of_request(request)
    unit = unit_by(payload.unit)
    if unit is None:
        raise Refused("unit", "There is no such unit.", "Choose one of our own units.")
    state = pass_on(viewer, order=access_order(viewer, task), unit=unit, because=payload.because)
    return StateOut(id=task, state=state.state, since=state.since)
