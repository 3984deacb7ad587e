"""POST /api/v1/tasks/{id}/acknowledge: the unit has it; the desk says who acknowledged by phone."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import StateOut
from vedette.handling.doors import viewer_of_request
from vedette.response.actions import acknowledge_order
from vedette.response.queries import access_order

router = Router(tags=["response"])


class AcknowledgeIn(Schema):
    """Who said so, when the desk writes it down for a unit."""

    because: str = ""


@router.post("/{task}/acknowledge", response=StateOut, summary="Acknowledge an order")
def acknowledge(request: HttpRequest, task: uuid.UUID, payload: AcknowledgeIn | None = None) -> StateOut:
    """acknowledge_order; serves no records. A deployment is acknowledged here as well."""
    viewer = viewer_of_request(request)
    state = acknowledge_order(viewer, order=access_order(viewer, task), because=payload.because if payload else "")
    return StateOut(id=task, state=state.state, since=state.since)
