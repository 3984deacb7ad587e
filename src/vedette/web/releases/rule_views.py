"""Standing rules: the list, a new one, its end; and a draft of one set aside."""

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
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may, require
from vedette.kit.errors import Conflict, Missing, Refused
from vedette.kit.ids import parse_id
from vedette.sharing.actions import end_standing_rule, read_standing_rules, set_draft_aside, write_standing_rule
from vedette.sharing.proving import proved_viewer
from vedette.sharing.queries import access_release
from vedette.sharing.rules import rule_by_id
from vedette.web.programme.forms import Asking, BecauseForm
from vedette.web.releases.context import desk_context, tabs
from vedette.web.releases.rule_forms import RuleForm

CHANGED, PROVE = 422, "prove"


def _may_write(viewer: Viewer | None) -> bool:
    """Whether the verb is his at all; a proof is asked for when he does it."""
    decision = may(viewer, "write_standing_rule")
    return decision.allowed or decision.way_out == PROVE


def _list(viewer: Viewer | None, refused: Asking | None = None) -> dict[str, Any]:
    """Every rule, those in force first, each with the form that ends it."""
    rows = [
        {
            "row": row,
            "end": refused if refused and refused.name == f"end-{row.rule.id}" else BecauseForm(f"end-{row.rule.id}"),
        }
        for row in read_standing_rules(viewer)
    ]
    return {
        "rows": rows,
        "tabs": tabs(viewer, "standing_rules"),
        "may_write": _may_write(viewer),
        "may_end": may(viewer, "end_standing_rule").allowed,
        "counts": viewer is not None and viewer.on_desk,
    }


@door("see_standing_rules", serves="standing rules")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which rules draft for which partner, until when, and what waits for a signature under them."""
    return render(request, "releases/standing.html", _list(viewer_of_request(request)))


@door("see_standing_rules")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write and sign a rule; the verb asks who one is once more."""
    viewer, form = viewer_of_request(request), RuleForm("rule", request.POST or None)
    if not _may_write(viewer):
        require(viewer, "write_standing_rule")
    if request.method == "POST" and form.taken(partial(write_standing_rule, proved_viewer(request))):
        messages.success(request, _("The rule is signed. It drafts; a person releases."))
        return HttpResponseRedirect(reverse("standing_rules"))
    context = {"form": form, "tabs": tabs(viewer, "standing_rules")}
    return render(request, "releases/new_rule.html", context, status=CHANGED if form.errors else 200)


@door("end_standing_rule", serves="standing rules")
@require_POST
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a rule at once (POST because)."""
    viewer, form = viewer_of_request(request), BecauseForm(f"end-{key}", request.POST)
    found = rule_by_id(key)
    if found is None:
        raise Missing
    if form.taken(partial(end_standing_rule, viewer, rule=found)):
        messages.success(request, _("The rule is ended; nothing more is drafted under it."))
        return HttpResponseRedirect(reverse("standing_rules"))
    return render(request, "releases/standing.html", _list(viewer, form), status=CHANGED)


@door("set_draft_aside", serves="release")
@require_POST
def aside(request: HttpRequest, key: str) -> HttpResponse:
    """Set a draft of a rule aside (POST because): nobody is chased for it any more."""
    viewer = viewer_of_request(request)
    row = access_release(viewer, parse_id(key))
    try:
        set_draft_aside(viewer, release=row, because=request.POST.get("because", ""))
    except (Refused, Conflict) as problem:
        context = {**desk_context(viewer, row), "problem": problem, "typed": request.POST}
        return render(request, "releases/desk.html", context, status=CHANGED)
    return HttpResponseRedirect(reverse("release", args=[row.pk]))
