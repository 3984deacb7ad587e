"""POST /api/v1/reports/{id}/claims: write down one statement of a report."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import ClaimDraft, make_claim
from vedette.reporting.work import access_report

PREFIX = "/reports"
router = Router(tags=["reports"])


class ClaimIn(Schema):
    """A statement: its kind and value; `quote` stands word for word in the report."""

    kind: str
    value: str
    subject: str = ""
    number: int | None = None
    qualifier: str = ""
    place: str = ""
    t: datetime.datetime | None = None
    quote: str = ""


class ClaimOut(Schema):
    """The statement that was written down."""

    id: uuid.UUID
    report: uuid.UUID
    kind: str
    value: str
    number: int | None


@router.post("/{report}/claims", response=ClaimOut, summary="Write down a statement")
def make(request: HttpRequest, report: uuid.UUID, payload: ClaimIn) -> ClaimOut:
    """make_claim; serves no records."""
    viewer = viewer_of_request(request)
    draft = ClaimDraft(
        kind=payload.kind,
        value=payload.value,
        subject=payload.subject,
        number=payload.number,
        qualifier=payload.qualifier,
        place_name=payload.place,
        at=payload.t,
        quote=payload.quote,
    )
    row = make_claim(viewer, report=access_report(viewer, report), draft=draft)
    return ClaimOut(id=row.id, report=row.report_id, kind=row.kind, value=row.value, number=row.number)
