"""One listener a process: PostgreSQL's wake-ups, in commit order, handed to every open stream's bounded queue."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import structlog

from vedette.live.actions import CHANNEL

log = structlog.get_logger("vedette.live")
QUEUE = 256
RETRY_SECONDS = 1.0

Happening = tuple[int, str, tuple[str, ...]]


class Hub:
    """Fans out happenings; a stream that falls a whole queue behind is told to reload rather than held in memory."""

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo
        self.queues: set[asyncio.Queue[Happening | None]] = set()
        self.task: asyncio.Task[None] | None = None
        self.connected = False

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[asyncio.Queue[Happening | None]]:
        """A queue of happenings from now on; None in it means: reload, something may have been missed."""
        queue: asyncio.Queue[Happening | None] = asyncio.Queue(QUEUE)
        self.queues.add(queue)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._listen())
        try:
            yield queue
        finally:
            self.queues.discard(queue)

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.conninfo, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    if not self.connected:
                        self._offer(None)
                    self.connected = True
                    async for notice in connection.notifies():
                        self._offer(_parse(notice.payload))
            except (psycopg.Error, OSError) as error:
                log.warning("live.listener_lost", error=type(error).__name__)
            self.connected = False
            await asyncio.sleep(RETRY_SECONDS)

    def _offer(self, happening: Happening | None) -> None:
        for queue in self.queues:
            try:
                queue.put_nowait(happening)
            except asyncio.QueueFull:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(None)


def _parse(payload: str) -> Happening:
    seq, kind, ids = json.loads(payload)
    return int(seq), str(kind), tuple(str(item) for item in ids)


_hubs: dict[str, Hub] = {}


def hub() -> Hub:
    """The process's hub for the configured database."""
    from django.db import connection

    parameters: dict[str, Any] = connection.get_connection_params()
    # Every word of the address counts (sslmode, certificates); what is Django's own is left out.
    words = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    wanted = {key: value for key, value in parameters.items() if key in words and value not in (None, "")}
    conninfo = psycopg.conninfo.make_conninfo(**wanted)
    return _hubs.setdefault(conninfo, Hub(conninfo))
