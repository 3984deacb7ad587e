"""The overview of the money, and the lines of the books behind a figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.handling.doors import door, viewer_of_request
from vedette.web.funding.pages import lines_context, overview_context, variance_context


@door("see_funding", serves="expenses")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The budget of this year, and the expense that waits longest with what each rule says of it."""
    return render(request, "funding/page.html", overview_context(viewer_of_request(request)))


@door("see_funding", serves="expenses")
@require_GET
def lines_behind(request: HttpRequest) -> HttpResponse:
    """The lines of the books that a figure adds up."""
    return render(request, "funding/lines.html", lines_context(viewer_of_request(request), request.GET))


@door("see_funding")
@require_GET
def variance(request: HttpRequest) -> HttpResponse:
    """How each grant and category runs against its time."""
    return render(request, "funding/variance.html", variance_context(viewer_of_request(request)))
