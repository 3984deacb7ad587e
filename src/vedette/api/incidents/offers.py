"""GET /api/v1/reports/{id}/offers: to which open incident a report belongs, with the reasons."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.incidents.queries import offers_for
from vedette.kit.errors import Missing
from vedette.reporting.queries import rows_of

PREFIX = "/reports"
router = Router(tags=["incidents"])


class OfferOut(Schema):
    """One proposal: the incident, its score from 0 to 1, whether it passes the product's threshold, and why."""

    incident: uuid.UUID
    reference: str
    title: str
    score: float
    passes: bool
    reasons: list[dict[str, Any]]


@router.get("/{report}/offers", response=list[OfferOut], summary="Propose an incident for a report")
def offers(request: HttpRequest, report: uuid.UUID) -> list[OfferOut]:
    """link_report; serves offers. Judged on what the asker may see."""
    viewer = viewer_of_request(request)
    rows = rows_of(viewer, [report])
    if not rows:
        raise Missing
    return [
        OfferOut(
            incident=offer.incident.pk,
            reference=offer.incident.sheet.reference,
            title=offer.incident.title,
            score=round(offer.proposal.score, 4),
            passes=offer.passes,
            reasons=[{"kind": item.kind, "text": item.text, "sign": item.sign} for item in offer.proposal.reasons],
        )
        for offer in offers_for(viewer, rows[0])
    ]
