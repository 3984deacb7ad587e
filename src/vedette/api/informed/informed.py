"""GET /api/v1/incidents/{id}/informed: who is informed, our own commands first."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.models import Incident
from vedette.sharing.matrix import matrix

PREFIX = "/incidents"
router = Router(tags=["releases"])


class InformedOut(Schema):
    """One recipient with the newest version he has; only an acknowledgement counts as informed."""

    recipient: str
    ours: bool
    release: str
    version: str
    delivered_at: datetime.datetime | None
    opened_at: datetime.datetime | None
    acknowledged_at: datetime.datetime | None
    acted_at: datetime.datetime | None
    recalled: bool
    told_at: datetime.datetime | None
    silent_minutes: int | None


class MatrixOut(Schema):
    """The rows, and which of our commands were told nothing."""

    rows: list[InformedOut]
    untold: list[str]


@router.get("/{incident}/informed", response=MatrixOut, summary="Who is informed")
def informed(request: HttpRequest, incident: uuid.UUID) -> MatrixOut:
    """open_one; serves release."""
    viewer = viewer_of_request(request)
    found = matrix(viewer, open_one(viewer, Incident, incident))
    rows = [
        InformedOut(
            recipient=row.name,
            ours=row.ours,
            release=row.release.sheet.reference,
            version=row.release.version,
            delivered_at=row.delivered,
            opened_at=row.opened,
            acknowledged_at=row.acknowledged,
            acted_at=row.acted,
            recalled=row.recalled,
            told_at=row.told,
            silent_minutes=row.silent_minutes,
        )
        for row in found.rows
    ]
    return MatrixOut(rows=rows, untold=[unit.name for unit in found.untold])
