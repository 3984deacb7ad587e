"""Missions: the board, one mission, and the two ways to enter one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vedette.handling.doors import door, viewer_of_request
from vedette.programme.actions import ask_mission, offer_mission
from vedette.programme.models import Mission
from vedette.reporting.actions import send_surge
from vedette.web.programme.mission_forms import AskForm, OfferForm
from vedette.web.programme.mission_pages import mission_context, mission_or_missing, missions_context
from vedette.web.programme.pages import shell_context

CHANGED = 422


@door("see_programme", serves="programme.missions")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The missions that the viewer may read, by how they stand."""
    return render(request, "programme/missions.html", missions_context(viewer_of_request(request)))


@door("see_programme", serves="programme.mission")
@require_GET
def mission(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One mission with all that stands under it; `?everybody` names every officer before it."""
    viewer = viewer_of_request(request)
    context = mission_context(viewer, mission_or_missing(viewer, key), whole="everybody" in request.GET)
    return render(request, "programme/mission.html", context)


@door("ask_mission")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Enter a mission that the bureau or a host asks for, or a surge."""
    viewer = viewer_of_request(request)
    form = AskForm("ask", request.POST or None, viewer=viewer)
    made: list[Mission] = []

    def enter(origin: str, asker: Any, basis: Any, **rest: object) -> None:
        if origin == Mission.Origin.INCIDENT:
            made.append(send_surge(viewer, basis=basis, draft=form.draft()))
        else:
            made.append(ask_mission(viewer, origin=origin, asker=asker, draft=form.draft()))

    if request.method == "POST" and form.taken(enter):
        messages.success(request, _("Entered. It stands as asked."))
        return HttpResponseRedirect(reverse("mission", args=[made[0].pk]))
    context = {**shell_context(viewer, "missions"), "form": form, "offer": False}
    return render(request, "programme/mission_new.html", context, status=CHANGED if form.errors else 200)


@door("offer_mission")
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """An officer offers himself for a mission."""
    viewer = viewer_of_request(request)
    form = OfferForm("offer", request.POST or None)
    made: list[Mission] = []
    if request.method == "POST" and form.taken(
        lambda **typed: made.append(offer_mission(viewer, draft=form.draft())),
    ):
        messages.success(request, _("Offered. The programme manager has it."))
        return HttpResponseRedirect(reverse("mission", args=[made[0].pk]))
    context = {**shell_context(viewer, "missions"), "form": form, "offer": True}
    return render(request, "programme/mission_new.html", context, status=CHANGED if form.errors else 200)
