"""Keeping the outbox short, and waiting for its wake-ups outside the web server."""

import threading
from collections.abc import Callable

import psycopg
import structlog
from django.db import transaction

from vedette.kit.time import real_now
from vedette.live.actions import CHANNEL
from vedette.live.hub import hub
from vedette.live.models import Event
from vedette.live.queries import KEPT

log = structlog.get_logger("vedette.live")
BATCH = 5000
# How long one wait for a wake-up lasts before the caller's stop sign is looked at again.
LOOK_AGAIN = 0.5


@transaction.atomic
def prune_outbox(limit: int = BATCH) -> int:
    """Drop events older than a day, a batch at a time; rows that another process holds are left to it."""
    old = Event.objects.filter(at__lt=real_now() - KEPT).order_by("seq")
    taken = list(old.select_for_update(skip_locked=True).values_list("seq", flat=True)[:limit])
    if taken:
        Event.objects.filter(seq__in=taken).delete()
    return len(taken)


def wait_for_wakeups(stop: threading.Event, wake: Callable[[], None]) -> None:
    """Call `wake` at every happening until `stop`; after a lost connection it listens again and wakes once."""
    pause = LOOK_AGAIN
    while not stop.is_set():
        try:
            with psycopg.connect(hub().conninfo, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                pause = LOOK_AGAIN
                wake()
                while not stop.is_set():
                    for _ in connection.notifies(timeout=LOOK_AGAIN, stop_after=1):
                        wake()
        except (psycopg.Error, OSError) as error:
            log.warning("live.wakeups_lost", error=type(error).__name__)
            stop.wait(pause)
            pause = min(2 * pause, 10.0)
