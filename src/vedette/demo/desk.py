"""The people of the demonstration who act by themselves: one fixed rule each, through the doors they have.

The rule of the desk: accept the first proposal when its score passes the product's threshold, else open an incident.
Nobody here ever reads a label; what is decided rests on what the product shows to the seat that decides.
"""

import datetime
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vedette.demo.client import moment
from vedette.demo.feed import Message
from vedette.demo.people import Cast
from vedette.demo.release import Releasing
from vedette.demo.respond import Responding

FLASHES_TO_RESPOND = 2
Deed = Callable[[], None]


@dataclass(order=True)
class Due:
    """Something that somebody does at a moment of the shown clock."""

    at: datetime.datetime
    order: int
    deed: Deed = field(compare=False)


class Desk:
    """Reads, links or opens, confirms what the words say, starts the response, has three partners told."""

    def __init__(self, cast: Cast, title: str, patience: datetime.timedelta = datetime.timedelta()) -> None:
        self.cast, self.title, self.patience = cast, title, patience
        self.incident_of: dict[str, str] = {}
        self.filed: dict[str, tuple[str, Message]] = {}
        self.flashes: dict[str, int] = {}
        self.responding: Responding | None = None
        self.releasing: Releasing | None = None
        self._due: list[Due] = []
        self._order = itertools.count()

    def plan(self, at: datetime.datetime, deed: Deed) -> None:
        """Put something on the list of what is done at a moment."""
        heapq.heappush(self._due, Due(at, next(self._order), deed))

    def next_due(self) -> datetime.datetime | None:
        """When somebody does something next."""
        return self._due[0].at if self._due else None

    def act(self, shown: datetime.datetime) -> int:
        """Do what is due by a moment; how much that was."""
        done = 0
        while self._due and self._due[0].at <= shown:
            heapq.heappop(self._due).deed()
            done += 1
        return done

    def take(self, message: Message, receipt: dict[str, Any]) -> str:
        """One report comes in: read it, give it an incident, write down what it says, answer what follows from it."""
        report = str(receipt["id"])
        self.filed[receipt["reference"]] = (report, message)
        # In a live demonstration whoever looks on may be first to read it; after that patience ends, the desk does.
        self.plan(message.at + self.patience, lambda: self.cast.watch.post(f"/api/v1/reports/{report}/read"))
        incident = self._place(report)
        self.incident_of[report] = incident
        self._confirm_statements(report, incident)
        if message.body["kind"] == "flash":
            self.flashes[incident] = self.flashes.get(incident, 0) + 1
        if self.responding is None and self.flashes.get(incident, 0) >= FLASHES_TO_RESPOND:
            self._respond(incident, message.at)
        elif self.releasing is not None:
            self.releasing.heard(message, report, incident)
        return incident

    def _place(self, report: str) -> str:
        offers: list[dict[str, Any]] = self.cast.watch.get(f"/api/v1/reports/{report}/offers")
        if offers and offers[0]["passes"]:
            best = offers[0]
            body = {"report": report, "score": best["score"], "reasons": best["reasons"]}
            self.cast.watch.post(f"/api/v1/incidents/{best['incident']}/links", body)
            return str(best["incident"])
        return str(self.cast.watch.post("/api/v1/incidents", {"report": report})["id"])

    def _confirm_statements(self, report: str, incident: str) -> None:
        """Confirm what the words plainly say, and carry the newest statement of each kind as the incident's fact."""
        watch = self.cast.watch
        for proposal in watch.get(f"/api/v1/reports/{report}/proposed-claims"):
            if proposal.get("qualifier") == "denied":
                continue
            claim = watch.post(f"/api/v1/reports/{report}/claims", proposal)
            watch.post(
                f"/api/v1/incidents/{incident}/facts", {"claims": [claim["id"]], "because": "the newest statement"}
            )

    def _respond(self, incident: str, at: datetime.datetime) -> None:
        why = {"title": self.title, "because": "one name for all its places"}
        self.cast.watch.form(f"/incidents/{incident}/change/", why)
        self.responding = Responding(self.cast, incident, at, self.plan)
        self.responding.start()
        self.releasing = Releasing(self.cast, incident, at, self.plan)
        self.releasing.reports = self.filed
        self.releasing.arrange()

    def shown(self) -> datetime.datetime:
        """The shown clock."""
        return moment(self.cast.watch.get("/replay/state/")["shown"])
