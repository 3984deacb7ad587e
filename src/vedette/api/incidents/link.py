"""POST /api/v1/incidents/{id}/links: confirm that a report belongs to an incident."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.actions import link_report
from vedette.incidents.models import Incident
from vedette.reporting.models import Report

router = Router(tags=["incidents"])


class LinkIn(Schema):
    """The report, and the score and reasons it was proposed with when it was."""

    report: uuid.UUID
    score: float | None = None
    reasons: list[dict[str, Any]] = []
    because: str = ""


class LinkOut(Schema):
    """The link that stands."""

    id: uuid.UUID
    incident: uuid.UUID
    report: uuid.UUID


@router.post("/{incident}/links", response=LinkOut, summary="Link a report")
def link(request: HttpRequest, incident: uuid.UUID, payload: LinkIn) -> LinkOut:
    """link_report; serves no records."""
    viewer = viewer_of_request(request)
    report = open_one(viewer, Report, payload.report)
    row = link_report(
        viewer,
        report=report.sheet,
        incident=open_one(viewer, Incident, incident),
        score=payload.score,
        reasons=payload.reasons,
        because=payload.because,
    )
    return LinkOut(id=row.id, incident=incident, report=row.report_id)
