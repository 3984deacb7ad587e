"""The live stream as plain ASGI: server-sent events for one viewer, pinged, caught up, closed when the seat ends."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings

from vedette.agencies.open_sessions import session_in_force
from vedette.live.queries import newest, since
from vedette.web.language.asked import language_asked
from vedette.web.stream.broadcast import ENDED, Client, broadcaster

PING_SECONDS = 15
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve `GET /live/events`: 401 when nobody is signed in; `since` or Last-Event-ID catches up what was missed."""
    session = _session(scope)
    viewer = await sync_to_async(session_in_force, thread_sensitive=False)(session) if session else None
    if viewer is None:
        await send({"type": "http.response.start", "status": 401, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    language = language_asked(_cookie(scope, settings.LANGUAGE_COOKIE_NAME), _header(scope, b"accept-language"))
    async with broadcaster().client(viewer, session, language) as client:
        await _write(send, await _greeting(scope, client))
        gone = asyncio.create_task(_gone(receive))
        try:
            await _serve(client, send, gone)
        finally:
            gone.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _serve(client: Client, send: Send, gone: "asyncio.Task[None]") -> None:
    """Write what comes; at every ping, however busy the stream is, ask whether session and seat are what they were."""
    due = time.monotonic() + PING_SECONDS
    while not gone.done():
        message = await _next(client, gone, max(0.0, due - time.monotonic()))
        if message:
            await _write(send, message)
        if message == ENDED or gone.done():
            return
        if time.monotonic() < due:
            continue
        if not await sync_to_async(client.still_in_force, thread_sensitive=False)():
            await _write(send, ENDED)
            return
        await _write(send, ": ping\n\nevent: ping\ndata: {}\n\n")
        due = time.monotonic() + PING_SECONDS


async def _next(client: Client, gone: "asyncio.Task[None]", seconds: float) -> str:
    """The next message within so many seconds; empty when there was none, or the browser hung up."""
    waiting = asyncio.create_task(client.queue.get())
    done, _ = await asyncio.wait({waiting, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    if waiting in done:
        return waiting.result()
    waiting.cancel()
    return ""


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _greeting(scope: Scope, client: Client) -> str:
    """What was missed since the number the browser last saw; `reload` when that is too long ago to know."""
    asked = (
        _header(scope, b"last-event-id") or (parse_qs(scope.get("query_string", b"").decode()).get("since") or [""])[0]
    )
    if not asked.isdigit():
        seq = await sync_to_async(newest, thread_sensitive=False)()
        return f"retry: 2000\nid: {seq}\nevent: hello\ndata: {{}}\n\n"
    missed = await sync_to_async(since, thread_sensitive=False)(int(asked))
    if missed is None:
        seq = await sync_to_async(newest, thread_sensitive=False)()
        return f"retry: 2000\nid: {seq}\nevent: reload\ndata: {{}}\n\n"
    parts = await sync_to_async(client.catch_up, thread_sensitive=False)(missed)
    return "retry: 2000\n" + "".join(parts) + "event: hello\ndata: " + json.dumps({"caught_up": len(parts)}) + "\n\n"


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _session(scope: Scope) -> str:
    return _cookie(scope, settings.SESSION_COOKIE_NAME)


def _cookie(scope: Scope, name: str) -> str:
    cookie = SimpleCookie(_header(scope, b"cookie")).get(name)
    return cookie.value if cookie else ""
