"""A browser's open stream, driven through the real ASGI application."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections

from tests.cast import Cast
from vedette.agencies.session_store import SessionStore
from vedette.config.asgi import application


class Screen:
    """A browser's open stream: what came, and whether the house closed it."""

    def __init__(self, key: str, since: int | None = None) -> None:
        self.scope = {
            "type": "http", "method": "GET", "path": "/live/events",
            "query_string": b"" if since is None else f"since={since}".encode(),
            "headers": [(b"cookie", f"vedette_session={key}".encode())],
        }  # fmt: skip
        self.text, self.status, self.gone = "", 0, asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: dict[str, Any]) -> None:
        self.status = event.get("status", self.status)
        self.text += event.get("body", b"").decode()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(20):
            while words not in self.text:
                await asyncio.sleep(0.01)

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(line[6:]) for line in self.text.splitlines() if line.startswith('data: {"seq"')]


def look(
    cast: Cast, seats: list[str], story: Callable[[list[Screen]], Awaitable[None]], since: int | None = None
) -> list[Screen]:
    """Open a stream for each seat, let the story happen, and hang up; the database is asked from one thread of its own."""
    keys = [cast.signed_in(seat).cookies["vedette_session"].value for seat in seats]

    async def run() -> list[Screen]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        screens = [Screen(key, since) for key in keys]
        tasks = [asyncio.create_task(application(one.scope, one.receive, one.send)) for one in screens]
        try:
            for one in screens:
                await one.until("event: hello")
            await asyncio.sleep(0.3)
            await story(screens)
        finally:
            for one in screens:
                one.gone.set()
            await asyncio.gather(*tasks)
            await asyncio.get_running_loop().run_in_executor(None, connections.close_all)
        return screens

    return asyncio.run(run())


def session_of(screen: Screen) -> SessionStore:
    return SessionStore(screen.scope["headers"][0][1].decode().split("=")[1])


def aside(work: Callable[..., Any], *given: Any, **named: Any) -> Awaitable[Any]:
    return sync_to_async(work, thread_sensitive=False)(*given, **named)
