"""The control bar of a demonstration: pause, speed, jump, progress; and the player's own door."""

import datetime
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from vedette.exercises.actions import record_progress, set_replay_clock, step_now
from vedette.exercises.queries import replay
from vedette.handling.doors import PUBLIC, door, viewer_of_request
from vedette.kit.errors import Missing, Refused
from vedette.kit.time import now, shown_clock

SPEEDS = (1, 10, 60, 300)


@door(PUBLIC)
@require_GET
def bar(request: HttpRequest) -> HttpResponse:
    """The bar itself, for every page of a demonstration."""
    return _bar(request)


def _bar(request: HttpRequest) -> HttpResponse:
    row = replay()
    if row is None:
        raise Missing
    clock = shown_clock()
    return render(request, "replay/bar.html", {"replay": row, "clock": clock, "speeds": SPEEDS})


@door(PUBLIC)
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Where the shown clock and the replay stand, as JSON."""
    return _state()


def _state() -> HttpResponse:
    row, clock = replay(), shown_clock()
    if row is None or clock is None:
        raise Missing
    return JsonResponse(
        {
            "chronology": row.chronology,
            "sent": row.sent,
            "total": row.total,
            "shown": now().isoformat(),
            "speed": clock.speed,
            "paused": clock.paused,
            "skip_quiet": row.skip_quiet,
        }
    )


@door("set_clock")
@require_POST
def clock(request: HttpRequest) -> HttpResponse:
    """Set the shown clock: paused, speed, jump=next, to=<moment>."""
    asked = _asked(request)
    set_replay_clock(viewer_of_request(request), **asked)
    return _bar(request) if request.headers.get("HX-Request") else _state()


@door("set_clock")
@require_POST
def progress(request: HttpRequest) -> HttpResponse:
    """The player says how far it is."""
    told = json.loads(request.body)
    next_at = datetime.datetime.fromisoformat(told["next_at"]) if told.get("next_at") else None
    record_progress(sent=int(told["sent"]), next_at=next_at, said=str(told.get("said", "")))
    return JsonResponse({})


@door("set_clock")
@require_POST
def step(request: HttpRequest) -> HttpResponse:
    """Run what is due now: clocks, sealing."""
    return JsonResponse(step_now(viewer_of_request(request)))


def _asked(request: HttpRequest) -> dict[str, Any]:
    given: dict[str, Any] = (
        json.loads(request.body) if request.content_type == "application/json" else request.POST.dict()
    )
    asked: dict[str, Any] = {"jump": given.get("jump", "")}
    if str(given.get("paused", "")) != "":
        asked["paused"] = str(given["paused"]).lower() in ("1", "true")
    try:
        asked["speed"] = float(given["speed"]) if given.get("speed") else None
        asked["to"] = datetime.datetime.fromisoformat(given["to"]) if given.get("to") else None
    except ValueError as error:
        raise Refused(
            "clock", "This is not a number or not a moment.", "Send speed=60 or to=2015-11-13T21:27:00+01:00."
        ) from error
    return asked
