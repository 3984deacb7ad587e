"""POST /api/v1/tasks/{id}/cannot: it cannot be carried out, and why."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import StateOut
from vedette.handling.doors import viewer_of_request
from vedette.response.actions import decline_order
from vedette.response.queries import access_order

router = Router(tags=["response"])


class CannotIn(Schema):
    """Why not."""

    because: str


@router.post("/{task}/cannot", response=StateOut, summary="Say that an order cannot be carried out")
def cannot(request: HttpRequest, task: uuid.UUID, payload: CannotIn) -> StateOut:
    """decline_order; serves no records."""
    viewer = viewer_of_request(request)
    state = decline_order(viewer, order=access_order(viewer, task), because=payload.because)
    return StateOut(id=task, state=state.state, since=state.since)
