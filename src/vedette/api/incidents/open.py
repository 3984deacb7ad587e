"""POST /api/v1/incidents: open an incident on a report."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.actions import open_incident
from vedette.reporting.models import Report

router = Router(tags=["incidents"])


class OpenIn(Schema):
    """The report the incident is opened on; without a title the house words one."""

    report: uuid.UUID
    title: str = ""


class IncidentOut(Schema):
    """An incident: id, speakable reference, title."""

    id: uuid.UUID
    reference: str
    title: str


@router.post("", response=IncidentOut, summary="Open an incident")
def open_one_incident(request: HttpRequest, payload: OpenIn) -> IncidentOut:
    """open_incident; serves no records."""
    viewer = viewer_of_request(request)
    incident = open_incident(viewer, report=open_one(viewer, Report, payload.report), title=payload.title)
    return IncidentOut(id=incident.pk, reference=incident.sheet.reference, title=incident.title)
