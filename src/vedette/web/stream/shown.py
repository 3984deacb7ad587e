"""What was pushed to open screens is written down as shown: gathered for a moment, then one entry a viewer.

What goes to a seat behind broken glass does not wait here: `broadcast.handed_out` writes it before it goes out.
"""

import asyncio
import uuid
from collections.abc import Iterable

import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from vedette.agencies.viewer import Viewer
from vedette.handling.actions import log_shown

log = structlog.get_logger("vedette.live")
GATHER_SECONDS = 2.0


class Shown:
    """The rows that were pushed and not yet written down, by viewer."""

    def __init__(self) -> None:
        self.waiting: dict[Viewer, dict[uuid.UUID, None]] = {}
        self.task: asyncio.Task[None] | None = None

    def note(self, sheet: uuid.UUID, viewers: Iterable[Viewer]) -> None:
        """This row was just handed to these viewers."""
        for viewer in viewers:
            self.waiting.setdefault(viewer, {})[sheet] = None
        if self.waiting and (self.task is None or self.task.done()):
            self.task = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        while self.waiting:
            await asyncio.sleep(GATHER_SECONDS)
            taken, self.waiting = self.waiting, {}
            try:
                await sync_to_async(_write, thread_sensitive=False)(taken)
            except Exception as error:
                # A database that is away must not lose what was shown: it is written with the next.
                log.error("live.shown_not_kept", error=type(error).__name__, viewers=len(taken))
                for viewer, sheets in taken.items():
                    self.waiting[viewer] = {**sheets, **self.waiting.get(viewer, {})}


def _write(shown: dict[Viewer, dict[uuid.UUID, None]]) -> None:
    close_old_connections()
    log_shown(shown)
