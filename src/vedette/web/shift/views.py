"""The shift: who is on duty and how to reach them, the log of the watch, the handover in one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import set_duty
from vedette.alerts.queries import on_duty
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.policy import may
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id
from vedette.kit.said import in_words
from vedette.response.actions import hand_over, write_shift
from vedette.response.queries import unit_by
from vedette.response.shift import relief_for, seat_of_desk, sergeants, watch_now


@door("write_shift", serves="shift")
@require_GET
def shift(request: HttpRequest) -> HttpResponse:
    """The whole shift; `?part=log` gives the log alone."""
    context = _context(viewer_of_request(request))
    return render(request, "shift/log.html" if request.GET.get("part") else "shift/page.html", context)


@door("write_shift", serves="shift.handover")
@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    """Everything that is open, on one page of paper."""
    return render(request, "shift/handover.html", _context(viewer_of_request(request)))


@door("write_shift")
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write a line in the log (POST text)."""
    viewer, problem = viewer_of_request(request), ""
    try:
        write_shift(viewer, text=request.POST.get("text", ""))
    except Refused as refusal:
        problem = f"{refusal} {refusal.way_out}"
    if request.headers.get("HX-Request"):
        return render(request, "shift/log.html", {**_context(viewer), "problem": problem, "typed": request.POST})
    return _back(request, problem)


@door("set_duty")
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """Say who is on a duty of the desk, or is a unit's duty sergeant (POST duty or sergeant:UNIT, seat, reach)."""
    viewer, posted = viewer_of_request(request), request.POST
    seat = seat_of_desk(viewer, parse_id(posted.get("seat", "")))
    if seat is None:
        return _back(request, _("Choose who is on duty."))
    name, _colon, unit = posted.get("duty", "").partition(":")
    try:
        set_duty(viewer, duty=name, seat=seat, unit=unit_by(unit), reach=posted.get("reach", ""))
    except Refused as refusal:
        return _back(request, in_words(refusal))
    return _back(request, "", _("The roster is set."))


@door("hand_over")
@require_POST
def give_over(request: HttpRequest) -> HttpResponse:
    """Hand the watch over (POST to, note, reach)."""
    viewer, posted = viewer_of_request(request), request.POST
    seat = seat_of_desk(viewer, parse_id(posted.get("to", "")))
    if seat is None:
        return _back(request, _("Choose who relieves."))
    items = watch_now(viewer).open_items
    try:
        hand_over(viewer, to=seat, note=posted.get("note", ""), reach=posted.get("reach", ""), open_items=items)
    except Refused as refusal:
        return _back(request, f"{refusal} {refusal.way_out}")
    return _back(request, "", _("%(who)s has the watch.") % {"who": seat.label})


def _context(viewer: Viewer | None) -> dict[str, Any]:
    standing = on_duty("watch")
    return {
        "watch": watch_now(viewer),
        "relief": [seat for seat in relief_for(viewer) if standing is None or seat.id != standing.seat_id],
        "desk": relief_for(viewer),
        "sergeants": sergeants(viewer),
        "may_set": may(viewer, "set_duty").allowed,
        "may_hand_over": may(viewer, "hand_over").allowed,
    }


def _back(request: HttpRequest, problem: str, said: str = "") -> HttpResponse:
    if problem:
        messages.error(request, problem)
    elif said:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("shift"))
