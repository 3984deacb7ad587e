"""Sign-in of a demonstration: one click on a seat; a real installation never shows it."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from vedette.agencies.actions import sit_in_demonstration, switch_seat
from vedette.agencies.models import Seat
from vedette.agencies.queries import seats_in_force
from vedette.agencies.signin import stand_up
from vedette.handling.doors import PUBLIC, door, viewer_of_request
from vedette.kit.queries import installation_kind
from vedette.web.signin.landings import landing_of, what_of


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose a seat of the demonstration (POST seat), or the real sign-in elsewhere."""
    if installation_kind() not in ("demonstration", "test"):
        return render(request, "shell/sign_in.html", {})
    if request.method == "POST":
        viewer = sit_in_demonstration(request, request.POST.get("seat", ""))
        return HttpResponseRedirect(_next(request) or landing_of(viewer))
    return render(request, "shell/demo_signin.html", {"groups": _groups(), "next": _next(request)})


@door(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    stand_up(request)
    return HttpResponseRedirect("/sign-in/")


@door(PUBLIC)
@require_POST
def change_seat(request: HttpRequest) -> HttpResponse:
    """Move to another seat of the same person."""
    viewer = switch_seat(request, viewer_of_request(request), request.POST.get("seat", ""))
    return HttpResponseRedirect(landing_of(viewer))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/") else ""


def _groups() -> list[dict[str, Any]]:
    def agency(seat: Seat) -> str:
        return seat.agency.name

    ordered = sorted(seats_in_force(), key=lambda seat: (seat.agency.kind != "home", seat.agency.name, seat.label))
    return [
        {
            "agency": name,
            "seats": [
                {"id": str(seat.id), "label": seat.label, "what": what_of(seat), "landing": landing_of(seat)} for seat in seats
            ],
        }
        for name, seats in groupby(ordered, key=agency)
    ]
