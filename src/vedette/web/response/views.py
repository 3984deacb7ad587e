"""Responses that run, the board of one, one order of it, the order on paper."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vedette.handling.actions import open_one, record_list
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.ids import parse_id
from vedette.response.actions import read_order
from vedette.response.board import board_of, boards
from vedette.response.models import Run
from vedette.response.queries import access_run, ended, running
from vedette.web.response.context import board_context, list_context, order_context, past_order_context, print_context
from vedette.web.response.moments import moment_of
from vedette.web.response.moves import owners
from vedette.web.response.panes import pane


@door("list", serves="responses")
@require_GET
def responses(request: HttpRequest) -> HttpResponse:
    """Every response that runs, what of it burns, and those that ended; `?incident=` leads to its own, or proposes to start it."""
    viewer = viewer_of_request(request)
    incident, runs = parse_id(request.GET.get("incident", "")), running(viewer)
    for run in runs:
        if run.incident_id == incident:
            return HttpResponseRedirect(reverse("response_board", args=[run.pk]))
    rows = boards(viewer, [*runs, *ended(viewer)])
    if viewer:
        record_list(viewer, [row.run.pk for row in rows])
    context = list_context(viewer, rows, incident)
    return render(request, "response/page.html", context)


@door("open_one", serves="response")
@require_GET
def board(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The board of one response; `?part=body` gives its parts alone, for a page that is open already; `?at=` as it stood."""
    viewer = viewer_of_request(request)
    run, then = access_run(viewer, key), moment_of(request)
    context = board_context(viewer, board_of(viewer, run, then), then)
    if request.GET.get("part"):
        return render(request, "response/body.html", context)
    open_one(viewer, Run, key, request.GET.get("reason", ""))
    return render(request, "response/board.html", {**context, "owners": [] if then else owners(viewer)})


@door("open_one", serves="response.order")
@require_GET
def order(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One task or deployment: why, evidence wanted, receipts, escalations, and what the desk may do with it.

    `?deed=` (and `unit=`) opens the form of that verb, as a card moved onto it asks; it does nothing by itself.
    `?at=` shows it as it stood, with nothing to be done.
    """
    viewer, then = viewer_of_request(request), moment_of(request)
    if then is not None:
        past = past_order_context(viewer, read_order(viewer, key, back=True), then)
        return pane(request, "response/order.html", past)
    return pane(request, "response/order.html", order_context(viewer, read_order(viewer, key), request.GET))


@door("open_one", serves="response.print")
@require_GET
def print_order(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every order of a response by unit, on paper."""
    viewer = viewer_of_request(request)
    run = open_one(viewer, Run, access_run(viewer, key).pk)
    return render(request, "response/print.html", print_context(viewer, board_of(viewer, access_run(viewer, run.pk))))
