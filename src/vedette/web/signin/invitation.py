"""Taking up an invitation: a passkey, or an authenticator app; a password and ten codes for the day it is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vedette.agencies import codes, entry, invitations, passkeys, pending
from vedette.agencies.models import Person
from vedette.agencies.queries import home_agency, seats_of
from vedette.handling.doors import PUBLIC, door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.web.signin.ceremonies import ceremony
from vedette.web.signin.forms import AcceptForm
from vedette.web.signin.landings import landing_of


@door(PUBLIC)
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link, and its answer with an authenticator app; a dead link says the same whatever killed it."""
    try:
        person = invitations.person_invited(token)
        form = AcceptForm(request.POST or None)
        if request.method == "POST" and form.taken(lambda **typed: _accept_with_app(request, token, person, typed)):
            return HttpResponseRedirect(reverse("recovery_codes"))
    except Missing:
        return render(request, "signin/no_invitation.html", status=404)
    return render(
        request, "signin/invitation.html", _context(request, person, form), status=422 if form.errors else 200
    )


def _accept_with_app(request: HttpRequest, token: str, person: Person, typed: dict[str, str]) -> None:
    secret = pending.secret_for(request, person)
    plain = entry.accept_with_app(request, token, password=typed["password"], secret=secret, code=typed["code"])
    pending.put_codes(request, plain)


def _context(request: HttpRequest, person: Person, form: AcceptForm) -> dict[str, Any]:
    secret, issuer = pending.secret_for(request, person), f"Vedette {home_agency().name}"
    side, path = codes.picture(codes.app_address(secret, person.username, issuer))
    return {
        "person": person,
        "seats": seats_of(person.id),
        "form": form,
        "by_passkey": bool(passkeys.party(request)),
        "side": side,
        "path": path,
        "spelled": codes.spelled(secret),
    }


@door(PUBLIC)
@require_POST
def accept_with_passkey(request: HttpRequest, token: str) -> HttpResponse:
    """The passkey ceremony of an invitation."""
    person = invitations.person_invited(token)

    def take(answer: dict[str, Any], fields: dict[str, str]) -> str:
        password, label = fields.get("password", ""), fields.get("label", "")
        plain = entry.accept_with_passkey(request, token, password=password, answer=answer, label=label)
        pending.put_codes(request, plain)
        return reverse("recovery_codes")

    return ceremony(request, lambda: passkeys.begin_registration(request, person), take)


@door("see_own_security")
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Fresh recovery codes, shown until their owner says that he has put them away."""
    viewer = viewer_of_request(request)
    plain = pending.fresh_codes(request)
    if request.method == "POST" or not plain:
        pending.put_away(request)
        return HttpResponseRedirect(landing_of(viewer) if viewer else reverse("sign_in"))
    return render(request, "signin/codes.html", {"codes": plain})
