"""The commander's brief: one page of what is known, how sure, what it is like, what we did, who was told, what to decide."""

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.incidents.analogues import AnalogueView, analogues_of_rows
from vedette.incidents.models import Incident
from vedette.incidents.picture import TOGETHER, FactView, Site
from vedette.response.board import boards
from vedette.response.models import Task
from vedette.response.queries import runs_of
from vedette.sharing.basis import Ground, ground_of
from vedette.sharing.matrix import Matrix, matrix
from vedette.sharing.models import CorrectionDue
from vedette.sharing.wording import draft

MOST_FACTS, MOST_TOLD = 8, 9
LABEL = "AMBER+STRICT"


@dataclass(frozen=True)
class FactLine:
    """One row of the table: what, the value carried, what else was heard, how sure, what it rests on."""

    fact: str
    value: str
    also: str
    sure: str
    sheets: tuple[str, ...]
    struck: bool = False


@dataclass(frozen=True)
class HorizonLine:
    """How far one horizon of the response is, and its first tasks."""

    number: int
    name: str
    done: int
    whole: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """Everything on the page."""

    incident: Incident
    moment: datetime.datetime
    bottom: str
    nexus: str
    facts: list[FactLine]
    like: list[AnalogueView]
    did: list[HorizonLine]
    matrix: Matrix
    decide: list[str]
    sites: list[Site] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The page's label: for our own organisation."""
        return f"TLP:{LABEL}"


def brief_of(viewer: Viewer | None, incident: Incident) -> Brief:
    """The brief of an incident, of what the viewer may see, as of now."""
    ground = ground_of(viewer, incident)
    _title, paragraphs = draft(ground, home_agency(), "order")
    said = {one.topic: one.text for one in paragraphs}
    bottom = " ".join(said[topic] for topic in ("what", "status") if topic in said)
    told = matrix(viewer, incident)
    did = _did(viewer, incident)
    return Brief(
        incident=incident,
        moment=ground.picture.moment,
        bottom=bottom or "Nothing well graded is known yet.",
        nexus=said.get("nexus", ""),
        facts=_facts(ground),
        like=analogues_of_rows(ground.picture.rows, incident.began_at, limit=2),
        did=did,
        matrix=told,
        decide=_decide(viewer, incident, did, told),
        sites=_sites(ground),
    )


def _sites(ground: Ground) -> list[Site]:
    """The places that are borne out, numbered anew in order of time."""
    sure = [site for site in ground.picture.sites if not site.doubtful][:10]
    return [dataclasses.replace(site, number=place) for place, site in enumerate(sure, start=1)]


def _facts(ground: Ground) -> list[FactLine]:
    lines = [_line(view) for view in ground.picture.facts if view.kind != "time"]
    best = sorted(lines, key=lambda line: line.sure in ("single", "contradicted"))[:MOST_FACTS]
    names = list(dict.fromkeys(row.report.place_name for row in ground.withdrawn if row.report.place_name))
    if names:
        sheets = tuple(row.report.sheet.reference for row in ground.withdrawn)[:3]
        best.append(FactLine("Unfounded", ", ".join(names), "", "not borne out", sheets, struck=True))
    return best


def _line(view: FactView) -> FactLine:
    live = [item for item in view.claims if item.state != "struck"]
    carried = [item for item in live if item.state == "carried"] or live[-1:]
    together = ", ".join(view.values) if view.kind in TOGETHER else ""
    value = together or (view.fact.value if view.fact else carried[0].claim.value if carried else "")
    told = set(view.values) if together else {value}
    others = list(dict.fromkeys(item.claim.value for item in live if item.claim.value not in told))[:4]
    sheets = tuple(dict.fromkeys(item.row.report.sheet.reference for item in carried))[:3]
    named = f"{view.kind.replace('-', ' ').capitalize()}"
    about = f"{view.subject}" if view.subject else ""
    also = f"also heard: {', '.join(others)}" if others else ""
    sure = view.fact.sure if view.fact else "contradicted" if others else "single"
    return FactLine(named, f"{value}, {about}" if about else value, also, sure, sheets)


def _did(viewer: Viewer | None, incident: Incident) -> list[HorizonLine]:
    runs = [run for run in runs_of(viewer, incident) if run.ended_at is None][:1]
    found = []
    for board in boards(viewer, runs):
        for column in board.columns:
            titles = tuple(row.order.title for row in column.rows if isinstance(row.order, Task))[:3]
            if column.total:
                found.append(HorizonLine(column.number, column.key.capitalize(), column.done, column.total, titles))
    return found


def _decide(viewer: Viewer | None, incident: Incident, did: Sequence[HorizonLine], told: Matrix) -> list[str]:
    """What waits for a person: a response that nobody started, the silent, corrections due, our own who know nothing."""
    found = []
    if not did:
        found.append("Start the response?")
    due = (
        CorrectionDue.objects.seen_by(viewer)
        .filter(release__incident=incident, until__isnull=True)
        .select_related("release__sheet")
    )
    found += [f"Send the correction of {row.release.sheet.reference}?" for row in due]
    silent = [row.name for row in told.rows if row.late]
    if silent:
        found.append(f"Call the silent: {', '.join(silent[:4])}{' and others' if len(silent) > 4 else ''}?")
    if told.untold and told.rows:
        found.append(f"Tell {len(told.untold)} more of our own commands?")
    elif not told.rows:
        found.append("Tell our own commands and partners?")
    return found
