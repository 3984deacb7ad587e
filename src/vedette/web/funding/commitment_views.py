"""Commitments: the list behind a figure, a new one, and its end."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.funding.actions import commit_cost, release_commitment
from vedette.handling.doors import door, viewer_of_request
from vedette.web.funding.commitment_pages import (
    CommitmentForm,
    commitment_or_missing,
    commitments_context,
    first_form,
)
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import BecauseForm

CHANGED = 422


@door("see_funding", serves="commitments")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What is committed and not yet spent; `?grant=` and `?category=` are the figure it stands behind."""
    return render(request, "funding/commitments.html", commitments_context(viewer_of_request(request), request.GET))


@door("commit_cost")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Commit what a mission will cost."""
    viewer = viewer_of_request(request)
    if request.method == "GET":
        form = first_form(viewer, request.GET)
    else:
        form = CommitmentForm("new", request.POST, viewer=viewer)
        if form.taken(partial(commit_cost, viewer)):
            messages.success(request, _("It is committed; the line of the list before travel is ticked."))
            return HttpResponseRedirect(reverse("funding_commitments"))
    context = {**frame(viewer, "commitments"), "form": form}
    return render(request, "funding/new_commitment.html", context, status=CHANGED if form.errors else 200)


@door("release_commitment", serves="commitments")
@require_POST
def release(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a commitment."""
    viewer, form = viewer_of_request(request), BecauseForm(f"release-{key}", request.POST)
    found = commitment_or_missing(viewer, key)
    if form.taken(partial(release_commitment, viewer, commitment=found)):
        messages.success(request, _("Ended: its grants have it again."))
        return HttpResponseRedirect(reverse("funding_commitments"))
    context = commitments_context(viewer, request.GET, form)
    return render(request, "funding/commitments.html", context, status=CHANGED)
