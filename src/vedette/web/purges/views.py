"""Purges: the orders, asking for one with what it would take, and a second person's decision."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vedette.agencies.viewer import Viewer
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.ids import parse_id
from vedette.sharing.actions.purging import approve_purge, order_purge, refuse_purge
from vedette.sharing.proving import proved_viewer
from vedette.sharing.purge_orders import access_order, orders, proposal_for
from vedette.web.audit.frame import page
from vedette.web.purges.forms import AskForm, RefuseForm
from vedette.web.reports.typed import say_refusal

PROVE = "prove"


@door("see_purges", serves="purges")
@require_GET
def orders_page(request: HttpRequest) -> HttpResponse:
    """The purge orders: those that wait, then the newest."""
    return page(request, "purges/list", "purges", {"orders": orders(viewer_of_request(request))})


@door("see_purges", serves="purges.ask")
@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What a purge would take along, and asking for it (POST do=look looks for words; do=ask asks)."""
    viewer, asked = viewer_of_request(request), request.POST.get("do") == "ask"
    form = AskForm(request.POST if asked else None, initial=request.POST.dict())
    found = proposal_for(viewer, reference, request.POST.get("words", ""))
    ticked = request.POST.getlist("also") if asked else [str(row.sheet.id) for row in found.others if row.ticked]
    if asked and form.is_valid():
        try:
            order = order_purge(proved_viewer(request), sheet=found.sheet.id, also=_keys(ticked), **form.cleaned_data)
        except (Refused, Conflict, Forbidden) as problem:
            _say(form, problem)
        else:
            messages.success(request, _("It waits for a second person. Nothing is purged before."))
            return HttpResponseRedirect(reverse("purge_order", args=[order.id]))
    context = {"found": found, "form": form, "ticked": ticked, "may_ask": _may(viewer, "order_purge")}
    return page(request, "purges/ask", "purges", context, status=422 if form.errors else 200)


def _keys(texts: list[str]) -> list[uuid.UUID]:
    return [key for text in texts if (key := parse_id(text))]


def _may(viewer: Viewer | None, verb: str) -> bool:
    """Whether the verb is his at all; a proof is asked for when he does it."""
    decision = may(viewer, verb)
    return decision.allowed or decision.way_out == PROVE


def _say(form: AskForm | RefuseForm, problem: Refused | Conflict | Forbidden) -> None:
    if isinstance(problem, Forbidden) and problem.way_out == PROVE:
        raise problem
    say_refusal(form, problem)


@door("see_purges", serves="purges")
@require_GET
def order_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One order: what it takes and leaves, and what came of it."""
    return _order(request, key, RefuseForm())


def _order(request: HttpRequest, key: uuid.UUID, form: RefuseForm, status: int = 200) -> HttpResponse:
    viewer = viewer_of_request(request)
    order = access_order(viewer, key)
    context = {"order": order, "form": form, "may_decide": _may(viewer, "approve_purge")}
    return page(request, "purges/order", "purges", context, status=status)


@door("see_purges", serves="purges")
@require_POST
def decide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A second person's word (POST do=approve or do=refuse with because)."""
    viewer, form = proved_viewer(request), RefuseForm(request.POST)
    try:
        if request.POST.get("do") == "approve":
            approve_purge(viewer, order=key)
            said = _("It is purged. What is left in older backups is the administrator’s to remove.")
        else:
            refuse_purge(viewer, order=key, because=request.POST.get("because", ""))
            said = _("It is refused. Nothing was purged.")
    except (Refused, Conflict, Forbidden) as problem:
        form.is_valid()
        form.errors.clear()
        _say(form, problem)
        return _order(request, key, form, status=422)
    messages.success(request, said)
    # Whoever saw the order by its record may see it no longer: the record is gone.
    done = request.POST.get("do") == "approve"
    return HttpResponseRedirect(reverse("purges") if done else reverse("purge_order", args=[key]))
