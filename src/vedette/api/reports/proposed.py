"""GET /api/v1/reports/{id}/proposed-claims: what the words of a report say and nobody has written down yet."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.reporting.work import report_work

router = Router(tags=["reports"])


class ProposalOut(Schema):
    """One statement to confirm: its kind and value, and the words it was read from."""

    kind: str
    value: str
    subject: str
    qualifier: str
    quote: str


@router.get("/{report}/proposed-claims", response=list[ProposalOut], summary="Read what the words say")
def proposed(request: HttpRequest, report: uuid.UUID) -> list[ProposalOut]:
    """list; serves proposed claims."""
    work = report_work(viewer_of_request(request), report)
    return [ProposalOut(**vars(one)) for one in work.proposals]
