"""The desk's verbs on a response: start, give, deploy, decide, end; and what it writes down for a unit."""

import uuid
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vedette.handling.actions import open_one
from vedette.handling.doors import door, viewer_of_request
from vedette.incidents.models import Incident
from vedette.kit.errors import Conflict, Refused
from vedette.kit.ids import parse_id
from vedette.response.actions import (
    acknowledge_order,
    complete_order,
    decide,
    decline_order,
    deploy,
    end_deployment,
    end_run,
    give_task,
    pass_on,
    start_run,
)
from vedette.response.queries import Order, access_deployment, access_order, access_run, site_by, unit_by
from vedette.web.response.context import order_context
from vedette.web.response.forms import DecideForm, DeployForm, EndForm, GiveForm, after
from vedette.web.response.panes import done, pane


@door("start_run")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a response (POST incident, and a playbook where one was chosen)."""
    viewer = viewer_of_request(request)
    incident = open_one(viewer, Incident, parse_id(request.POST.get("incident", "")))
    chosen = request.POST.get("playbook", "")
    run = start_run(viewer, incident=incident, playbook=chosen) if chosen else start_run(viewer, incident=incident)
    return HttpResponseRedirect(reverse("response_board", args=[run.pk]))


@door("give_task")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Add a task to a response."""
    viewer = viewer_of_request(request)
    run, form = access_run(viewer, key), GiveForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        due = after(said.pop("due"))
        if due is not None:
            give_task(viewer, run=run, unit=unit_by(said.pop("unit")), due_at=due, **said)

    return _form(request, form, act, title=_("Add a task"), said=_("The task is given."), key=key, sign="plus")


@door("deploy")
@require_http_methods(["GET", "POST"])
def deploy_unit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Order a unit to a site."""
    viewer = viewer_of_request(request)
    run, form = access_run(viewer, key), DeployForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        until, unit, site = after(said.pop("stays")), unit_by(said.pop("unit")), site_by(said.pop("site"))
        deploy(viewer, run=run, unit=unit, site=site, until=until, **said)

    return _form(request, form, act, title=_("Deploy a unit"), said=_("The order is out."), key=key, sign="map-pin")


@door("decide")
@require_http_methods(["GET", "POST"])
def take_decision(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down a decision."""
    viewer = viewer_of_request(request)
    run, form = access_run(viewer, key), DecideForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        decide(viewer, run=run, **{**said, "options": said["options"].splitlines()})

    return _form(request, form, act, title=_("Decide"), said=_("The decision is written down."), key=key, sign="scale")


@door("end_run")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End the response."""
    viewer = viewer_of_request(request)
    run, form = access_run(viewer, key), EndForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        end_run(viewer, run=run, **said)

    return _form(request, form, act, title=_("End this response"), said=_("The response has ended."), key=key, sign="x")


def _form(
    request: HttpRequest, form: Form, act: Any, *, title: str, said: str, key: uuid.UUID, sign: str
) -> HttpResponse:
    """Show a form in the pane; what is refused is said beside its field, and what was typed is kept."""
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
            return done(request, said, reverse("response_board", args=[key]))
        except (Refused, Conflict) as refusal:
            form.add_error(_field(form, refusal), f"{refusal} {refusal.way_out}".strip())
    status = 422 if form.errors else 200
    context = {"form": form, "title": title, "action": request.path, "sign": sign, "run_key": key}
    return pane(request, "response/form.html", context, status)


def _field(form: Form, refusal: Refused | Conflict) -> str | None:
    named = {"due_at": "due", "until": "stays"}.get(getattr(refusal, "field", ""), getattr(refusal, "field", ""))
    return named if named in form.fields else None


@door("acknowledge_order")
@require_POST
def acknowledge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down that a unit has it (POST because: who said so)."""
    return _say(request, key, "acknowledge", _("Acknowledged."))


@door("complete_order")
@require_POST
def complete(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down that it is done (POST outcome, evidence, because)."""
    return _say(request, key, "complete", _("Done."))


@door("decline_order")
@require_POST
def cannot(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down that it cannot be carried out (POST because)."""
    return _say(request, key, "cannot", _("Written down. Give it to another unit."))


@door("pass_on")
@require_POST
def hand_on(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give an order to another unit (POST unit, because)."""
    return _say(request, key, "pass_on", _("The order is out."))


@door("end_deployment")
@require_POST
def end_standing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a deployment (POST because)."""
    return _say(request, key, "end", _("The deployment has ended."))


def _say(request: HttpRequest, key: uuid.UUID, deed: str, said: str) -> HttpResponse:
    viewer = viewer_of_request(request)
    order = access_order(viewer, key)
    try:
        _deed(request, deed, order)
    except (Refused, Conflict) as refusal:
        field = getattr(refusal, "field", "")
        problem = {"deed": deed, "field": field, "text": f"{refusal} {refusal.way_out}".strip()}
        context = {**order_context(viewer, order), "problem": problem, "typed": request.POST}
        return pane(request, "response/order.html", context, 422)
    run = getattr(order, "run_id", None)
    return done(request, said, reverse("response_board", args=[run]) if run else reverse("response"))


def _deed(request: HttpRequest, deed: str, order: Order) -> None:
    viewer, posted = viewer_of_request(request), request.POST
    because = posted.get("because", "")
    if deed == "acknowledge":
        acknowledge_order(viewer, order=order, because=because)
    elif deed == "complete":
        words = {name: posted.get(name, "") for name in ("outcome", "evidence")}
        complete_order(viewer, order=order, because=because, **words)
    elif deed == "cannot":
        decline_order(viewer, order=order, because=because)
    elif deed == "end":
        end_deployment(viewer, deployment=access_deployment(viewer, order.pk), because=because)
    else:
        unit = unit_by(posted.get("unit", ""))
        if unit is None:
            raise Refused("unit", "An order goes to a unit.", "Choose one of our own units.")
        pass_on(viewer, order=order, unit=unit, because=because)
