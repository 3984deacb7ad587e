"""POST /api/v1/deployments: order a unit to a site."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.response.actions import deploy
from vedette.response.queries import access_run, site_by, unit_by

router = Router(tags=["response"])


class DeploymentIn(Schema):
    """The unit, the site (its key or id) or a place in words, the order, from when to when."""

    unit: str
    site: str = ""
    place: str = ""
    strength: str = ""
    order: str
    run: uuid.UUID | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


class DeploymentOut(Schema):
    """The deployment that was ordered."""

    id: uuid.UUID
    reference: str
    unit: str
    where: str


@router.post("", response=DeploymentOut, summary="Order a unit to a site")
def order(request: HttpRequest, payload: DeploymentIn) -> DeploymentOut:
    """deploy; serves no records."""
    viewer = viewer_of_request(request)
    row = deploy(
        viewer,
        unit=unit_by(payload.unit),
        site=site_by(payload.site),
        place=payload.place,
        strength=payload.strength,
        order=payload.order,
        run=access_run(viewer, payload.run) if payload.run else None,
        since=payload.since,
        until=payload.until,
    )
    return DeploymentOut(id=row.pk, reference=row.sheet.reference, unit=row.unit.name, where=row.where)
