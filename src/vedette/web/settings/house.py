"""The house: agencies and units, keys by their public marks, how the loops fare, which rules are in force."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vedette.agencies.key_models import AgencyKey
from vedette.agencies.keys import every_key
from vedette.agencies.queries import home_agency, partners, units
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.house import agency_of, set_agency, set_unit, unit_of
from vedette.handling.keys import rotate_key
from vedette.kit.errors import Missing
from vedette.kit.said import said
from vedette.kit.signing import thumbprint
from vedette.live.heartbeats import heartbeats, silent_or_failing
from vedette.web.settings.forms import AgencyForm, BecauseForm, UnitForm
from vedette.web.settings.frame import back, proven, show
from vedette.web.settings.packs import PACKS


@door("see_house")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What this installation is made of and how it fares."""
    keys = [{"row": key, "mark": thumbprint(bytes(key.public))} for key in every_key()]
    context = {
        "home": home_agency(),
        "agencies": partners(),
        "units": units(),
        "keys": keys,
        "loops": heartbeats(),
        "ailing": {row.name for row in silent_or_failing()},
        "packs": PACKS,
    }
    return show(request, "settings/house.html", "settings_house", context)


def _entered(
    request: HttpRequest, verb: str, form: BecauseForm, act: Callable[..., Any], **context: Any
) -> HttpResponse:
    """A page that is one form; what it enters stands on the page of the house afterwards."""
    proven(request, verb)
    if request.method == "POST" and form.taken(act):
        return back(request, "settings_house", _("Written down."))
    context = {"form": form, **context}
    return show(request, "settings/house_form.html", "settings_house", context, status=422 if form.errors else 200)


@door("set_agency")
@require_http_methods(["GET", "POST"])
def new_agency(request: HttpRequest) -> HttpResponse:
    """Enter an agency the house deals with: a partner, a host, a funder."""
    form = AgencyForm(request.POST or None)
    return _entered(
        request, "set_agency", form, partial(set_agency, viewer_of_request(request)), heading=_("New agency")
    )


@door("set_agency")
@require_http_methods(["GET", "POST"])
def one_agency(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change how an agency is written; its kind stays."""
    proven(request, "set_agency")
    row = agency_of(viewer_of_request(request), key)
    form = AgencyForm(request.POST or None, agency=row)
    act = partial(set_agency, viewer_of_request(request), agency=row.id)
    return _entered(request, "set_agency", form, act, heading=row.name)


@door("set_unit")
@require_http_methods(["GET", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Enter a unit at home."""
    form = UnitForm(request.POST or None)
    return _entered(request, "set_unit", form, partial(set_unit, viewer_of_request(request)), heading=_("New unit"))


@door("set_unit")
@require_http_methods(["GET", "POST"])
def one_unit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a unit at home."""
    proven(request, "set_unit")
    row = unit_of(viewer_of_request(request), key)
    form = UnitForm(request.POST or None, unit=row)
    return _entered(
        request, "set_unit", form, partial(set_unit, viewer_of_request(request), unit=row.id), heading=row.name
    )


@door("rotate_key")
@require_http_methods(["GET", "POST"])
def replace_key(request: HttpRequest, purpose: str) -> HttpResponse:
    """Replace a key of the agency; the one before it stays published."""
    if purpose not in AgencyKey.Purpose.values:
        raise Missing
    form = BecauseForm(request.POST or None)
    act = partial(rotate_key, viewer_of_request(request), purpose=purpose)
    heading = _("Replace the key: %(which)s") % {"which": said(AgencyKey.Purpose(purpose).label)}
    line = _("A new key signs from now on. The old public key stays published, and what it signed stands.")
    return _entered(request, "rotate_key", form, act, heading=heading, line=line, word=_("Replace the key"))
