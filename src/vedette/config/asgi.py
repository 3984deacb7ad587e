"""The ASGI door: the event stream answers by itself, everything else is Django's."""

import os
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vedette.config.settings")
# One numeric thread: the server has its own threads, and more only take each other's turn.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from django.core.asgi import get_asgi_application

_django = get_asgi_application()
# Only now: the stream's door reads tables, and those exist once the line above has set the house up.
stream = import_module("vedette.web.stream.door").stream

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand the event stream to its own door, so that no sync middleware ever holds a thread for it."""
    if scope["type"] == "http" and scope["path"] == "/live/events":
        await stream(scope, receive, send)
    else:
        await _django(scope, receive, cast(Any, send))
