"""My security: passkeys, the app, the password, recovery codes, open sessions. For every seat, partners too."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vedette.agencies import codes, passkeys, pending, sittings
from vedette.agencies.queries import home_agency, person
from vedette.agencies.rules import value_of
from vedette.agencies.signin import LASTS, SITTING
from vedette.agencies.viewer import Viewer
from vedette.handling import own_security
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.ids import parse_id
from vedette.web.settings.frame import back, proven, show
from vedette.web.signin.ceremonies import ceremony
from vedette.web.signin.forms import AppForm, Asking, PasswordForm


def _me(request: HttpRequest) -> Viewer:
    viewer = viewer_of_request(request)
    assert viewer is not None  # the door lets nobody else in
    return viewer


@door("see_own_security")
def page(request: HttpRequest) -> HttpResponse:
    """What opens my account, and where it is open."""
    me = _me(request)
    context = {
        "person": person(me.person_id),
        "passkeys": passkeys.passkeys_of(me.person_id),
        "by_passkey": bool(passkeys.party(request)),
        "has_app": codes.has_app(me.person_id),
        "codes_left": codes.codes_left(me.person_id),
        "sittings": sittings.open_sittings(me.person_id, LASTS),
        "this_sitting": request.session.get(SITTING, ""),
        "hours": value_of("session_hours"),
        "minutes": value_of("idle_minutes"),
    }
    return show(request, "settings/mine.html", "settings", context)


@door("add_own_key")
@require_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey ceremony of a further passkey."""
    me = viewer_of_request(request)

    def take(answer: dict[str, Any], fields: dict[str, str]) -> str:
        own_security.add_own_key(me, request, answer=answer, label=fields.get("label", ""))
        return reverse("settings")

    return ceremony(request, lambda: own_security.ask_for_own_key(me, request), take)


@door("revoke_own_key")
@require_POST
def revoke_passkey(request: HttpRequest, key: str) -> HttpResponse:
    """Make one of my passkeys worthless."""
    own_security.revoke_own_key(viewer_of_request(request), passkey=parse_id(key))
    return back(request, "settings", _("Revoked. This passkey opens nothing any more."))


@door("renew_own_codes")
@require_http_methods(["GET", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Begin with an authenticator app, or with another one."""
    me = _me(request)
    proven(request, "renew_own_codes")
    secret = pending.secret_for(request, person(me.person_id))
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.taken(lambda code: own_security.set_own_app(me, secret=secret, code=code)):
        pending.forget_secret(request)
        return back(request, "settings", _("From now on this app's codes count."))
    name = f"Vedette {home_agency().name}"
    side, path = codes.picture(codes.app_address(secret, person(me.person_id).username, name))
    context = {"form": form, "side": side, "path": path, "spelled": codes.spelled(secret)}
    return show(request, "settings/app.html", "settings", context, status=422 if form.errors else 200)


@door("renew_own_codes")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password."""
    me = _me(request)
    proven(request, "renew_own_codes")
    form: Asking = PasswordForm(request.POST or None)
    if request.method == "POST" and form.taken(lambda **typed: own_security.set_own_password(me, **typed)):
        return back(request, "settings", _("Your password is changed."))
    return show(request, "settings/password.html", "settings", {"form": form}, status=422 if form.errors else 200)


@door("renew_own_codes")
@require_POST
def recovery(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes."""
    pending.put_codes(request, own_security.renew_own_codes(viewer_of_request(request)))
    return HttpResponseRedirect(reverse("recovery_codes"))


@door("end_own_session")
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one of my sessions, or all but this one."""
    ended = own_security.end_own_sessions(
        viewer_of_request(request), request, sitting=parse_id(request.POST.get("sitting", ""))
    )
    return back(request, "settings", _("Sessions ended: %(n)s.") % {"n": ended})
