"""Officers: who can what, an officer's own page, and what is written there; each change is one verb."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.models import Person
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import (
    confer_honour,
    confirm_qualification,
    end_away,
    end_honour,
    end_qualification,
    set_away,
    state_qualification,
)
from vedette.programme.models import Qualification
from vedette.programme.officers import away_by_id, honour_by_id, qualification_by_id
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.programme.officer_forms import AwayForm, HonourForm, StateForm
from vedette.web.programme.officer_pages import officer_context, officers_context, person_or_missing

CHANGED = 422


@door("see_programme")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Who can what, what waits for the manager, the roll of honour."""
    return render(request, "programme/officers.html", officers_context(viewer_of_request(request)))


@door("see_officer", serves="programme.officer")
@require_GET
def officer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One officer, to himself, the programme manager and the chief."""
    viewer = viewer_of_request(request)
    return render(request, "programme/officer.html", officer_context(viewer, person_or_missing(viewer, key)))


@door("see_officer", serves="programme.officer")
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The officer's own page, from his rail."""
    viewer = viewer_of_request(request)
    if viewer is None:
        raise Missing
    person = person_or_missing(viewer, viewer.person_id)
    return render(request, "programme/officer.html", officer_context(viewer, person))


def _answer(request: HttpRequest, person: Person, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    """Do it and go back to the officer; or the page again, with the form and why it was not taken."""
    if form.taken(act):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("officer", args=[person.id]))
    context = officer_context(viewer_of_request(request), person, refused=form)
    return render(request, "programme/officer.html", context, status=CHANGED)


@door("state_qualification")
@require_POST
def state(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what he can do."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    act = partial(state_qualification, viewer, person=person)
    return _answer(request, person, StateForm("state", request.POST), act, _("Written down."))


@door("confirm_qualification")
@require_POST
def confirm(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The manager has seen the proof."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    act = partial(confirm_qualification, viewer, qualification=_held(person, row))
    return _answer(request, person, Asking(f"confirm-{row}", request.POST), act, _("Confirmed: from now on it counts."))


@door("end_qualification")
@require_POST
def held_end(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """It holds no longer."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    act = partial(end_qualification, viewer, qualification=_held(person, row))
    return _answer(request, person, BecauseForm(f"held-{row}", request.POST), act, _("Ended; it stays in the history."))


@door("set_away")
@require_POST
def away(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Days on which he cannot travel."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    act = partial(set_away, viewer, person=person)
    return _answer(request, person, AwayForm("away", request.POST), act, _("Written down."))


@door("end_away")
@require_POST
def away_end(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """These days are free again."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    found = away_by_id(person, row)
    if found is None:
        raise Missing
    act = partial(end_away, viewer, away=found)
    return _answer(request, person, BecauseForm(f"away-{row}", request.POST), act, _("These days are free again."))


@door("confer_honour")
@require_POST
def honour(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down a distinction."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    act = partial(confer_honour, viewer, person=person)
    return _answer(request, person, HonourForm("honour", request.POST), act, _("It stands on the roll of honour."))


@door("end_honour")
@require_POST
def honour_end(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Take a distinction off the roll."""
    viewer = viewer_of_request(request)
    person = person_or_missing(viewer, key)
    found = honour_by_id(person, row)
    if found is None:
        raise Missing
    act = partial(end_honour, viewer, honour=found)
    return _answer(request, person, BecauseForm(f"honour-{row}", request.POST), act, _("It is off the roll."))


def _held(person: Person, key: uuid.UUID) -> Qualification:
    """What is written of this officer; Missing when it is another's."""
    found = qualification_by_id(person, key)
    if found is None:
        raise Missing
    return found
