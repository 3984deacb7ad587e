"""The ladders: who is told when nobody answers, in force and before, changed by a commander or an administrator."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vedette.alerts.actions import set_ladder
from vedette.alerts.ladders import ladders_in_force
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.web.response.words import duty_word
from vedette.web.settings.frame import back, show
from vedette.web.settings.ladder_form import LadderForm


@door("set_ladder")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every ladder with its steps, since when, by whom, why, and what stood before."""
    rows = [
        {
            "held": held,
            "steps": worded(held.steps),
            "earlier": [{"row": old, "steps": worded(old.steps)} for old in held.earlier],
        }
        for held in ladders_in_force()
    ]
    return show(request, "settings/ladders.html", "settings_ladders", {"rows": rows})


def worded(steps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a ladder with their duties in words."""
    return [{"minutes": step["minutes"], "duty": duty_word(step["duty"])} for step in steps]


@door("set_ladder")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """Write a ladder anew, for a reason; clocks that run keep the one they were started with."""
    held = next((row for row in ladders_in_force() if row.key == key), None)
    if held is None:
        raise Missing
    form = LadderForm(request.POST or None, held=held)
    if request.method == "POST" and form.climbs(partial(set_ladder, viewer_of_request(request), key=key)):
        return back(request, "settings_ladders", _("It holds for clocks to come; those that run keep theirs."))
    status = 422 if form.errors else 200
    return show(request, "settings/ladder.html", "settings_ladders", {"held": held, "form": form}, status)
