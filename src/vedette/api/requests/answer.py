"""POST /api/v1/requests/{id}/answer: file the answer as a report and link it."""

import uuid

from django.http import HttpRequest
from ninja import Router

from vedette.api.reports.file import ReportIn
from vedette.api.requests.out import RequestOut, shown
from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import file_answer
from vedette.reporting.requests import access_request

router = Router(tags=["requests"])


@router.post("/{key}/answer", response=RequestOut, summary="Answer a question")
def answer(request: HttpRequest, key: uuid.UUID, payload: ReportIn) -> RequestOut:
    """answer; serves no records. The body is a report of kind answer."""
    viewer = viewer_of_request(request)
    row = file_answer(viewer, request=access_request(viewer, key), draft=payload.draft())
    return shown(row, "taken" if row.sheet.lodged_by_id else "answered")
