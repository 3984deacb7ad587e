"""Claims: the list, a new one with what it would hold, one, its payments, its pack."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.funding.actions import dispute_item, enter_payment, send_claim, settle_dispute
from vedette.funding.models import Claim
from vedette.funding.queries import books
from vedette.funding.reading import ClaimRow, claim_by_id, dispute_by_id, item_by_id
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.web.funding.claim_pages import claim_context, claims_context, new_claim_context
from vedette.web.funding.forms import ClaimForm, DisputeForm, PaymentForm, SettleForm
from vedette.web.funding.packs import pack_of
from vedette.web.programme.forms import Asking

CHANGED = 422


@door("see_funding")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every claim, the newest first, with what is due on it."""
    return render(request, "funding/claims.html", claims_context(viewer_of_request(request)))


@door("send_claim", serves="claim")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Look at what a claim would hold, then send it."""
    viewer = viewer_of_request(request)
    asked = request.method == "POST" or "grant" in request.GET
    form = ClaimForm("new", (request.POST or request.GET) if asked else None)
    made: list[Claim] = []
    if request.method == "POST" and form.taken(lambda **values: made.append(send_claim(viewer, **values))):
        messages.success(request, _("%(reference)s is sent: its items are fixed.") % {"reference": made[0].reference})
        return HttpResponseRedirect(reverse("funding_claim", args=[made[0].id]))
    context = new_claim_context(viewer, form, asked=asked)
    return render(request, "funding/new_claim.html", context, status=CHANGED if form.errors else 200)


def claim_or_missing(key: uuid.UUID) -> ClaimRow:
    """The claim of an address; Missing when there is none."""
    found = claim_by_id(key)
    if found is None:
        raise Missing
    return found


@door("see_funding", serves="claim")
@require_GET
def claim(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One claim: what it holds, what was paid on it."""
    return render(request, "funding/claim.html", claim_context(viewer_of_request(request), claim_or_missing(key)))


@door("enter_payment", serves="claim")
@require_POST
def payment(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enter what the funder paid."""
    viewer, found = viewer_of_request(request), claim_or_missing(key)
    form = PaymentForm("payment", request.POST)
    if form.taken(partial(enter_payment, viewer, claim=found.claim)):
        messages.success(request, _("The payment is in the books."))
        return HttpResponseRedirect(reverse("funding_claim", args=[key]))
    return render(request, "funding/claim.html", claim_context(viewer, found, form), status=CHANGED)


def _on_line(request: HttpRequest, key: uuid.UUID, form: Asking, act: Callable[..., object], done: str) -> HttpResponse:
    viewer, found = viewer_of_request(request), claim_or_missing(key)
    if form.taken(partial(act, viewer)):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("funding_claim", args=[key]))
    return render(request, "funding/claim.html", claim_context(viewer, found, form), status=CHANGED)


@door("dispute_item", serves="claim")
@require_POST
def dispute(request: HttpRequest, key: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Write down what the funder does not pay of one line."""
    found = item_by_id(viewer_of_request(request), claim_or_missing(key).claim, item)
    if found is None:
        raise Missing
    form = DisputeForm(f"dispute-{item}", request.POST, currency=books().currency)
    return _on_line(
        request, key, form, partial(dispute_item, item=found), _("Written down: it stays due until it is ended.")
    )


@door("settle_dispute", serves="claim")
@require_POST
def settle(request: HttpRequest, key: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Write down what came of what the funder did not pay."""
    found = dispute_by_id(viewer_of_request(request), claim_or_missing(key).claim, item)
    if found is None:
        raise Missing
    form = SettleForm(f"settle-{item}", request.POST)
    return _on_line(request, key, form, partial(settle_dispute, dispute=found), _("Ended; the books have it."))


@door("see_funding", serves="claim pack")  # type: ignore[arg-type]
@require_GET
def pack(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The pack for the funder: paper, workbook, receipts."""
    found = claim_or_missing(key)
    made = pack_of(viewer_of_request(request), found)
    return FileResponse(made, as_attachment=True, filename=f"{found.claim.reference}.zip")
