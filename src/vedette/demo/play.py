"""One whole chronology played without waiting: the clock is set to each moment at which anybody does anything."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from vedette.demo.desk import Desk
from vedette.demo.feed import Chronology, Message
from vedette.demo.people import Cast

LATER = datetime.timedelta(minutes=30)
# What is planned for later than this after the last message is left to days that are not played.
LINGERS = datetime.timedelta(hours=6)


class Play:
    """Sends every message at its moment; between them, whoever has something to do does it at his."""

    def __init__(self, cast: Cast, chronology: Chronology) -> None:
        self.cast, self.chronology = cast, chronology
        self.desk = Desk(cast, chronology.title)
        self.receipts: dict[str, dict[str, Any]] = {}

    def run(self, on_message: Callable[[], None]) -> None:
        """Play to the end, then let what is still planned happen, and close the night's books."""
        for number, message in enumerate(self.chronology.messages):
            self._act_until(message.at)
            self._set_clock(message.at)
            self._file(message)
            self.cast.watch.post("/replay/progress/", self._progress(number + 1))
            on_message()
        self._finish()

    def _progress(self, sent: int) -> dict[str, Any]:
        rest = self.chronology.messages[sent:]
        return {"sent": sent, "next_at": rest[0].at.isoformat() if rest else None}

    def _file(self, message: Message) -> None:
        receipt = self.cast.officer(message.post).post("/api/v1/reports", message.body)
        self.receipts[message.key] = receipt
        self.desk.take(message, receipt)
        self.desk.act(message.at)

    def _act_until(self, moment: datetime.datetime) -> None:
        while (due := self.desk.next_due()) is not None and due <= moment:
            self._set_clock(due)
            self.desk.act(due)

    def _set_clock(self, moment: datetime.datetime) -> None:
        self.cast.watch.post("/replay/clock/", {"to": moment.isoformat(), "paused": True})

    def _finish(self) -> None:
        last = self.chronology.messages[-1].at
        until = last + LINGERS
        while (due := self.desk.next_due()) is not None and due <= until:
            last = max(last, due)
            self._set_clock(last)
            self.desk.act(last)
        if self.desk.releasing:
            self._set_clock(last + LATER)
            self.desk.releasing.try_named()
        self.cast.watch.post("/replay/step/")

    def desk_rows(self) -> list[str]:
        """The ids of all rows on the watch officer's desk, page after page."""
        rows, address = [], "/"
        while address:
            page = self.cast.watch.page(address).text
            rows += re.findall(r'id="row-([0-9a-f-]{36})"', page)
            older = re.search(r'data-older\s+href="([^"]+)"', page)
            address = older.group(1).replace("&amp;", "&") if older else ""
        return rows

    def analogues(self) -> list[dict[str, Any]]:
        """What the product shows the incident that was responded to as being like."""
        if self.desk.responding is None:
            return []
        found: list[dict[str, Any]] = self.cast.watch.get(
            f"/api/v1/incidents/{self.desk.responding.incident}/analogues"
        )
        return found
