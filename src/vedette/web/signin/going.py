"""Where a person goes after the door: back to what was asked for, never away from this house."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from vedette.web.shell.nav import SCREENS, is_current, screen_address

DOORS = ("sign_in", "locked", "prove", "sign_out", "invitation")


def next_of(request: HttpRequest) -> str:
    """The address of this house that was asked for; empty when it leads elsewhere or back to a door."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return inside(wanted)


def inside(wanted: str) -> str:
    """An address when it stays in this house, else empty."""
    if not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return ""
    try:
        name = resolve(urlsplit(wanted).path).url_name
    except Resolver404:
        return ""
    return "" if name in DOORS else wanted


def screen_asked_for(wanted: str) -> str:
    """What the screen that an address lies on is called; empty when it is none of the rail's."""
    path = urlsplit(wanted).path
    found = [screen for screen in SCREENS if wanted and (href := screen_address(screen.key)) and is_current(href, path)]
    return str(found[0].label) if found else ""
