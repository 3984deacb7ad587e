"""POST /api/v1/decisions: a commander's decision in a response."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.response.actions import decide
from vedette.response.queries import access_run

router = Router(tags=["response"])


class DecisionIn(Schema):
    """The question, the choices there were, the one taken, why."""

    run: uuid.UUID
    what: str
    chosen: str
    options: list[str] = []
    because: str = ""


class DecisionOut(Schema):
    """The decision as it is kept."""

    id: uuid.UUID
    reference: str


@router.post("", response=DecisionOut, summary="Take a decision")
def take(request: HttpRequest, payload: DecisionIn) -> DecisionOut:
    """decide; serves no records."""
    viewer = viewer_of_request(request)
    row = decide(
        viewer,
        run=access_run(viewer, payload.run),
        what=payload.what,
        chosen=payload.chosen,
        options=payload.options,
        because=payload.because,
    )
    return DecisionOut(id=row.pk, reference=row.sheet.reference)
