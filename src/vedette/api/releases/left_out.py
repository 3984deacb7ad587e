"""GET /api/v1/incidents/{id}/left-out: the reports that no release may rest on, each with its reason."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.models import Incident
from vedette.sharing.basis import ground_of

PREFIX = "/incidents"
router = Router(tags=["releases"])


class LeftOutOut(Schema):
    """A report and why it is left out: withdrawn, named, kind or grade."""

    report: uuid.UUID
    reference: str
    reason: str
    words: str


@router.get("/{incident}/left-out", response=list[LeftOutOut], summary="What no release may rest on")
def left_out(request: HttpRequest, incident: uuid.UUID) -> list[LeftOutOut]:
    """open_one; serves incident."""
    viewer = viewer_of_request(request)
    found = ground_of(viewer, open_one(viewer, Incident, incident)).left_out
    return [
        LeftOutOut(
            report=one.row.report.pk, reference=one.row.report.sheet.reference, reason=one.reason, words=one.words
        )
        for one in found
    ]
