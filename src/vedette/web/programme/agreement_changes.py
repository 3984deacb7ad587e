"""What is changed on the page of an agreement: each view is one verb; a refusal keeps what was typed."""

import datetime
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.programme.actions import (
    change_agreement,
    draft_agreement,
    end_agreement,
    end_clause,
    review_agreement,
    set_clause,
    sign_agreement,
)
from vedette.programme.gate import Holding
from vedette.programme.models import Agreement
from vedette.programme.queries import clause_by_id
from vedette.web.programme.agreement_forms import AgreementForm, ClauseForm, EndAgreementForm, ReviewForm
from vedette.web.programme.agreement_pages import agreement_context
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.programme.pages import shell_context
from vedette.web.programme.views import holding_or_missing

CHANGED = 422


@door("sign_agreement")
@require_http_methods(["GET", "POST"])
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Enter a signed agreement."""
    viewer = viewer_of_request(request)
    form = AgreementForm("new", request.POST or None, initial={"partner": request.GET.get("with", "")})
    if request.method == "POST":
        made: list[Agreement] = []
        if form.taken(lambda **values: made.append(_enter(viewer, **values))):
            messages.success(request, _("Entered. Add its clauses: without them it lets nothing happen."))
            return HttpResponseRedirect(reverse("programme_agreement", args=[made[0].key]))
    context = {**shell_context(viewer, "agreements"), "form": form}
    return render(request, "programme/new_agreement.html", context, status=CHANGED if form.errors else 200)


def _enter(viewer: Viewer | None, *, signed: datetime.date | None, **values: Any) -> Agreement:
    """Signed when a day is given, else a draft."""
    if signed is None:
        return draft_agreement(viewer, **values)
    return sign_agreement(viewer, signed=signed, **values)


def answer(request: HttpRequest, one: Holding, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    """Do it and go back to the agreement; or the page again, with the form and why it was not taken."""
    if form.taken(act):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("programme_agreement", args=[one.agreement.key]))
    context = agreement_context(viewer_of_request(request), one, refused=form)
    return render(request, "programme/agreement.html", context, status=CHANGED)


@door("change_agreement")
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Correct or prolong an agreement."""
    one = holding_or_missing(key)
    form = AgreementForm("facts", request.POST, agreement=one.agreement)
    act = partial(change_agreement, viewer_of_request(request), agreement=one.agreement)
    return answer(request, one, form, act, _("Written down."))


@door("end_agreement")
@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End an agreement."""
    one = holding_or_missing(key)
    act = partial(end_agreement, viewer_of_request(request), agreement=one.agreement)
    return answer(request, one, EndAgreementForm("end", request.POST), act, _("The agreement is ended."))


@door("review_agreement")
@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a reading."""
    one = holding_or_missing(key)
    act = partial(review_agreement, viewer_of_request(request), agreement=one.agreement)
    return answer(request, one, ReviewForm("review", request.POST), act, _("The reading is written down."))


@door("set_clause")
@require_POST
def clause(request: HttpRequest, key: str) -> HttpResponse:
    """Add a clause."""
    one = holding_or_missing(key)
    act = partial(set_clause, viewer_of_request(request), agreement=one.agreement)
    return answer(request, one, ClauseForm("clause", request.POST), act, _("The clause is in force."))


@door("set_clause")
@require_POST
def clause_change(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """Put another clause in the place of one."""
    one = holding_or_missing(key)
    found = clause_by_id(one.agreement, row)
    if found is None:
        raise Missing
    form = ClauseForm(f"clause-{row}", request.POST, clause=found)
    act = partial(set_clause, viewer_of_request(request), agreement=one.agreement)
    return answer(request, one, form, act, _("The clause is changed; the one before is kept."))


@door("end_clause")
@require_POST
def clause_end(request: HttpRequest, key: str, row: uuid.UUID) -> HttpResponse:
    """End a clause."""
    one = holding_or_missing(key)
    found = clause_by_id(one.agreement, row)
    if found is None:
        raise Missing
    act = partial(end_clause, viewer_of_request(request), clause=found)
    return answer(request, one, BecauseForm(f"end-clause-{row}", request.POST), act, _("The clause is ended."))
