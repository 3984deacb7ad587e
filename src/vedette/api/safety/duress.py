"""POST /api/v1/safety/duress: the alarm of one's own seat; the answer says nothing of it."""

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.programme.actions import report_duress
from vedette.reporting.whereabouts import last_known

router = Router(tags=["safety"])


class Taken(Schema):
    """That it was taken: nothing that somebody who looks on could read."""

    state: str = "received"


@router.post("/duress", response=Taken, summary="Raise an alarm of duress for one's own seat")
def duress(request: HttpRequest) -> Taken:
    """report_duress; serves no records."""
    viewer = viewer_of_request(request)
    report_duress(viewer, last=last_known(viewer))
    return Taken()
