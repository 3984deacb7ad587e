"""The house: agencies and units, keys by their public marks, how the loops fare, which rules are in force."""

from django.http import HttpRequest, HttpResponse

from vedette.agencies.keys import every_key
from vedette.agencies.queries import home_agency, partners, units
from vedette.handling.doors import door
from vedette.kit.signing import thumbprint
from vedette.live.heartbeats import heartbeats, silent_or_failing
from vedette.web.settings.frame import show
from vedette.web.settings.packs import PACKS


@door("see_house")
def page(request: HttpRequest) -> HttpResponse:
    """What this installation is made of and how it fares; nothing here can be changed."""
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
