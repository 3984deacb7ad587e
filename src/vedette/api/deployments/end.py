"""POST /api/v1/deployments/{id}/end: the unit need not stand there any more."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import StateOut
from vedette.handling.doors import viewer_of_request
from vedette.response.actions import end_deployment
from vedette.response.queries import access_deployment, states_of

router = Router(tags=["response"])


class EndIn(Schema):
    """Why it ends."""

    because: str


@router.post("/{deployment}/end", response=StateOut, summary="End a deployment")
def end(request: HttpRequest, deployment: uuid.UUID, payload: EndIn) -> StateOut:
    """end_deployment; serves no records."""
    viewer = viewer_of_request(request)
    row = end_deployment(viewer, deployment=access_deployment(viewer, deployment), because=payload.because)
    state = states_of(viewer, [row.pk])[row.pk]
    return StateOut(id=row.pk, state=state.state, since=state.since)
