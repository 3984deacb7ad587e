"""What a draft may rest on: of an incident's reports the usable ones, and why the others are left out."""

import copy
import datetime
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.incidents.models import Incident
from vedette.incidents.picture import TOGETHER, FactView, Picture, part_of, picture_of
from vedette.programme.gate import LABELS
from vedette.reporting.models import Claim
from vedette.reporting.queries import ReportRow
from vedette.sharing.loading import FLOORS, is_third

# What a grade must be at least for a place to be named and a figure to be given: possibly true or better.
GOOD = frozenset("123ABC")
OTHERS = re.compile(r"\b(?:attackers?|gunm[ae]n|terrorists?|suspects?|officers?|police|soldiers?)\b", re.I)
# Figures are of a place and of a source; what a total is calls itself so.
FIGURES = frozenset({"killed", "wounded", "hostages", "attackers"})
# How it stands is said of a place and by a report; what contradicts it stands beside it.
STANDING = "status"
WHOLE = frozenset({"", "total", "in all", "in total", "overall", "all places"})


@dataclass(frozen=True)
class LeftOut:
    """A report that no paragraph rests on, and why."""

    row: ReportRow
    reason: str
    words: str


@dataclass(frozen=True)
class Stated:
    """A value that stands: a fact a person chose, or the best graded statement; how sure; which reports say so."""

    kind: str
    value: str
    number: int | None
    qualifier: str
    sure: str
    sheets: frozenset[uuid.UUID]
    others: tuple[int, ...] = ()
    subject: str = ""
    # The one place that every report under it is about; empty when there are several, or none is named.
    place: str = ""
    chosen: bool = False
    # Every report under it that gives a figure, the ones that were not carried too.
    told: frozenset[uuid.UUID] = frozenset()
    # When the newest report that says it was observed, and the best credibility among them.
    at: datetime.datetime | None = None
    credibility: str = "6"

    def whole(self, incident: Incident) -> bool:
        """Whether a person chose it as the figure of the whole: of the incident itself, not of a place of it."""
        return self.chosen and self.subject.casefold().strip() in WHOLE | {incident.title.casefold()}

    @property
    def of_victims(self) -> bool:
        """Whether a figure counts the people struck, not attackers or police (their number of dead is another figure)."""
        return self.kind == "attackers" or not OTHERS.search(self.subject)


@dataclass(frozen=True)
class Ground:
    """Everything a draft may be made from, of what one viewer may see."""

    incident: Incident
    picture: Picture
    usable: list[ReportRow]
    left_out: list[LeftOut]
    stated: dict[str, list[Stated]] = field(default_factory=dict)

    @property
    def withdrawn(self) -> list[ReportRow]:
        """The reports that were taken back."""
        return [one.row for one in self.left_out if one.reason == "withdrawn"]


@dataclass(frozen=True)
class Within:
    """What a draft under a standing rule may rest on: one post's own reports, up to a label, nothing of a host's."""

    post: uuid.UUID
    label: str
    home: uuid.UUID

    def why_not(self, row: ReportRow) -> tuple[str, str] | None:
        """Why a usable report of the post stays out of what drafts itself."""
        sheet = row.report.sheet
        floor = FLOORS[sheet.access_class.sensitivity]
        if is_third(sheet, self.home) or sheet.codes or sheet.caveats:
            return "host", "it is a host's, or a host's rule binds it: no standing rule covers that"
        if LABELS.index(floor) > LABELS.index(self.label):
            return "label", f"it asks for TLP:{floor}, and the standing rule goes up to TLP:{self.label}"
        return None


def ground_of(viewer: Viewer | None, incident: Incident, within: Within | None = None) -> Ground:
    """What may be said about an incident now, and what may not and why; `within`: by what one standing rule covers."""
    picture = picture_of(viewer, incident)
    usable, left_out = [], []
    for row in picture.rows:
        if within and row.report.post_id != within.post:
            continue
        reason = why_not(row) or (within.why_not(row) if within else None)
        if reason is None:
            usable.append(row)
        else:
            left_out.append(LeftOut(row, *reason))
    known = {row.report.pk for row in usable}
    if within:
        picture, incident = part_of(picture, known), _begun(incident, usable)
    stated: dict[str, list[Stated]] = {}
    for view in (part for whole in picture.facts for part in parts_of(whole)):
        found = _stated(view, known)
        if found:
            stated.setdefault(view.kind, []).append(found)
    return Ground(incident, picture, usable, left_out, stated)


def _begun(incident: Incident, rows: list[ReportRow]) -> Incident:
    """The incident as begun when the first of these reports says so: another post's report may have told its beginning."""
    told = copy.copy(incident)
    told.began_at = min((row.report.happened_at or row.report.observed_at for row in rows), default=incident.began_at)
    return told


def parts_of(view: FactView) -> list[FactView]:
    """One line for each value of a kind whose values hold together, and of a figure nobody chose one for each place."""
    if view.kind in FIGURES and view.fact is None:
        places = dict.fromkeys(item.row.report.place_name for item in view.claims)
        return [
            FactView(view.kind, view.subject, None, [one for one in view.claims if one.row.report.place_name == place])
            for place in places
        ]
    if view.kind == STANDING:
        return _standings(view)
    if view.kind not in TOGETHER:
        return [view]
    return [
        FactView(
            view.kind,
            view.subject,
            view.fact if view.fact and view.fact.value == value else None,
            [item for item in view.claims if item.claim.value == value],
        )
        for value in view.values
    ]


def _standings(view: FactView) -> list[FactView]:
    """Each way in which it is said to stand, at each place, by itself: none is folded into another."""
    settled = {one.row.report.place_name for one in view.claims if one.state == "carried"}
    # What a person has since replaced at a place stands there no more; at another place it still does.
    claims = [one for one in view.claims if one.state != "replaced" or one.row.report.place_name not in settled]
    keys = dict.fromkeys((item.claim.value, item.row.report.place_name) for item in claims)
    found = []
    for value, place in keys:
        mine = [one for one in claims if (one.claim.value, one.row.report.place_name) == (value, place)]
        carried = any(one.state == "carried" for one in mine)
        found.append(FactView(view.kind, view.subject, view.fact if carried else None, mine))
    return found


def why_not(row: ReportRow) -> tuple[str, str] | None:
    """Why a report may not carry a release (a code and words), or None when it may."""
    sheet = row.report.sheet
    if sheet.withdrawn_at is not None:
        return "withdrawn", f"it was withdrawn: {sheet.withdrawn_because}"
    if sheet.access_class.named_subject:
        return "named", "it is marked as naming a person"
    if row.report.kind in ("request", "answer"):
        return "kind", "it asks or answers"
    if row.grade is None or row.grade.credibility not in GOOD:
        return "grade", "nobody has graded it possibly true or better"
    return None


def _stated(view: FactView, known: set[uuid.UUID]) -> Stated | None:
    """The fact a person chose while something usable is under it, else the newest of the best graded statements."""
    live = [item for item in view.claims if item.claim.report_id in known and item.state != "struck"]
    if not live:
        return None
    carried = [item.claim for item in live if item.state == "carried"]
    chosen = bool(view.fact and carried)
    if view.fact and carried:
        lead, sure = carried[0], str(view.fact.sure)
        sheets = frozenset(claim.report_id for claim in carried)
        value, number = view.fact.value, view.fact.number
    else:
        best = min(
            live, key=lambda item: (item.grade.credibility if item.grade else "6", -item.claim.made_at.timestamp())
        )
        lead, sure = best.claim, "open"
        sheets, value, number = frozenset({lead.report_id}), lead.value, lead.number
    others = {item.claim.value: item.claim for item in live if item.claim.value != value}
    places = {item.row.report.place_name for item in live if item.claim.report_id in sheets}
    place = places.pop() if len(places) == 1 else ""
    figures = _figures(others.values())
    told = frozenset(item.claim.report_id for item in live if item.claim.number is not None)
    under = [item for item in live if item.claim.report_id in sheets]
    return Stated(
        view.kind,
        value,
        number,
        lead.qualifier,
        sure,
        sheets if view.kind != STANDING else frozenset(item.claim.report_id for item in live),
        figures,
        view.subject,
        place,
        chosen,
        told,
        max(item.row.report.observed_at for item in live),
        min((item.grade.credibility for item in under if item.grade), default="6"),
    )


def _figures(claims: Iterable[Claim]) -> tuple[int, ...]:
    return tuple(sorted({claim.number for claim in claims if claim.number is not None}))
