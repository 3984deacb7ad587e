"""POST /api/v1/requests/{id}/thank: thank for an answer, and say what came of it."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.requests.out import RequestOut, shown
from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import thank
from vedette.reporting.requests import access_request

router = Router(tags=["requests"])


class ThanksIn(Schema):
    """What came of it, in a sentence; may be empty."""

    text: str = ""


@router.post("/{key}/thank", response=RequestOut, summary="Thank for an answer")
def thanks(request: HttpRequest, key: uuid.UUID, payload: ThanksIn) -> RequestOut:
    """thank; serves no records."""
    viewer = viewer_of_request(request)
    row = thank(viewer, request=access_request(viewer, key), text=payload.text)
    return shown(row, "thanked")
