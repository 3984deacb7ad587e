"""POST /api/v1/tasks/{id}/complete: it is done, with outcome and evidence."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import StateOut
from vedette.handling.doors import viewer_of_request
from vedette.response.actions import complete_order
from vedette.response.queries import access_order

router = Router(tags=["response"])


class CompleteIn(Schema):
    """What came of it, the evidence, and who said so when the desk writes it down for a unit."""

    outcome: str = ""
    evidence: str = ""
    because: str = ""


@router.post("/{task}/complete", response=StateOut, summary="Report an order done")
def complete(request: HttpRequest, task: uuid.UUID, payload: CompleteIn) -> StateOut:
    """complete_order; serves no records."""
    viewer = viewer_of_request(request)
    state = complete_order(
        viewer,
        order=access_order(viewer, task),
        outcome=payload.outcome,
        evidence=payload.evidence,
        because=payload.because,
    )
    return StateOut(id=task, state=state.state, since=state.since)
