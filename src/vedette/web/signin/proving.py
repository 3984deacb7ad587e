"""Proving again who is there: before a privileged act, and at a locked screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from vedette.agencies import codes, entry, passkeys
from vedette.agencies.signin import locked_person
from vedette.agencies.viewer import Viewer
from vedette.handling.doors import PUBLIC, door, viewer_of_request
from vedette.kit.errors import Forbidden
from vedette.kit.queries import installation_kind
from vedette.web.signin.ceremonies import ceremony
from vedette.web.signin.forms import ProofForm
from vedette.web.signin.going import inside, next_of
from vedette.web.signin.landings import landing_of


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Show a passkey or a code again, and go back to what was asked for."""
    viewer = viewer_of_request(request)
    if viewer is None:
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': next_of(request)})}")
    return _ask(request, viewer, "signin/prove.html")


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """The locked screen: the session goes on when its owner shows that he is there."""
    viewer = locked_person(request)
    if viewer is None:
        return HttpResponseRedirect(next_of(request) or reverse("go"))
    return _ask(request, viewer, "signin/locked.html")


def _ask(request: HttpRequest, viewer: Viewer, template: str) -> HttpResponse:
    by_press = installation_kind() in ("demonstration", "test")
    wanted = next_of(request) or landing_of(viewer)
    form = ProofForm(request.POST if request.method == "POST" and "press" not in request.POST else None)
    if request.method == "POST" and "press" in request.POST:
        entry.prove_in_demonstration(request)
        return HttpResponseRedirect(wanted)
    if request.method == "POST" and form.taken(lambda **typed: entry.prove_with_code(request, **typed)):
        return HttpResponseRedirect(wanted)
    context = {
        "form": form,
        "next": wanted,
        "again": request.GET.get("again") == "1" or request.POST.get("again") == "1",
        "by_press": by_press,
        "by_passkey": bool(passkeys.party(request)) and bool(passkeys.passkeys_of(viewer.person_id)),
        "by_code": codes.has_app(viewer.person_id) or codes.codes_left(viewer.person_id) > 0,
        "seat_label": viewer.seat_label,
    }
    return render(request, template, context, status=422 if form.errors else 200)


@door(PUBLIC)
@require_POST
def prove_with_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey ceremony of a proof, signed in or locked."""
    viewer = entry.who_proves(request)

    def take(answer: dict[str, Any], fields: dict[str, str]) -> str:
        entry.prove_with_passkey(request, answer)
        return inside(fields.get("next", "")) or landing_of(viewer)

    return ceremony(request, lambda: passkeys.begin_proof(request, viewer.person_id), take)


@door(PUBLIC)
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this screen now; a wall board's stays open."""
    viewer = viewer_of_request(request)
    entry.lock_my_screen(request, viewer)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"locked": viewer is None or not viewer.wall})
    return HttpResponseRedirect(reverse("locked"))


@door(PUBLIC)
@require_POST
def still_here(request: HttpRequest) -> HttpResponse:
    """Somebody is at this screen (it was touched); the middleware has noted it."""
    if viewer_of_request(request) is None:
        raise Forbidden("Nobody is signed in here.", "Sign in.")
    return HttpResponse(status=204)
