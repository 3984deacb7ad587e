"""The release as it is played: three partners get three versions; one acknowledges, one asks, one is silent; a wrong
report is withdrawn and all it reached are told; what no agreement covers is refused with its reason."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from vedette.demo.feed import Message
from vedette.demo.people import Cast

MINUTE = datetime.timedelta(minutes=1)
Plan = Callable[[datetime.datetime, Callable[[], None]], None]
# version -> the kinds of partner it is written for, in the order in which the home file names them
VERSIONS: dict[str, tuple[str, ...]] = {
    "police": ("big-city department", "neighbour department", "state police"),
    "federal": ("federal liaison", "fusion center"),
    "sector": ("private security network",),
}
NOT_COVERED = ("foreign host",)
CORRECTS = re.compile(
    r"\b(correct(?:s|ion|ed)|not a|denied|denies|false|wrong|kill it|never happened|no such|stands? down|not true|nothing found)\b", re.I
)
QUESTION = "Is any rail terminal or hall in our own city named?"


class Releasing:
    """What leaves the desk, to whom, and what comes back."""

    def __init__(
        self, cast: Cast, incident: str, at: datetime.datetime, plan: Plan, incident_of: dict[str, str]
    ) -> None:
        self.cast, self.incident, self.at, self.plan, self.incident_of = cast, incident, at, plan, incident_of
        self.signed: dict[str, dict[str, Any]] = {}
        self.partner_of: dict[str, str] = {}
        self.refused: list[dict[str, Any]] = []
        self.withdrawn: dict[str, Any] = {}

    def arrange(self) -> None:
        """After three quarters of an hour the first versions go out; answers follow; the silent one is left to the clock."""
        self.plan(self.at + 45 * MINUTE, self.release_all)
        self.plan(self.at + 48 * MINUTE, lambda: self._answer("police", "acknowledge", {}))
        self.plan(self.at + 52 * MINUTE, lambda: self._answer("federal", "ask", {"question": QUESTION}))
        for minute in range(46, 240, 5):
            self.plan(self.at + minute * MINUTE, lambda: self.cast.watch.post("/replay/step/"))
        self.plan(self.at + 60 * MINUTE, self.try_uncovered)

    def release_all(self) -> None:
        """One version for each kind of partner: the first partner that the rules allow gets it."""
        for version, kinds in VERSIONS.items():
            for partner in self._partners(kinds):
                if self._release(version, partner):
                    self.partner_of[version] = partner
                    break

    def _partners(self, kinds: tuple[str, ...]) -> list[str]:
        covered = {row["with"] for row in self.cast.home["agreements"]}
        found = [row["id"] for row in self.cast.home["partners"] if row["kind"] in kinds]
        return sorted(found, key=lambda key: key not in covered)

    def _release(self, version: str, partner: str) -> bool:
        """Draft, cut what the pre-flight blocks paragraph by paragraph, sign; False when it stays refused."""
        officer = self.cast.releasing
        draft = officer.post(
            "/api/v1/releases",
            {"incident": self.incident, "version": version, "recipients": [{"agency": partner}]},
        )
        blocks = [check for check in draft["preflight"] if check["state"] == "block"]
        if blocks:
            self.refused.append({"version": version, "partner": partner, "reasons": [check["sentence"] for check in blocks]})
            return False
        self.signed[version] = officer.post(f"/api/v1/releases/{draft['id']}/sign")
        return True

    def _answer(self, version: str, deed: str, body: dict[str, Any]) -> None:
        if version in self.signed:
            partner = self.cast.partner(self.partner_of[version])
            partner.post(f"/api/v1/inbox/{self.signed[version]['id']}/open")
            partner.post(f"/api/v1/inbox/{self.signed[version]['id']}/{deed}", body)

    def try_uncovered(self) -> None:
        """What no agreement covers is tried once, and must come back refused."""
        for partner in self._partners(NOT_COVERED):
            self._release("police", partner)

    def heard(self, message: Message, report: str, incident: str) -> None:
        """A later report that corrects: the earlier one that a release rests on is withdrawn, once."""
        if self.withdrawn or not self.signed or incident != self.incident:
            return
        text = message.body.get("gloss_en") or message.body["text"]
        wrong = self._corrected(message) if CORRECTS.search(text) else None
        if wrong:
            self.withdraw(wrong, f"corrected: {text[:120]}", report)

    def _corrected(self, message: Message) -> str | None:
        """The report at the same place that the releases rest on and that is graded least sure; None when there is none."""
        place = message.body.get("place", {})
        near = [
            row
            for row in self._rests_on()
            if row["lat"] is not None
            and abs(row["lat"] - place.get("lat", 99)) < 0.02
            and abs(row["lon"] - place.get("lon", 999)) < 0.02
        ]
        return max(near, key=lambda row: row["credibility"])["id"] if near else None

    def _rests_on(self) -> list[dict[str, Any]]:
        officer = self.cast.releasing
        found = {}
        for release in self.signed.values():
            for paragraph in officer.get(f"/api/v1/releases/{release['id']}")["paragraphs"]:
                found.update({row["id"]: row for row in paragraph["rests_on"] if row["kind"] == "report"})
        return list(found.values())

    def withdraw(self, report: str, because: str, instead: str = "") -> None:
        """Withdraw a report; the product tells all whom a release resting on it reached."""
        body = {"because": because, **({"replaced_by": instead} if instead else {})}
        self.withdrawn = {"report": report, **self.cast.watch.post(f"/api/v1/reports/{report}/withdraw", body)}

    def withdraw_least_sure(self) -> None:
        """At the end, if nothing was corrected: the least sure report that a release rests on is withdrawn."""
        rows = self._rests_on()
        if not self.withdrawn and rows:
            worst = max(rows, key=lambda row: (row["credibility"], row["id"]))
            self.withdraw(worst["id"], "not borne out by any other source")
