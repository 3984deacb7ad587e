"""The player: sends each message through the officer's own door when the shown clock reaches it."""

import datetime
import threading
import time

import httpx
import structlog

from vedette.demo.client import DoorRefused, moment
from vedette.demo.desk import Desk
from vedette.demo.feed import Chronology
from vedette.demo.people import Cast

log = structlog.get_logger("vedette.demo")
POLL_SECONDS = 0.25
QUIET = datetime.timedelta(minutes=30)
AWAY_SECONDS = 2.0
BEFORE = datetime.timedelta(minutes=1)


class Player:
    """Plays a chronology live, beside the people who look at it; a pause holds it, a jump takes it forward."""

    def __init__(self, cast: Cast, chronology: Chronology, desk: Desk | None) -> None:
        self.cast, self.chronology, self.desk = cast, chronology, desk
        self.waiting = list(chronology.messages)
        self.ended = threading.Event()

    def run(self) -> None:
        """Send everything and let people act, until ended; a server that is away is waited for; what is sent twice is one."""
        while not self.ended.is_set():
            try:
                state = self.cast.watch.get("/replay/state/")
                shown = moment(state["shown"])
                self._send_due(shown)
                if self.desk:
                    self.desk.act(shown)
                self._skip_quiet(shown, state)
            except (httpx.HTTPError, DoorRefused) as error:
                log.warning("demo.waiting", error=str(error)[:300])
                time.sleep(AWAY_SECONDS)
            time.sleep(POLL_SECONDS)

    def _send_due(self, shown: datetime.datetime) -> None:
        while self.waiting and self.waiting[0].at <= shown and not self.ended.is_set():
            message = self.waiting[0]
            receipt = self.cast.officer(message.post).post("/api/v1/reports", message.body)
            self.waiting = self.waiting[1:]
            self.tell(f"{receipt['reference']} filed")
            if self.desk:
                self.desk.take(message, receipt)

    def tell(self, said: str) -> None:
        """Say on the control bar how far the replay is."""
        sent = len(self.chronology.messages) - len(self.waiting)
        next_at = self.waiting[0].at.isoformat() if self.waiting else None
        self.cast.watch.post("/replay/progress/", {"sent": sent, "next_at": next_at, "said": said})

    def _skip_quiet(self, shown: datetime.datetime, state: dict[str, object]) -> None:
        """Hours in which nothing comes are stepped over, unless someone paused or switched that off."""
        if not self.waiting or not state["skip_quiet"] or state["paused"]:
            return
        planned = self.desk.next_due() if self.desk else None
        upcoming = self.waiting[0].at
        if min(upcoming, planned or upcoming) - shown <= QUIET:
            return
        # What people have planned comes in its time too: nobody is jumped over, and none is late for it.
        first = planned - BEFORE if planned and planned < upcoming else None
        self.cast.watch.post("/replay/clock/", {"to": first.isoformat()} if first else {"jump": "next"})
