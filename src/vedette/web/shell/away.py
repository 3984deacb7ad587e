"""The answer while the database is away: 503, as a page or as JSON, wherever on the way the connection was missed."""

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
