"""B4's floor: the same stream, the same wake-ups, one row rendered once for everyone; no sign-in, no policy."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from _house import ready

ready()

from asgiref.sync import sync_to_async  # noqa: E402
from django.db import close_old_connections  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402

from vedette.live.hub import hub  # noqa: E402
from vedette.reporting.models import Grade, Reading, Report, Version  # noqa: E402
from vedette.reporting.queries import ReportRow  # noqa: E402

Scope = dict[str, Any]
queues: set[asyncio.Queue[str]] = set()
tasks: list[asyncio.Task[None]] = []
PARTS = ("sheet", "sheet__access_class", "sheet__originator", "post", "source")


def row(key: uuid.UUID) -> str:
    """The desk's row of a report, read without asking who looks."""
    close_old_connections()
    report = Report.objects.as_house("floor").select_related(*PARTS).get(pk=key)
    version = Version.objects.as_house("floor").filter(report=key).order_by("-number")[0]
    grade = Grade.objects.as_house("floor").filter(report=key, claim__isnull=True, until__isnull=True).first()
    reading = Reading.objects.as_house("floor").filter(report=key).first()
    shown = ReportRow(report, version, grade, reading)
    return render_to_string("desk/row.html", {"row": shown, "home_zone": "America/New_York", "home_city": "New York"})


async def fan_out() -> None:
    """Each happening rendered once, handed to all."""
    async with hub().subscribe() as happenings:
        while True:
            happening = await happenings.get()
            if happening is None or happening[1] != "report.filed":
                continue
            seq, kind, ids = happening
            html = await sync_to_async(row, thread_sensitive=False)(uuid.UUID(ids[0]))
            data = json.dumps({"seq": seq, "kind": kind, "id": ids[0], "html": html})
            for queue in list(queues):
                queue.put_nowait(f"id: {seq}\ndata: {data}\n\n")


async def hung_up(receive: Callable[[], Awaitable[Any]]) -> None:
    """Ends when the client hangs up."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def application(
    scope: Scope, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Answer the stream; anything else is 204."""
    if scope["path"] != "/live/events":
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    if not tasks:
        tasks.append(asyncio.create_task(fan_out()))
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    queue: asyncio.Queue[str] = asyncio.Queue()
    queues.add(queue)
    gone = asyncio.create_task(hung_up(receive))
    try:
        await send({"type": "http.response.body", "body": b"event: hello\ndata: {}\n\n", "more_body": True})
        while not gone.done():
            waiting = asyncio.create_task(queue.get())
            done, _ = await asyncio.wait({waiting, gone}, timeout=15, return_when=asyncio.FIRST_COMPLETED)
            if waiting not in done:
                waiting.cancel()
                continue
            await send({"type": "http.response.body", "body": waiting.result().encode(), "more_body": True})
    finally:
        gone.cancel()
        queues.discard(queue)
