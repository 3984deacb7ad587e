"""Django behind the asynchronous door: a fixed set of threads, each of which keeps its database connection."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO, Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponseBase
from django.urls import set_script_prefix

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

# Python runs one of them at a time; the others wait for the database or the disk.
THREADS = 12


class ThreadedHandler(ASGIHandler):
    """Answers each request in one of a fixed set of threads; Django's own takes a thread and a connection anew (bench B10)."""

    def __init__(self) -> None:
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, answer in a thread, send the answer; who hung up while sending his body gets none."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        # A context of its own: what one request activates (a language) never stays for the next one in its thread.
        context, loop = contextvars.copy_context(), asyncio.get_running_loop()

        async def threaded(work: Callable[[], Any]) -> Any:
            return await loop.run_in_executor(self.threads, context.run, work)

        with body:
            response, content = await threaded(partial(self._answer, scope, body))
            await send(_start(response))
            if content is not None:
                await send({"type": "http.response.body", "body": content})
                return
            pieces = iter(response)
            try:
                while piece := await threaded(partial(next, pieces, b"")):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
            finally:
                await threaded(response.close)

    def _answer(self, scope: Scope, body: IO[bytes]) -> tuple[Any, bytes | None]:
        """The answer and its whole content; no content for one that is read piece by piece, and is still open then."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = refused if request is None else self.get_response(request)
        if response.streaming:
            return response, None
        response.close()
        return response, response.content


def _start(response: HttpResponseBase) -> dict[str, Any]:
    """The head of an answer as the asynchronous server wants it."""
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [(b"set-cookie", one.output(header="").strip().encode("ascii")) for one in response.cookies.values()]
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}
