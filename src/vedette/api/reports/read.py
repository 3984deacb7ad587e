"""POST /api/v1/reports/{id}/read: the desk has read it; the officer sees by which role and when."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import read_at_desk
from vedette.reporting.models import Report

router = Router(tags=["reports"])


class ReadingOut(Schema):
    """The receipt that goes back: read, in which role, when."""

    report: uuid.UUID
    role: str
    at: datetime.datetime


@router.post("/{report}/read", response=ReadingOut, summary="Mark a report read")
def read(request: HttpRequest, report: uuid.UUID) -> ReadingOut:
    """read_at_desk; serves no records."""
    viewer = viewer_of_request(request)
    reading = read_at_desk(viewer, report=open_one(viewer, Report, report))
    return ReadingOut(report=reading.report_id, role=reading.role, at=reading.at)
