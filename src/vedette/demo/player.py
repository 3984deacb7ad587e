"""The player: sends each message through the officer's own door when the shown clock reaches it."""

import datetime
import threading
import time
from collections.abc import Callable

import httpx
import structlog

from vedette.demo.client import DoorRefused, moment
from vedette.demo.feed import Chronology, Message
from vedette.demo.people import Cast

log = structlog.get_logger("vedette.demo")
POLL_SECONDS = 0.25
QUIET = datetime.timedelta(minutes=30)
AWAY_SECONDS = 2.0


class Player:
    """Plays a chronology live, beside the people who look at it; a pause holds it, a jump takes it forward."""

    def __init__(self, cast: Cast, chronology: Chronology, desk: Desk | None) -> None:
        self.cast, self.chronology, self.on_filed = cast, chronology, on_filed
        self.ended = threading.Event()

    def run(self) -> None:
        """Send everything, then end; a server that is away is waited for, and what was sent twice is one."""
        waiting = list(self.chronology.messages)
        while waiting and not self.ended.is_set():
            try:
                state = self.cast.watch.get("/replay/state/")
                waiting = self._send_due(waiting, moment(state["shown"]))
                self._skip_quiet(waiting, state)
            except (httpx.HTTPError, DoorRefused) as error:
                log.warning("demo.waiting", error=str(error)[:300])
                time.sleep(AWAY_SECONDS)
            time.sleep(POLL_SECONDS)

    def _send_due(self, waiting: list[Message], shown: datetime.datetime) -> list[Message]:
        while waiting and waiting[0].at <= shown and not self.ended.is_set():
            message = waiting[0]
            receipt = self.cast.officer(message.post).post("/api/v1/reports", message.body)
            waiting = waiting[1:]
            self.tell(waiting, f"{receipt['reference']} filed")
            self.on_filed(message, receipt["id"])
        return waiting

    def tell(self, waiting: list[Message], said: str) -> None:
        """Say on the control bar how far the replay is."""
        sent = len(self.chronology.messages) - len(waiting)
        next_at = waiting[0].at.isoformat() if waiting else None
        self.cast.watch.post("/replay/progress/", {"sent": sent, "next_at": next_at, "said": said})

    def _skip_quiet(self, waiting: list[Message], state: dict[str, object]) -> None:
        """Hours in which nothing comes are stepped over, unless someone paused or switched that off."""
        if waiting and state["skip_quiet"] and not state["paused"]:
            quiet = waiting[0].at - moment(str(state["shown"]))
            if quiet > QUIET:
                self.cast.watch.post("/replay/clock/", {"jump": "next"})
