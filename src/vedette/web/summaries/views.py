"""Summaries that draft themselves: the desk's day, a post's week; filed as a report or released to our own in one press."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Refused
from vedette.programme.queries import post_by_key
from vedette.sharing.desk import choices
from vedette.sharing.summaries import Summary, daily, posts_of_summaries, weekly
from vedette.web.summaries.deeds import deed


@door("list", serves="summaries")
@require_http_methods(["GET", "POST"])
def summaries(request: HttpRequest) -> HttpResponse:
    """The last 24 hours of the desk (or of what an officer may see)."""
    return _page(request, daily(viewer_of_request(request)), "")


@door("list", serves="summaries")
@require_http_methods(["GET", "POST"])
def week(request: HttpRequest, post: str) -> HttpResponse:
    """A post's last seven days; another post's is the same as none."""
    viewer, row = viewer_of_request(request), post_by_key(post)
    if row is None or row not in posts_of_summaries(viewer):
        return HttpResponseRedirect(reverse("summaries"))
    return _page(request, weekly(viewer, row), post)


def _page(request: HttpRequest, summary: Summary, current: str) -> HttpResponse:
    viewer, problem = viewer_of_request(request), None
    if request.method == "POST":
        try:
            return HttpResponseRedirect(deed(viewer, summary, request.POST.get("do", ""), request.POST.getlist("unit")))
        except Refused as refusal:
            problem = refusal
    posts = posts_of_summaries(viewer)
    context = {"summary": summary, "posts": posts, "current": current, "units": choices().units, "problem": problem}
    return render(request, "summaries/page.html", context)
