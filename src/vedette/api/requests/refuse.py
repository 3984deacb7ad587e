"""POST /api/v1/requests/{id}/refuse: refuse a question, with the reason."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.requests.out import RequestOut, shown
from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import refuse
from vedette.reporting.requests import access_request

router = Router(tags=["requests"])


class RefusalIn(Schema):
    """A reason of the list, and the sentence the asker reads; of another agency's question the reason alone."""

    reason_code: str
    text: str = ""


@router.post("/{key}/refuse", response=RequestOut, summary="Refuse a question")
def deny(request: HttpRequest, key: uuid.UUID, payload: RefusalIn) -> RequestOut:
    """refuse; serves no records."""
    viewer = viewer_of_request(request)
    row = refuse(viewer, request=access_request(viewer, key), reason_code=payload.reason_code, text=payload.text)
    return shown(row, "refused")
