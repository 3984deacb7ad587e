"""POST /api/v1/requests/{id}/route: pass a question to a post."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.requests.out import RequestOut, shown
from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import route
from vedette.reporting.requests import access_request

router = Router(tags=["requests"])


class RouteIn(Schema):
    """The key of the post, and why that one."""

    post: str
    because: str = ""


@router.post("/{key}/route", response=RequestOut, summary="Pass a question to a post")
def pass_on(request: HttpRequest, key: uuid.UUID, payload: RouteIn) -> RequestOut:
    """route_request; serves no records."""
    viewer = viewer_of_request(request)
    row = route(viewer, request=access_request(viewer, key), post_key=payload.post, because=payload.because)
    return shown(row, "routed")
