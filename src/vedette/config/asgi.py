"""The ASGI door: bodies are bounded, the event stream answers by itself, everything else is Django's."""

import io
import os
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
# One numeric thread: the server has its own threads, and more only take each other's turn.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import django
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from vedette.web.shell.away import wants_json

django.setup(set_prefix=False)
# Only now: the handler builds the middleware and the stream's door reads tables, and the line above sets the house up.
_django = import_module("vedette.config.threads").ThreadedHandler()
stream = import_module("vedette.web.stream.door").stream
_policy: str = import_module("vedette.config.middleware").POLICY

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# The largest attachment is 25 MB; Django would write any body to disk before a view could refuse it.
LARGEST_BODY = 32 * 1024 * 1024
TOO_LARGE = b'{"error": "refused", "field": "body", "reason": "It is larger than 32 MB.", "way_out": "Send it in smaller parts."}'


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand the event stream to its own door, so that no sync middleware ever holds a thread for it."""
    if scope["type"] != "http":
        return
    scope = {**scope, "headers": one_cookie(scope["headers"])}
    if scope["path"] == "/live/events":
        await stream(scope, receive, send)
    elif _stated_length(scope) > LARGEST_BODY:
        await _refuse(scope, send)
    else:
        await _django(scope, _bounded(receive), send)


def one_cookie(headers: Headers) -> Headers:
    """The headers with their cookies in one: HTTP/2 sends each by itself, and they belong together (RFC 9113 section 8.2.3)."""
    cookies = [value for name, value in headers if name == b"cookie"]
    if len(cookies) < 2:
        return headers
    return [*((name, value) for name, value in headers if name != b"cookie"), (b"cookie", b"; ".join(cookies))]


def _stated_length(scope: Scope) -> int:
    """The length a request says its body has; 0 when it says none or nonsense."""
    stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(stated) if stated.isdigit() else 0


def _bounded(receive: Receive) -> Receive:
    """A body without a stated length is cut off as if the asker had gone, once it grows past the limit."""
    seen = 0

    async def bounded() -> dict[str, Any]:
        nonlocal seen
        event = await receive()
        seen += len(event.get("body", b""))
        return {"type": "http.disconnect"} if seen > LARGEST_BODY else event

    return bounded


async def _refuse(scope: Scope, send: Send) -> None:
    request = ASGIRequest(scope, io.BytesIO())
    as_page = "text/html" in request.headers.get("Accept", "") and not wants_json(request)
    kind = b"text/html; charset=utf-8" if as_page else b"application/json"
    headers = [(b"content-type", kind), (b"content-security-policy", _policy.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _too_large(request) if as_page else TOO_LARGE})


def _too_large(request: HttpRequest) -> bytes:
    """The page that says so, in the reader's language; his session was not read, so it knows nobody."""
    with translation.override(translation.get_language_from_request(request)):
        return render_to_string("shell/413.html").encode()
