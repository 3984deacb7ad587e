"""The release as it is played: three partners get three versions; one acknowledges, one asks, one is silent; a wrong
report is withdrawn and all it reached are told; what no agreement covers, or names a person, is refused with its reason."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from vedette.demo.feed import Message
from vedette.demo.people import Cast

MINUTE = datetime.timedelta(minutes=1)
VALID_FOR = datetime.timedelta(days=60)
Plan = Callable[[datetime.datetime, Callable[[], None]], None]
# version -> the kinds of partner it is written for, in the order in which they are tried
VERSIONS: dict[str, tuple[str, ...]] = {
    "police": ("big-city department", "neighbour department", "state police"),
    "federal": ("federal liaison", "fusion center"),
    "sector": ("private security network",),
}
NOT_COVERED = ("foreign host",)
CORRECTS = re.compile(
    r"\b(correct(?:s|ion|ed)|not a|denied|denies|false|wrong|kill it|never happened|no such|not true|nothing found)\b",
    re.I,
)
QUESTION = "Is any rail terminal or hall in our own city named?"
NEAR_DEGREES = 0.02


class Releasing:
    """What leaves the desk, to whom, what comes back, and what was refused."""

    def __init__(self, cast: Cast, incident: str, at: datetime.datetime, plan: Plan) -> None:
        self.cast, self.incident, self.at, self.plan = cast, incident, at, plan
        self.signed: dict[str, dict[str, Any]] = {}
        self.partner_of: dict[str, str] = {}
        self.sent: dict[str, str] = {}
        self.versions_read: dict[str, str] = {}
        self.refused: list[dict[str, Any]] = []
        self.withdrawn: dict[str, Any] = {}
        self.reports: dict[str, tuple[str, Message]] = {}

    def arrange(self) -> None:
        """After three quarters of an hour the first versions go out; answers follow; the silent one is left to the clock."""
        self.plan(self.at + 45 * MINUTE, self.release_all)
        self.plan(self.at + 48 * MINUTE, lambda: self._answer("police", "acknowledge", {}))
        self.plan(self.at + 52 * MINUTE, lambda: self._answer("federal", "ask", {"question": QUESTION}))
        for minute in range(91, 240, 5):
            self.plan(self.at + minute * MINUTE, lambda: self.cast.watch.post("/replay/step/"))
        self.plan(self.at + 60 * MINUTE, self.try_uncovered)
        self.plan(self.at + 360 * MINUTE, self.withdraw_least_sure)

    def release_all(self) -> None:
        """One version for each kind of partner: the first partner that the rules allow gets it."""
        for version, kinds in VERSIONS.items():
            for partner in self._partners(kinds):
                if self._release(version, partner, "tried"):
                    self.partner_of[version] = partner
                    break

    def _partners(self, kinds: tuple[str, ...]) -> list[str]:
        """Partners of these kinds, those with an agreement first."""
        covered = {row["with"] for row in self.cast.home["agreements"]}
        found = [row["id"] for kind in kinds for row in self.cast.home["partners"] if row["kind"] == kind]
        return sorted(found, key=lambda key: key not in covered)

    def _draft(self, version: str, partner: str) -> dict[str, Any]:
        kind = next(row["kind"] for row in self.cast.home["partners"] if row["id"] == partner)
        wanted = {"incident": self.incident, "version": version, "recipients": [{"agency": partner}]}
        # A fusion center is police and federal at once: its agreement carries the wider label only.
        label = {"label": "AMBER"} if kind == "fusion center" else {}
        until = {"expires_at": (self.at + VALID_FOR).isoformat()}
        draft: dict[str, Any] = self.cast.releasing.post("/api/v1/releases", {**wanted, **label, **until})
        return draft

    def _release(self, version: str, partner: str, why: str) -> bool:
        """Draft and sign; what the pre-flight blocks is kept with its reasons and never signed."""
        draft = self._draft(version, partner)
        if self._refuse(draft, why, version, partner):
            return False
        signed = self.cast.releasing.post(f"/api/v1/releases/{draft['id']}/sign")
        self.signed[version] = signed
        self.sent[version] = "\n".join([signed["title"], *[paragraph["text"] for paragraph in signed["paragraphs"]]])
        return True

    def _refuse(self, draft: dict[str, Any], why: str, version: str, partner: str) -> bool:
        """Whether the pre-flight blocks a draft; signing it all the same is tried, and its answer is kept."""
        blocks = [check for check in draft["preflight"] if check["state"] == "block"]
        if blocks:
            answer = self.cast.releasing.post_raw(f"/api/v1/releases/{draft['id']}/sign")
            self.refused.append(
                {
                    "why": why,
                    "version": version,
                    "partner": partner,
                    "rules": sorted({check["rule"] for check in blocks}),
                    "reasons": [check["sentence"] for check in blocks],
                    "sign_answered": answer.status_code,
                }
            )
        return bool(blocks)

    def _answer(self, version: str, deed: str, body: dict[str, Any]) -> None:
        if version in self.signed:
            self._open(version)
            partner = self.cast.partner(self.partner_of[version])
            partner.post(f"/api/v1/inbox/{self.signed[version]['id']}/{deed}", body)

    def _open(self, version: str) -> None:
        """The partner reads his version at his own door."""
        partner = self.cast.partner(self.partner_of[version])
        letter = partner.post(f"/api/v1/inbox/{self.signed[version]['id']}/open", {"read_handling": True})
        self.versions_read[version] = "\n".join([letter["title"], *letter["paragraphs"]])

    def try_uncovered(self) -> None:
        """What no agreement covers is tried, and must come back refused."""
        for partner in self._partners(NOT_COVERED):
            self._release("police", partner, "uncovered")

    def try_named(self) -> None:
        """At the end the newest report that names a person is put into a draft for each partner, and must be refused."""
        officer = self.cast.releasing
        left = officer.get(f"/api/v1/incidents/{self.incident}/left-out")
        named = [row["reference"] for row in left if row["reason"] == "named" and row["reference"] in self.reports]
        for version, partner in self.partner_of.items() if named else ():
            words = self.reports[named[-1]][1].body
            draft = self._draft(version, partner)
            draft = officer.post(
                f"/api/v1/releases/{draft['id']}/paragraphs", {"text": words.get("gloss_en") or words["text"]}
            )
            self._refuse(draft, "named", version, partner)

    def heard(self, message: Message, report: str, incident: str) -> None:
        """A later report that corrects: the earlier one that a release rests on is withdrawn, once."""
        if self.withdrawn or len(self.versions_read) < 2 or incident != self.incident:
            return
        text = message.body.get("gloss_en") or message.body["text"]
        wrong = self._corrected(message) if CORRECTS.search(text) else None
        if wrong:
            self.withdraw(wrong, "corrected by a later report from the same place", report)

    def _corrected(self, message: Message) -> str | None:
        """The report at the same place that the releases rest on and that is graded least sure; None when there is none."""
        here = message.body.get("place", {})
        near = [row for row in self._rests_on() if _near(row[1].body.get("place", {}), here)]
        return max(near, key=_doubt)[0] if near else None

    def _rests_on(self) -> list[tuple[str, Message]]:
        officer, found = self.cast.releasing, {}
        for release in self.signed.values():
            for paragraph in officer.get(f"/api/v1/releases/{release['id']}")["paragraphs"]:
                found.update({name: self.reports[name] for name in paragraph["rests_on"] if name in self.reports})
        return list(found.values())

    def withdraw(self, report: str, because: str, instead: str = "") -> None:
        """Withdraw a report; the product tells all whom a release resting on it reached."""
        body = {"because": because, **({"replaced_by": instead} if instead else {})}
        done = self.cast.watch.post(f"/api/v1/reports/{report}/withdraw", body)
        self.withdrawn = {"withdrawn": done["reference"], **self._told({*done["recalled"], *done["correction_due"]})}

    def withdraw_least_sure(self) -> None:
        """Some hours later, if nothing was corrected: the least sure report that a release rests on is withdrawn."""
        rows = self._rests_on()
        if not self.withdrawn and rows:
            self.withdraw(max(rows, key=_doubt)[0], "not borne out by any other source")

    def _told(self, struck: set[str]) -> dict[str, Any]:
        """Whom the struck releases had reached, and who of them finds it struck or due for correction at his own door."""
        reached = [version for version, release in self.signed.items() if release["reference"] in struck]
        told = []
        for version in reached:
            rows = self.cast.partner(self.partner_of[version]).get("/api/v1/inbox")
            mine = [row for row in rows if row["reference"] == self.signed[version]["reference"]]
            if mine and (mine[0]["struck"] or mine[0]["correction_due"]) and mine[0]["must_note"]:
                told.append(version)
        return {"struck": sorted(struck), "reached": reached, "told": told}


def _near(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if None in (one.get("lat"), other.get("lat")):
        return False
    return bool(abs(one["lat"] - other["lat"]) < NEAR_DEGREES and abs(one["lon"] - other["lon"]) < NEAR_DEGREES)


def _doubt(row: tuple[str, Message]) -> tuple[str, str]:
    return str(row[1].body.get("grade", {}).get("information", "6")), row[1].key
