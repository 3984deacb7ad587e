"""What the books rest on: rules of who pays, grants with ceilings, gifts, rates; each change is one verb."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.funding.actions import (
    accept_gift,
    end_grant,
    end_payer_rule,
    enter_rate,
    open_grant,
    set_books,
    set_ceiling,
    set_funder,
    set_payer_rule,
)
from vedette.funding.models import Grant
from vedette.funding.reading import grant_by_key, rule_by_id
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.web.funding.forms import BooksForm, CeilingForm, GiftForm, GrantForm, RateForm, RuleForm
from vedette.web.funding.funder_forms import FunderForm
from vedette.web.funding.keeping_pages import (
    gifts_context,
    grant_context,
    grants_context,
    rates_context,
    rules_context,
)
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking, BecauseForm

CHANGED = 422


def _changed(
    request: HttpRequest, form: Asking, act: Callable[..., object], *, done: str, back: str, again: Callable[[], Any]
) -> HttpResponse:
    """Do it and go back; or the page again, with the form and why it was not taken. `again` is its template and context."""
    if form.taken(partial(act, viewer_of_request(request))):
        messages.success(request, done)
        return HttpResponseRedirect(back)
    template, context = again()
    return render(request, template, context, status=CHANGED)


def _new(request: HttpRequest, form: Asking, act: Callable[..., object], to: tuple[str, str, str]) -> HttpResponse:
    """A page that is one form: its tab and template, the address to go to afterwards, and what is said there."""
    viewer = viewer_of_request(request)
    template, tab, done = to
    context = {**frame(viewer, tab), "form": form}
    if request.method == "GET":
        return render(request, template, context)
    back = reverse(f"funding_{tab}")
    return _changed(request, form, act, done=done, back=back, again=lambda: (template, context))


@door("see_funding")
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Who may lawfully pay, rule by rule."""
    return render(request, "funding/rules.html", rules_context(viewer_of_request(request)))


@door("set_payer_rule")
@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """Set a rule; the one with its number that stood before ends."""
    form = RuleForm("new", request.POST or None)
    return _new(request, form, set_payer_rule, ("funding/new_rule.html", "rules", _("The rule stands.")))


@door("end_payer_rule")
@require_POST
def end_rule(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a rule."""
    found, viewer = rule_by_id(key), viewer_of_request(request)
    if found is None:
        raise Missing
    form = BecauseForm(f"end-{key}", request.POST)
    act, back = partial(end_payer_rule, rule=found), reverse("funding_rules")
    return _changed(
        request, form, act, done=_("The rule is ended."), back=back, again=partial(_rules_again, viewer, form)
    )


def _rules_again(viewer: Viewer | None, form: Asking) -> tuple[str, dict[str, Any]]:
    return "funding/rules.html", rules_context(viewer, form)


@door("see_funding")
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """Every grant with what is left of it."""
    return render(request, "funding/grants.html", grants_context(viewer_of_request(request)))


@door("set_funder")
@require_http_methods(["GET", "POST"])
def new_funder(request: HttpRequest) -> HttpResponse:
    """Enter a funder."""
    said = _("Entered. Grants and rules may name it now.")
    form = FunderForm("new", request.POST or None)
    return _new(request, form, set_funder, ("funding/new_funder.html", "grants", said))


@door("open_grant")
@require_http_methods(["GET", "POST"])
def new_grant(request: HttpRequest) -> HttpResponse:
    """Enter a grant."""
    said = _("Entered. Set its ceilings: without them it pays nothing.")
    return _new(request, GrantForm("new", request.POST or None), open_grant, ("funding/new_grant.html", "grants", said))


def grant_or_missing(key: str) -> Grant:
    """The grant of an address; Missing when there is none."""
    found = grant_by_key(key)
    if found is None:
        raise Missing
    return found


@door("see_funding")
@require_GET
def grant(request: HttpRequest, key: str) -> HttpResponse:
    """One grant: its ceilings by category, spent and left."""
    return render(request, "funding/grant.html", grant_context(viewer_of_request(request), grant_or_missing(key)))


def _of_grant(request: HttpRequest, key: str, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    found, viewer = grant_or_missing(key), viewer_of_request(request)
    back = reverse("funding_grant", args=[key])
    again = partial(_grant_again, viewer, found, form)
    return _changed(request, form, partial(act, grant=found), done=done, back=back, again=again)


def _grant_again(viewer: Viewer | None, found: Grant, form: Asking) -> tuple[str, dict[str, Any]]:
    return "funding/grant.html", grant_context(viewer, found, form)


@door("set_ceiling")
@require_POST
def ceiling(request: HttpRequest, key: str) -> HttpResponse:
    """Set the most that the grant pays for a category."""
    return _of_grant(request, key, CeilingForm("ceiling", request.POST), set_ceiling, _("The ceiling stands."))


@door("end_grant")
@require_POST
def end_grant_here(request: HttpRequest, key: str) -> HttpResponse:
    """End the grant."""
    return _of_grant(request, key, BecauseForm("end", request.POST), end_grant, _("The grant is ended."))


@door("see_funding")
@require_GET
def gifts(request: HttpRequest) -> HttpResponse:
    """What was given instead of money."""
    return render(request, "funding/gifts.html", gifts_context(viewer_of_request(request)))


@door("accept_gift")
@require_http_methods(["GET", "POST"])
def new_gift(request: HttpRequest) -> HttpResponse:
    """Enter a gift."""
    form = GiftForm("new", request.POST or None, viewer=viewer_of_request(request))
    return _new(request, form, accept_gift, ("funding/new_gift.html", "gifts", _("The gift is in the books.")))


@door("see_funding")
@require_GET
def rates(request: HttpRequest) -> HttpResponse:
    """The currency of the books, and what others cost in it."""
    return render(request, "funding/rates.html", rates_context(viewer_of_request(request)))


def _rates_again(request: HttpRequest, form: Asking) -> tuple[str, dict[str, Any]]:
    return "funding/rates.html", rates_context(viewer_of_request(request), form)


@door("enter_rate")
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Enter a rate."""
    form, back = RateForm("rate", request.POST), reverse("funding_rates")
    return _changed(
        request, form, enter_rate, done=_("The rate is entered."), back=back, again=partial(_rates_again, request, form)
    )


@door("set_books")
@require_POST
def books_of(request: HttpRequest) -> HttpResponse:
    """Set the currency of the books and when their year begins."""
    form, back = BooksForm("books", request.POST), reverse("funding_rates")
    return _changed(
        request, form, set_books, done=_("Written down."), back=back, again=partial(_rates_again, request, form)
    )
