"""The front door: sign-in by passkey or by name, password and code; one press on a seat in a demonstration."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from vedette.agencies import entry, passkeys
from vedette.agencies.actions import sit_in_demonstration, switch_seat
from vedette.agencies.queries import seats_in_force
from vedette.agencies.rules import value_of
from vedette.agencies.signin import locked_person
from vedette.handling.doors import PUBLIC, door, viewer_of_request
from vedette.kit.queries import home_agency_id, installation_kind
from vedette.web.signin.ceremonies import ceremony
from vedette.web.signin.forms import SignInForm
from vedette.web.signin.going import inside, next_of, screen_asked_for
from vedette.web.signin.landings import landing_of, parts_of


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by name, password and code; a demonstration lets everyone take a seat; a locked screen is unlocked."""
    if installation_kind() in ("demonstration", "test"):
        return _take_a_seat(request)
    wanted = next_of(request)
    if request.method == "GET" and locked_person(request):
        return HttpResponseRedirect(f"{reverse('locked')}?{urlencode({'next': wanted})}")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.taken(lambda **typed: entry.sign_in_with_code(request, **typed)):
        return HttpResponseRedirect(wanted or "/go/")
    context = {
        "form": form,
        "next": wanted,
        "asked_for": screen_asked_for(wanted),
        "by_passkey": bool(passkeys.party(request)),
        "set_up": home_agency_id() is not None,
        "tries": value_of("tries"),
        "minutes": value_of("tries_minutes"),
    }
    return render(request, "signin/page.html", context, status=422 if form.errors else 200)


def _take_a_seat(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        viewer = sit_in_demonstration(request, request.POST.get("seat", ""))
        return HttpResponseRedirect(next_of(request) or landing_of(viewer))
    return render(request, "shell/demo_signin.html", {"groups": _groups(), "next": next_of(request)})


@door(PUBLIC)
@require_POST
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey ceremony of sign-in: what the device is asked, then its answer."""

    def take(answer: dict[str, Any], fields: dict[str, str]) -> str:
        viewer = entry.sign_in_with_passkey(request, answer)
        return inside(fields.get("next", "")) or landing_of(viewer)

    return ceremony(request, lambda: passkeys.begin_proof(request), take)


@door(PUBLIC)
def go(request: HttpRequest) -> HttpResponse:
    """To the first screen of the seat that was taken."""
    viewer = viewer_of_request(request)
    return HttpResponseRedirect(landing_of(viewer) if viewer else reverse("sign_in"))


@door(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    entry.sign_out(request, viewer_of_request(request))
    return HttpResponseRedirect(reverse("sign_in"))


@door(PUBLIC)
@require_POST
def change_seat(request: HttpRequest) -> HttpResponse:
    """Move to another seat of the same person."""
    viewer = switch_seat(request, viewer_of_request(request), request.POST.get("seat", ""))
    return HttpResponseRedirect(landing_of(viewer))


def _groups() -> list[dict[str, Any]]:
    ordered = sorted(seats_in_force(), key=lambda seat: (seat.agency.kind != "home", seat.agency.name))
    return [
        {"agency": name, "parts": parts_of(list(seats))}
        for name, seats in groupby(ordered, lambda seat: seat.agency.name)
    ]
