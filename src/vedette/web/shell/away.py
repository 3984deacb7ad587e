"""The answers while the database is away (503) or its disk is full (507), as a page or as JSON, wherever it was met."""

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

log = structlog.get_logger("vedette.web")


def wants_json(request: HttpRequest) -> bool:
    """Whether the asker reads JSON rather than a page."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def is_away(error: BaseException | None) -> bool:
    """Whether an error means that the database is away rather than that a statement was wrong."""
    return isinstance(error, OperationalError | InterfaceError) or type(error).__name__ == "PoolTimeout"


def away_page(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The 503 answer: nothing was stored, and the asker is told to try again in 5 s."""
    log.error("database.away", error=type(error).__name__)
    if wants_json(request):
        facts = {
            "error": "database-away",
            "reason": "The database cannot be reached. Nothing was stored; send it again.",
        }
        response: HttpResponse = JsonResponse(facts, status=503)
    else:
        response = render(request, "shell/503.html", status=503)
    response["Retry-After"] = "5"
    return response


def is_full(error: BaseException | None) -> bool:
    """Whether the database said that its disk is full (SQLSTATE 53100)."""
    return getattr(error, "sqlstate", getattr(getattr(error, "__cause__", None), "sqlstate", "")) == "53100"


def full_page(request: HttpRequest) -> HttpResponse:
    """The 507 answer: nothing of this was stored, all that was stored before is kept and can be read."""
    log.error("disk.full")
    if wants_json(request):
        facts = {
            "error": "disk-full",
            "reason": "The server's disk is full. Nothing of this was stored; all that was stored before is kept.",
            "way_out": "Keep it and send it again under the same id: it goes in once the administrator has made room.",
        }
        response: HttpResponse = JsonResponse(facts, status=507)
    else:
        response = render(request, "shell/507.html", status=507)
    response["Retry-After"] = "30"
    return response
