"""What every page of Settings shares: the tabs a seat may open, and going back with a word said."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vedette.handling.doors import viewer_of_request
from vedette.handling.policy import require
from vedette.handling.verbs import VERBS

# Page, its name, the verb whose roles may open it.
TABS: tuple[tuple[str, Promise, str], ...] = (
    ("settings", _("My security"), "see_own_security"),
    ("settings_phones", _("Phones"), "see_handsets"),
    ("settings_people", _("People and seats"), "see_people"),
    ("settings_locks", _("Locks and glass"), "see_locks"),
    ("settings_rules", _("Rules"), "see_rules"),
    ("settings_ladders", _("Ladders"), "set_ladder"),
    ("settings_sites", _("Sites at home"), "see_sites"),
    ("settings_house", _("The house"), "see_house"),
)


def show(request: HttpRequest, template: str, tab: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of Settings with its tabs."""
    viewer = viewer_of_request(request)
    roles = viewer.roles if viewer else frozenset()
    tabs = [
        {"label": label, "href": reverse(name), "current": name == tab}
        for name, label, verb in TABS
        if not VERBS[verb].roles or roles & VERBS[verb].roles
    ]
    return render(request, template, {"tabs": tabs if len(tabs) > 1 else [], **context}, status=status)


def back(request: HttpRequest, name: str, said: object, *args: object) -> HttpResponse:
    """Back to a page of Settings, with what was done."""
    messages.success(request, str(said))
    return HttpResponseRedirect(reverse(name, args=args))


def proven(request: HttpRequest, verb: str) -> None:
    """A page that is only for a privileged act asks for the proof when it is opened, not when it is sent."""
    require(viewer_of_request(request), verb)
