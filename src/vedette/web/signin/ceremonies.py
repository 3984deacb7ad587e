"""The browser's half of a passkey ceremony comes as JSON: first asking what to do, then with the device's answer."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from vedette.kit.errors import Refused


def ceremony(
    request: HttpRequest, ask: Callable[[], dict[str, Any]], take: Callable[[dict[str, Any], dict[str, str]], str]
) -> HttpResponse:
    """Answer the first step with what the device is asked, the second with where to go; `take` gets answer and fields."""
    body = _body(request)
    answer = body.get("answer")
    if answer is None:
        return JsonResponse(ask())
    if not isinstance(answer, dict):
        raise Refused("passkey", "The device's answer cannot be read.", "Try again.")
    fields = {str(name): str(value) for name, value in body.items() if name != "answer"}
    return JsonResponse({"go": take(answer, fields)})


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused("passkey", "What the page sent cannot be read.", "Load it anew and try again.")
    return body
