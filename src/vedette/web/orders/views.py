"""My orders: what my unit is asked to do, by when, on what basis; answered with one thumb; the sheet for roll call."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vedette.handling.doors import door, viewer_of_request
from vedette.kit.errors import Conflict, Refused
from vedette.response.actions import acknowledge_order, complete_order, decline_order, read_order
from vedette.response.orders import my_orders, one_order
from vedette.response.queries import Order, access_order, trail_of


@door("list", serves="orders")
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """Every order of my unit; `?part=lists` gives the lists alone."""
    found = my_orders(viewer_of_request(request))
    request.nav_counts = {"orders": (len(found.waiting), found.late > 0, "")}  # type: ignore[attr-defined]
    template = "orders/lists.html" if request.GET.get("part") else "orders/page.html"
    return render(request, template, {"orders": found})


@door("open_one", serves="orders.order")
@require_GET
def order(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One order in full; opening it leaves the unit's receipt."""
    return _one(request, read_order(viewer_of_request(request), key))


@door("list", serves="orders.roll-call")
@require_GET
def roll_call(request: HttpRequest) -> HttpResponse:
    """Today's sheet to read out at roll call."""
    return render(request, "orders/roll_call.html", {"orders": my_orders(viewer_of_request(request))})


@door("acknowledge_order")
@require_POST
def acknowledge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """We have it."""
    return _answer(request, key, "acknowledge", lambda viewer, row: acknowledge_order(viewer, order=row))


@door("complete_order")
@require_POST
def complete(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """It is done (POST outcome, evidence)."""
    words = {name: request.POST.get(name, "") for name in ("outcome", "evidence")}
    return _answer(request, key, "complete", lambda viewer, row: complete_order(viewer, order=row, **words))


@door("decline_order")
@require_POST
def cannot(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """We cannot, because (POST because, or a ready reason in `reason`)."""
    because = ": ".join(filter(None, (request.POST.get("reason", ""), request.POST.get("because", "").strip())))
    return _answer(request, key, "cannot", lambda viewer, row: decline_order(viewer, order=row, because=because))


def _answer(request: HttpRequest, key: uuid.UUID, deed: str, act: Callable[[Any, Order], Any]) -> HttpResponse:
    """Say it, then show the order as it stands now; a refusal stands beside what was typed."""
    viewer = viewer_of_request(request)
    row = access_order(viewer, key)
    try:
        act(viewer, row)
    except (Refused, Conflict) as refusal:
        return _one(request, row, problem={"deed": deed, "text": f"{refusal} {refusal.way_out}".strip()}, status=422)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("orders"))
    return render(request, "orders/lists.html", {"orders": my_orders(viewer)})


def _one(request: HttpRequest, order: Order, problem: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    viewer = viewer_of_request(request)
    row = one_order(viewer, order)
    own = viewer is not None and viewer.unit_id == order.unit_id
    context = {"row": row, "order": order, "own": own, "trail": trail_of(viewer, order), "problem": problem}
    inside = request.headers.get("HX-Request")
    return render(
        request,
        "orders/card.html" if inside else "orders/order.html",
        {**context, "typed": request.POST},
        status=status,
    )
