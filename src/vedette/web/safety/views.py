"""Officers' safety at the desk: alarms of duress on top, signs of life owed and given; each change is one verb."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.handsets.actions import list_contacts
from vedette.kit.errors import Missing, Refused
from vedette.kit.said import in_words
from vedette.programme import actions
from vedette.programme.actions import read_alarms, read_safety
from vedette.programme.models import Duress, SafetyCheck
from vedette.programme.safety import check_by_id, duress_by_id
from vedette.web.programme.forms import Asking
from vedette.web.safety.forms import AskSignForm, CloseForm, DropForm, SignForm


@door("see_safety", serves="safety")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The whole page; `?part=board` gives what is renewed while it is looked at."""
    part = "safety/board.html" if request.GET.get("part") else "safety/page.html"
    return render(request, part, _context(viewer_of_request(request)))


@door("acknowledge_duress", serves="safety.alarms")
@require_GET
def alarm_banner(request: HttpRequest) -> HttpResponse:
    """The alarms that burn, as the banner that stands on every page of the desk."""
    return render(request, "safety/banner.html", {"alarms": read_alarms(viewer_of_request(request))})


@door("see_contacts")
@require_GET
def phones(request: HttpRequest) -> HttpResponse:
    """When officers' phones made contact last; asked for beside the page, and anew when a phone brings news."""
    rows = list_contacts(viewer_of_request(request))
    context = {
        "rows": [row for row in rows if row.phone],
        "without": [row.label for row in rows if row.phone is None],
        "silent": sum(row.silent for row in rows),
    }
    return render(request, "safety/phones.html", context)


@door("set_safety_check")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask an officer for a sign of life."""
    viewer = viewer_of_request(request)
    form = AskSignForm("ask", request.POST, viewer)
    return _answer(request, form, partial(actions.set_safety_check, viewer), _("Asked. He sees it on his phone."))


@door("give_sign")
@require_POST
def sign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down the sign of life that was heard from an officer."""
    viewer = viewer_of_request(request)
    act = partial(actions.give_sign, viewer, check=_check(viewer, key))
    return _answer(request, SignForm(f"sign-{key}", request.POST), act, _("Written down."))


@door("drop_safety_check")
@require_POST
def drop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """It is no longer owed."""
    viewer = viewer_of_request(request)
    act = partial(actions.drop_safety_check, viewer, check=_check(viewer, key))
    return _answer(request, DropForm(f"drop-{key}", request.POST), act, _("Dropped."))


@door("acknowledge_duress")
@require_POST
def acknowledge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take an alarm in hand."""
    viewer = viewer_of_request(request)
    try:
        actions.acknowledge_duress(viewer, duress=_duress(viewer, key))
    except Refused as refusal:
        messages.error(request, in_words(refusal))
    return HttpResponseRedirect(reverse("safety"))


@door("close_duress")
@require_POST
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close an alarm with what was done."""
    viewer = viewer_of_request(request)
    act = partial(actions.close_duress, viewer, duress=_duress(viewer, key))
    return _answer(request, CloseForm(f"close-{key}", request.POST), act, _("Closed; what was done is kept."))


def _answer(request: HttpRequest, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    """Do it and go back; or the page again, with the form and why it was not taken."""
    if form.taken(act):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("safety"))
    return render(request, "safety/page.html", _context(viewer_of_request(request), form), status=422)


def _context(viewer: Viewer | None, back: Asking | None = None) -> dict[str, Any]:
    """What the page draws; a form that came back stands where it was typed."""
    board = read_safety(viewer)
    came = {back.name: back} if back else {}

    def one(name: str, make: Callable[..., Asking], verb: str) -> Asking | None:
        return came.get(name) or (make(name) if may(viewer, verb).allowed else None)

    return {
        "board": board,
        "ask_form": one("ask", partial(AskSignForm, viewer=viewer), "set_safety_check"),
        "alarms": [
            {"row": row, "close": one(f"close-{row.duress.pk}", CloseForm, "close_duress") if row.open else None}
            for row in board.alarms
        ],
        "owed": [
            {
                "row": row,
                "sign": one(f"sign-{row.check.pk}", SignForm, "give_sign"),
                "drop": one(f"drop-{row.check.pk}", DropForm, "drop_safety_check"),
            }
            for row in board.owed
        ],
    }


def _check(viewer: Viewer | None, key: uuid.UUID) -> SafetyCheck:
    found = check_by_id(viewer, key)
    if found is None:
        raise Missing
    return found


def _duress(viewer: Viewer | None, key: uuid.UUID) -> Duress:
    found = duress_by_id(viewer, key)
    if found is None:
        raise Missing
    return found
