"""A question that another agency lodged: as that agency may know it, and what the desk may reply."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.handling.doors import viewer_of_request
from vedette.kit.ids import parse_id
from vedette.reporting.requests import RequestRow
from vedette.sharing.lodged import answerable, open_lodged, reply_of
from vedette.web.ask.lodged_forms import ReplyForm


def shown_to_asker(request: HttpRequest, key: str) -> HttpResponse:
    """A question of another agency as that agency may know it, whichever address it was asked for by."""
    row = open_lodged(viewer_of_request(request), parse_id(key))
    return render(request, "inbox/question.html", {"row": row, "home": home_agency()})


def desk_context(viewer: Viewer | None, row: RequestRow, deeds: set[str]) -> dict[str, Any]:
    """What `ask/lodged.html` draws: how the question stands before its asker, and what may be replied."""
    if not row.lodged:
        return {}
    releases = answerable(viewer, row.request) if "reply" in deeds else []
    form = ReplyForm(auto_id="reply_%s", releases=releases) if "reply" in deeds else None
    return {
        "reply": reply_of(viewer, row.request),
        "may_take": "take" in deeds,
        "reply_form": form,
        "releases": releases,
    }
