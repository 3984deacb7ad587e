"""The one form of an error answer: error, field, reason, way_out."""

from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import ValidationError

from vedette.handling.doors import viewer_of_request
from vedette.handsets.errors import AnotherSeat, NotKnown, Revoked
from vedette.kit.errors import Conflict, Forbidden, Missing, NoRoom, Refused
from vedette.sharing.purge_orders import tombstone

log = structlog.get_logger("vedette.api")
STATUSES: dict[type[Exception], int] = {NoRoom: 507, Refused: 422, Forbidden: 403, Missing: 404, Conflict: 409}
# What a phone is told: to wipe itself, or to sign in (as its own seat) and to send again.
STATUSES |= {Revoked: 410, NotKnown: 401, AnotherSeat: 401}


def _kind(error: Exception | type[Exception]) -> type[Exception]:
    return error if isinstance(error, type) else type(error)


def answer_error(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A named error of the house as JSON; 410 for what the asker would see had it not been purged."""
    match = request.resolver_match
    named = [str(value) for value in match.kwargs.values()] if match and _kind(error) is Missing else []
    purged = tombstone(viewer_of_request(request), named) if named else None
    if purged is not None:
        said = {"error": "purged", "reason": f"{purged.reference} was purged by order {purged.order}.", "at": purged.at}
        return JsonResponse(said, status=410)
    facts: dict[str, Any] = {"error": _kind(error).__name__.lower(), "reason": str(error)}
    for name in ("field", "way_out"):
        if getattr(error, name, ""):
            facts[name] = getattr(error, name)
    return JsonResponse(facts, status=STATUSES[_kind(error)])


def answer_keyless(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The master key is away: nothing was stored, and it may come back; where it should lie is told in the log alone."""
    log.error("key.away", error=str(error))
    said = {
        "error": "key-away",
        "reason": "The server’s master key cannot be used. Nothing was stored; send it again later.",
    }
    return JsonResponse(said, status=503)


def answer_invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """A body that does not have the form: the first field that is wrong, and why."""
    found: list[dict[str, Any]] = getattr(error, "errors", [])
    first = found[0] if found else {}
    where = [str(part) for part in first.get("loc", ()) if part not in ("body", "draft", "payload")]
    facts = {
        "error": "refused",
        "field": ".".join(where) or "body",
        "reason": str(first.get("msg", "It does not have the form that is asked for.")),
        "way_out": "See /api/v1/openapi.json for the form.",
    }
    return JsonResponse(facts, status=422)
