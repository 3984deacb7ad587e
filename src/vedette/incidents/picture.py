"""The picture of an incident as one viewer may see it, as of any moment: facts, contradictions, sites, lanes, counts."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from vedette.agencies.viewer import Viewer
from vedette.incidents.lanes import Lanes, lanes_of
from vedette.incidents.models import Basis, Fact, Incident, Standing
from vedette.incidents.queries import linked_rows, standing_of
from vedette.incidents.sureness import roots_of_rows
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.reporting.claims import claims_of
from vedette.reporting.models import Claim, Grade
from vedette.reporting.queries import ReportRow

# The kinds in the order in which a commander asks for them; what else there is follows.
# Kinds of which several values hold at once: they never contradict each other and stand in one line.
TOGETHER = frozenset({"method", "weapon", "place", "sites", "vehicle", "route"})
ORDER = ("killed", "wounded", "hostages", "attackers", "sites", "method", "weapon", "status", "place", "time")


@dataclass(frozen=True)
class ClaimView:
    """One statement beside its like: who said it, when, how graded, and whether it is carried, replaced or stands apart."""

    claim: Claim
    row: ReportRow
    grade: Grade | None
    state: str


@dataclass(frozen=True)
class FactView:
    """One kind and subject: the fact carried (if any), every statement about it, whether they contradict each other."""

    kind: str
    subject: str
    fact: Fact | None
    claims: list[ClaimView]

    @property
    def values(self) -> list[str]:
        """The values that stand, each once, in the order in which they were written down."""
        return list(dict.fromkeys(item.claim.value for item in self.claims if item.state != "struck"))

    @property
    def references(self) -> list[ReportRow]:
        """The reports that say it, each once."""
        return list({item.row.report.pk: item.row for item in self.claims if item.state != "struck"}.values())

    @property
    def contradicted(self) -> bool:
        """Whether statements that nobody struck give different values of what can have only one."""
        return (
            self.kind not in TOGETHER and len({item.claim.value for item in self.claims if item.state != "struck"}) > 1
        )


@dataclass(frozen=True)
class Site:
    """A place of the incident with the number it has on the map, in order of time."""

    number: int
    name: str
    at: datetime.datetime
    lat: float
    lon: float
    row: ReportRow
    doubtful: bool


@dataclass(frozen=True)
class Picture:
    """Everything the incident page draws, computed from what this viewer may see alone."""

    incident: Incident
    standing: Standing | None
    rows: list[ReportRow]
    facts: list[FactView]
    sites: list[Site]
    lanes: Lanes
    posts: int
    roots: int
    nexus: str
    moment: datetime.datetime
    past: bool
    ticks: list[tuple[float, bool]]
    first_at: datetime.datetime
    last_at: datetime.datetime


def picture_of(viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None) -> Picture:
    """The picture at a moment (now when none is given)."""
    shown = now()
    at = min(moment, shown) if moment else shown
    past = moment is not None and moment < shown
    rows = linked_rows(viewer, incident, at if past else None)
    claims = [claim for claim in claims_of(viewer, [row.report.pk for row in rows]) if claim.made_at <= at]
    first = min([incident.sheet.filed_at, *[row.report.sheet.filed_at for row in rows]])
    return Picture(
        incident=incident,
        standing=standing_of(viewer, incident, at if past else None),
        rows=rows,
        facts=_facts(viewer, incident, rows, claims, at if past else None),
        sites=_sites(rows),
        lanes=lanes_of(rows, at),
        posts=len({row.report.post_id for row in rows}),
        roots=len(roots_of_rows(rows)),
        nexus=_nexus(rows),
        moment=at,
        past=past,
        ticks=_ticks(rows, first, shown),
        first_at=first,
        last_at=shown,
    )


def part_of(picture: Picture, keys: Collection[uuid.UUID]) -> Picture:
    """The picture that these reports alone give: a fact that a person chose on any other report is left out of it."""
    rows = [row for row in picture.rows if row.report.pk in keys]
    elsewhere = Basis.objects.filter(fact__incident=picture.incident, fact__until__isnull=True)
    columns = ("fact__kind", "fact__subject", "fact__value", "claim__value")
    foreign: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, subject, *values in elsewhere.exclude(claim__report__in=keys).values_list(*columns):
        foreign[_key(kind, subject)].update(values)
    facts = []
    for view in picture.facts:
        gone = foreign.get((view.kind, view.subject), set())
        if gone and view.kind not in TOGETHER:
            continue
        claims = [one for one in view.claims if one.claim.report_id in keys and one.claim.value not in gone]
        if claims:
            kept = view.fact if view.fact and view.fact.value not in gone else None
            facts.append(FactView(view.kind, view.subject, kept, claims))
    return replace(
        picture,
        rows=rows,
        facts=facts,
        sites=_sites(rows),
        lanes=lanes_of(rows, picture.moment),
        posts=len({row.report.post_id for row in rows}),
        roots=len(roots_of_rows(rows)),
        nexus=_nexus(rows),
    )


def _nexus(rows: list[ReportRow]) -> str:
    """The strongest nexus any report states."""
    stated = {row.report.nexus for row in rows if not row.report.sheet.withdrawn_at}
    return next((status for status in ("confirmed", "possible", "none-known") if status in stated), "")


def _facts(
    viewer: Viewer | None,
    incident: Incident,
    rows: list[ReportRow],
    claims: list[Claim],
    moment: datetime.datetime | None,
) -> list[FactView]:
    by_report = {row.report.pk: row for row in rows}
    facts = {
        (fact.kind, fact.subject): fact
        for fact in Fact.objects.seen_by(viewer).filter(in_force(moment), incident=incident).select_related("by")
    }
    bases: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for fact_id, claim_id in Basis.objects.filter(fact__in=facts.values()).values_list("fact_id", "claim_id"):
        bases[fact_id].add(claim_id)
    graded = {
        row.claim_id: row
        for row in Grade.objects.seen_by(viewer).filter(in_force(moment), claim__in=claims).exclude(claim=None)
    }
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[_key(claim.kind, claim.subject)].append(claim)
    for key in facts:
        grouped.setdefault(_key(*key), [])
    views = []
    for key, group in grouped.items():
        mine = [fact for name, fact in facts.items() if _key(*name) == key]
        fact = max(mine, key=lambda one: one.since, default=None)
        carried = {claim for one in mine for claim in bases[one.id]}
        cards = [
            ClaimView(
                claim,
                by_report[claim.report_id],
                graded.get(claim.id) or by_report[claim.report_id].grade,
                _state(claim, by_report, carried, fact),
            )
            for claim in group
        ]
        views.append(FactView(key[0], key[1], fact, cards))
    return sorted(views, key=lambda view: (ORDER.index(view.kind) if view.kind in ORDER else len(ORDER), view.subject))


def _key(kind: str, subject: str) -> tuple[str, str]:
    """Statements are set side by side by kind and subject; kinds that stand together, by kind alone."""
    return kind, "" if kind in TOGETHER else subject


def _state(claim: Claim, rows: dict[uuid.UUID, ReportRow], carried: set[uuid.UUID], fact: Fact | None) -> str:
    if rows[claim.report_id].report.sheet.withdrawn_at:
        return "struck"
    if claim.id in carried:
        return "carried"
    if fact and claim.kind not in TOGETHER and claim.made_at < fact.since and claim.value != fact.value:
        return "replaced"
    return "dropped" if fact else "open"


def sites_of(viewer: Viewer | None, incident: Incident) -> list[Site]:
    """The places of an incident in order of time, of what the viewer may see."""
    return _sites(linked_rows(viewer, incident))


def _sites(rows: list[ReportRow]) -> list[Site]:
    """Distinct places with a point, in the order in which things happened there; home desks and vague points are left out."""
    sites: list[Site] = []
    seen: set[tuple[float, float]] = set()
    for row in sorted(rows, key=lambda row: row.report.happened_at or row.report.observed_at):
        report = row.report
        if report.lat is None or report.lon is None or (report.precision_m or 0) > 1500 or report.post.status == "home":
            continue
        spot = (round(report.lat, 3), round(report.lon, 3))
        if spot in seen:
            continue
        seen.add(spot)
        doubtful = bool(report.sheet.withdrawn_at) or bool(row.grade and row.grade.credibility in "456DE")
        sites.append(
            Site(
                len(sites) + 1,
                report.place_name,
                report.happened_at or report.observed_at,
                report.lat,
                report.lon,
                row,
                doubtful,
            )
        )
    return sites


def _ticks(rows: list[ReportRow], first: datetime.datetime, last: datetime.datetime) -> list[tuple[float, bool]]:
    span = max((last - first).total_seconds(), 1.0)
    return [
        (round(100 * (row.report.sheet.filed_at - first).total_seconds() / span, 2), row.report.kind == "flash")
        for row in rows
    ]
