"""Posts that another department shares: the list, a new share, its end."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.funding.actions import end_share, see_funding, share_post
from vedette.funding.models import Category
from vedette.funding.queries import shares
from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Missing
from vedette.web.funding.forms import ShareForm
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking, BecauseForm

CHANGED = 422


def shares_context(viewer: Viewer | None, refused: Asking | None = None) -> dict[str, Any]:
    """Every share, those in force first, each with the form that ends it."""
    rows = shares()
    see_funding(viewer, [row.id for row in rows])
    listed = [
        {
            "row": row,
            "part": row.part / 100,
            "categories": [Category(one).label for one in row.rule.categories],
            "end": refused if refused and refused.name == f"end-{row.id}" else BecauseForm(f"end-{row.id}"),
        }
        for row in rows
    ]
    return {**frame(viewer, "shared"), "rows": listed}


@door("see_funding")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which departments share which posts, in which part, under which clause and rule."""
    return render(request, "funding/shared.html", shares_context(viewer_of_request(request)))


@door("share_post")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Share a post."""
    viewer, form = viewer_of_request(request), ShareForm("new", request.POST or None)
    if request.method == "POST" and form.taken(partial(share_post, viewer)):
        messages.success(
            request, _("It is shared from today on; its rule pays once the department’s grant is entered.")
        )
        return HttpResponseRedirect(reverse("funding_shared"))
    context = {**frame(viewer, "shared"), "form": form}
    return render(request, "funding/new_share.html", context, status=CHANGED if form.errors else 200)


@door("end_share")
@require_POST
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a share."""
    viewer, form = viewer_of_request(request), BecauseForm(f"end-{key}", request.POST)
    found = next((row for row in shares() if row.id == key), None)
    if found is None:
        raise Missing
    if form.taken(partial(end_share, viewer, share=found)):
        messages.success(request, _("The share is ended."))
        return HttpResponseRedirect(reverse("funding_shared"))
    return render(request, "funding/shared.html", shares_context(viewer, form), status=CHANGED)
