"""GET /api/v1/audit/counts: the log in figures, for whoever keeps watch over it."""

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.account.counts import counts
from vedette.handling.doors import viewer_of_request

router = Router(tags=["audit"])


class CountsOut(Schema):
    """Entries, those not sealed yet, and how many of each code."""

    entries: int
    unsealed: int
    codes: dict[str, int]


@router.get("/counts", response=CountsOut, summary="Count the log")
def read(request: HttpRequest) -> CountsOut:
    """see_proofs; serves no records."""
    found = counts(viewer_of_request(request))
    return CountsOut(entries=found.entries, unsealed=found.unsealed, codes=found.codes)
