"""POST /api/v1/safety/duress: the alarm of one's own seat; the answer says nothing of it."""

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.programme.actions import report_duress

router = Router(tags=["safety"])


class Taken(Schema):
    """That it was taken: nothing that somebody who looks on could read."""

    state: str = "received"


@router.post("/duress", response=Taken, summary="Raise an alarm of duress for one's own seat")
def duress(request: HttpRequest) -> Taken:
    """report_duress; serves no records."""
    report_duress(viewer_of_request(request))
    return Taken()
