"""What a headless run is held to: each promise with what was found. Labels are read here, after the run, and nowhere else."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vedette.demo.labels import Label, pairwise, read_labels
from vedette.demo.play import Play

F1_BAR = 0.90
ANALOGUE_FOR = {"paris-2015": "mumbai"}
NAMED_FOR = ("boston-2013",)


@dataclass(frozen=True)
class Promise:
    """One promise: whether it held, in words, with its figures."""

    name: str
    held: bool
    says: str
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass
class Outcome:
    """The promises of one chronology."""

    promises: list[Promise]
    wall_seconds: float = 0.0

    @property
    def held(self) -> bool:
        """Whether every promise held."""
        return all(promise.held for promise in self.promises)

    def as_json(self) -> dict[str, Any]:
        """The documented form (docs/headless.md)."""
        return {
            "held": self.held,
            "wall_seconds": self.wall_seconds,
            "promises": {
                promise.name: {"held": promise.held, "says": promise.says, **promise.figures}
                for promise in self.promises
            },
        }


def check_all(play: Play, verified: int, folder: Path) -> Outcome:
    """Every promise of a finished run, in the order of the flows."""
    labels = read_labels(play.chronology.name, folder)
    checks: list[Callable[[], Promise]] = [
        lambda: check_reports(play),
        lambda: check_incidents(play, labels),
        lambda: check_analogue(play),
        lambda: check_minutes(play),
        lambda: check_versions(play, labels),
        lambda: check_uncovered(play),
        lambda: check_withdrawal(play),
        lambda: check_named(play),
        lambda: check_audit(play, verified),
    ]
    return Outcome([check() for check in checks])


def check_reports(play: Play) -> Promise:
    """Every report has a receipt and exactly one row on the desk."""
    sent = {message.key for message in play.chronology.messages}
    rows = Counter(play.desk_rows())
    ids = [receipt["id"] for receipt in play.receipts.values()]
    held = set(play.receipts) == sent and all(rows[key] == 1 for key in ids) and len(set(ids)) == len(ids)
    figures = {"sent": len(sent), "receipts": len(play.receipts), "desk_rows": sum(rows[key] for key in ids)}
    return Promise("reports", held, "every report has a receipt and one desk row", figures)


def check_incidents(play: Play, labels: dict[str, Label] | None) -> Promise:
    """Pairwise F1 of the incidents against the labels, and no two labelled incidents merged."""
    if labels is None:
        return Promise("incidents", True, "no labels lie beside this chronology, so nothing was compared", {"f1": None})
    placed = {
        message.key: play.desk.incident_of[play.receipts[message.key]["id"]] for message in play.chronology.messages
    }
    score = pairwise(placed, {key: label.incident for key, label in labels.items()})
    held = score.f1 >= F1_BAR and not score.merged
    says = f"pairwise F1 {score.f1:.3f} (bar {F1_BAR}), {len(score.merged)} labelled incidents wrongly merged"
    figures = {"f1": round(score.f1, 4), "incidents": score.found, "labelled": score.labelled, "merged": score.merged}
    return Promise("incidents", held, says, figures)


def check_analogue(play: Play) -> Promise:
    """Where the chronology has a known likeness, it is among the first three shown."""
    wanted = ANALOGUE_FOR.get(play.chronology.name)
    shown = play.analogues()
    names = [row["name"] for row in shown[:3]]
    held = wanted is None or any(wanted in row["entry"] for row in shown[:3])
    return Promise(
        "analogues", held, f"first three: {', '.join(names) or 'none'}", {"first": [row["entry"] for row in shown[:3]]}
    )


def check_minutes(play: Play) -> Promise:
    """Each task of the minutes column was acknowledged, or escalated at its time."""
    if play.desk.responding is None:
        return Promise("minutes", False, "no response was started", {})
    tasks = [task for task in play.desk.responding.state()["tasks"] if task["horizon"] == "minutes"]
    quiet = [task for task in tasks if not _answered(task) and not _escalated_in_time(task)]
    escalated = [task for task in tasks if task["escalations"]]
    figures = {
        "tasks": len(tasks),
        "acknowledged": sum(_answered(task) for task in tasks),
        "escalated": len(escalated),
        "neither": [task["key"] for task in quiet],
    }
    held = bool(tasks) and not quiet and bool(escalated)
    return Promise("minutes", held, "each minutes task acknowledged, or escalated at its time", figures)


def _answered(task: dict[str, Any]) -> bool:
    return task["state"] in ("acknowledged", "done", "cannot")


def _escalated_in_time(task: dict[str, Any]) -> bool:
    """The first step was taken when it was due, to the minute at which the clocks are looked at."""
    if not task["escalations"]:
        return False
    first = task["escalations"][0]
    late = _at(first["done_at"]) - _at(first["at"])
    return datetime.timedelta() <= late <= datetime.timedelta(minutes=1)


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def check_versions(play: Play, labels: dict[str, Label] | None) -> Promise:
    """Three recipients hold three versions; none holds a passage the labels call sensitive."""
    bodies = {**releasing.sent, **releasing.versions_read} if (releasing := play.desk.releasing) else {}
    spans = [span for label in (labels or {}).values() for span in label.sensitive]
    leaked = sorted({span for span in spans for body in bodies.values() if span.casefold() in body.casefold()})
    held = len(bodies) == 3 and len(set(bodies.values())) == 3 and not leaked
    figures = {"versions": sorted(bodies), "distinct": len(set(bodies.values())), "spans": len(spans), "leaked": leaked}
    return Promise("versions", held, "three recipients have three versions, none with a sensitive passage", figures)


def check_uncovered(play: Play) -> Promise:
    """What no agreement covers was refused, with a reason in words."""
    refused = [row for row in (play.desk.releasing.refused if play.desk.releasing else []) if row["why"] == "uncovered"]
    held = bool(refused) and all(all(row["reasons"]) and row["sign_answered"] == 422 for row in refused)
    return Promise(
        "uncovered", held, "a release that no agreement covers is refused with its reason", {"refused": refused}
    )


def check_withdrawal(play: Play) -> Promise:
    """A report was withdrawn, and all whom a release resting on it reached were told."""
    nothing: dict[str, Any] = {"withdrawn": "", "struck": [], "reached": [], "told": []}
    found = {**nothing, **(play.desk.releasing.withdrawn if play.desk.releasing else {})}
    held = bool(found["withdrawn"]) and bool(found["reached"]) and set(found["told"]) >= set(found["reached"])
    return Promise("withdrawal", held, "the withdrawn report's recall reached all", found)


def check_named(play: Play) -> Promise:
    """Where reports name a person, a release that rests on one was refused for each partner with that reason."""
    releasing = play.desk.releasing
    refused = [row for row in (releasing.refused if releasing else []) if row["why"] == "named"]
    rightly = [row for row in refused if row["sign_answered"] == 422 and any("name" in rule for rule in row["rules"])]
    needed = play.chronology.name in NAMED_FOR
    held = (bool(rightly) or not needed) and len(rightly) == len(refused)
    says = "a named subject is refused with its reason" if refused or needed else "no report named a person"
    return Promise("named_subject", held, says, {"refused": refused})


def check_audit(play: Play, verified: int) -> Promise:
    """Every read and write of the run has its entry, all are sealed, and the log proves itself."""
    auditor = play.cast.auditor
    play.cast.watch.post("/replay/step/")
    counts = auditor.get("/api/v1/audit/counts")
    short = play.cast.missing_entries(counts["codes"])
    held = not short and counts["unsealed"] == 0 and verified == 0
    figures = {"entries": counts["entries"], "unsealed": counts["unsealed"], "verify": verified, "missing": short}
    return Promise("audit", held, "every read and write has an entry, all sealed, verify exits 0", figures)
