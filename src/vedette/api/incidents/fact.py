"""POST /api/v1/incidents/{id}/facts: carry a value that rests on statements of the incident's reports."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.incidents.actions import choose_fact
from vedette.incidents.models import Incident
from vedette.reporting.claims import claims_by_id

router = Router(tags=["incidents"])


class FactIn(Schema):
    """The statements the fact rests on; the first one's value is carried unless another wording is given."""

    claims: list[uuid.UUID]
    value: str = ""
    because: str = ""


class FactOut(Schema):
    """The fact that stands."""

    id: uuid.UUID
    kind: str
    subject: str
    value: str
    sure: str


@router.post("/{incident}/facts", response=FactOut, summary="Choose a fact")
def fact(request: HttpRequest, incident: uuid.UUID, payload: FactIn) -> FactOut:
    """choose_fact; serves no records."""
    viewer = viewer_of_request(request)
    row = choose_fact(
        viewer,
        incident=open_one(viewer, Incident, incident),
        claims=claims_by_id(viewer, payload.claims),
        value=payload.value,
        because=payload.because,
    )
    return FactOut(id=row.id, kind=row.kind, subject=row.subject, value=row.value, sure=row.sure)
