"""From a report to what came of it: its incident, what was done at home, what was released, who acknowledged. No content.

Whoever asks sees the chains of the reports he may read, and in each only what he may read besides; how many others there are
is a figure of the statement.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q

from vedette.account.value import Lead, acted_on, leads_of
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_list
from vedette.handling.policy import require
from vedette.incidents.models import Incident, Link
from vedette.kit.dated import in_force
from vedette.reporting.models import Report
from vedette.response.models import Decision, Deployment, OrderState, Task
from vedette.sharing.models import Delivery, Receipt, Rest

Moment = datetime.datetime
PAGE = 100


@dataclass
class Outcome:
    """What was done because of a report: orders given and how they stand, decisions, releases and who knows of them."""

    orders: int = 0
    done: int = 0
    cannot: int = 0
    decisions: int = 0
    releases: int = 0
    told: int = 0
    acknowledged: int = 0
    first_at: Moment | None = None

    def at(self, moment: Moment) -> None:
        """The first thing that was done is the earliest."""
        self.first_at = moment if self.first_at is None else min(self.first_at, moment)


@dataclass(frozen=True)
class Chain:
    """One report that was acted on, and what came of it."""

    report: Report
    incident: Incident | None
    outcome: Outcome
    leads: list[Lead] = field(default_factory=list)

    @property
    def minutes(self) -> int | None:
        """Minutes from its receipt to the first thing done; None when that is not for the viewer to see."""
        if self.outcome.first_at is None:
            return None
        return round((self.outcome.first_at - self.report.sheet.filed_at).total_seconds() / 60)


@dataclass(frozen=True)
class Chains:
    """A page of chains, the newest first, and how many acted-on reports of the span the viewer may read, of how many."""

    rows: list[Chain]
    readable: int
    all: int
    page: int
    pages: int


@transaction.atomic
def read_chains(by: Viewer | None, *, begins: Moment, ends: Moment, page: int = 1) -> Chains:
    """The chains of a span; that they were looked at is written down, with the reports that were named."""
    viewer = require(by, "see_value")
    found = chains(viewer, begins, ends, page)
    record(viewer, "value.seen", [])
    record_list(viewer, [row.report.pk for row in found.rows])
    return found


def chains(viewer: Viewer | None, begins: Moment, ends: Moment, page: int = 1) -> Chains:
    """The acted-on reports of a span that the viewer may read, a page of them; as many questions for one as for a page."""
    span = Q(sheet__filed_at__gte=begins, sheet__filed_at__lt=ends, sheet__withdrawn_at__isnull=True)
    house = Report.objects.as_house("how many reports were acted on is a figure of the statement").filter(span)
    filed = dict(house.values_list("pk", "sheet__filed_at"))
    acted = acted_on(filed)
    mine = Report.objects.seen_by(viewer).filter(span, pk__in=acted).order_by("-sheet__filed_at", "-pk")
    readable = mine.count()
    pages = max(1, -(-readable // PAGE))
    page = min(max(1, page), pages)
    rows = list(mine.select_related("sheet", "post")[(page - 1) * PAGE : page * PAGE])
    return Chains(_chains(viewer, rows), readable, len(acted), page, pages)


def _chains(viewer: Viewer | None, rows: list[Report]) -> list[Chain]:
    filed = {row.pk: row.sheet.filed_at for row in rows}
    linked = _incidents(viewer, filed)
    outcomes = _outcomes(viewer, filed, {key: one.pk for key, one in linked.items()})
    leads: dict[uuid.UUID, list[Lead]] = defaultdict(list)
    for lead in leads_of([(row.pk, row.post_id, row.sheet.filed_at) for row in rows], set(filed)):
        leads[lead.report].append(lead)
    return [Chain(row, linked.get(row.pk), outcomes[row.pk], leads[row.pk]) for row in rows]


def _incidents(viewer: Viewer | None, reports: Iterable[uuid.UUID]) -> dict[uuid.UUID, Incident]:
    links = Link.objects.seen_by(viewer).filter(in_force(), report__in=list(reports), incident__isnull=False)
    pairs = dict(links.values_list("report", "incident"))
    known = Incident.objects.seen_by(viewer).filter(pk__in=pairs.values()).select_related("sheet")
    named = {row.pk: row for row in known}
    return {report: named[incident] for report, incident in pairs.items() if incident in named}


def _outcomes(
    viewer: Viewer | None, filed: Mapping[uuid.UUID, Moment], linked: Mapping[uuid.UUID, uuid.UUID]
) -> dict[uuid.UUID, Outcome]:
    """What rests on each report, or on its incident and came after it."""
    found = {key: Outcome() for key in filed}
    bases = list({*filed, *linked.values()})
    under: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for report, incident in linked.items():
        under[incident].append(report)

    def those(basis: uuid.UUID, moment: Moment) -> list[Outcome]:
        reports = [basis] if basis in filed else [key for key in under[basis] if filed[key] <= moment]
        return [found[key] for key in reports]

    orders = [
        *Task.objects.seen_by(viewer).filter(basis__in=bases).values_list("pk", "basis", "given_at"),
        *Deployment.objects.seen_by(viewer).filter(basis__in=bases).values_list("pk", "basis", "since"),
    ]
    standing = OrderState.objects.seen_by(viewer).filter(in_force(), order__in=[key for key, _basis, _at in orders])
    states = dict(standing.values_list("order", "state"))
    for key, basis, moment in orders:
        for outcome in those(basis, moment):
            outcome.orders += 1
            outcome.done += states.get(key) == OrderState.State.DONE
            outcome.cannot += states.get(key) == OrderState.State.CANNOT
            outcome.at(moment)
    decided = Decision.objects.seen_by(viewer).filter(basis__in=bases)
    for basis, moment in decided.values_list("basis", "sheet__filed_at"):
        for outcome in those(basis, moment):
            outcome.decisions += 1
            outcome.at(moment)
    _releases(viewer, found)
    return found


def _releases(viewer: Viewer | None, found: dict[uuid.UUID, Outcome]) -> None:
    """The signed releases that rest on each report, of those the viewer may read, with their deliveries."""
    rests = Rest.objects.seen_by(viewer).filter(sheet__in=list(found), paragraph__release__signed_at__isnull=False)
    pairs = set(rests.values_list("sheet", "paragraph__release", "paragraph__release__signed_at"))
    told = Delivery.objects.seen_by(viewer).filter(release__in={release for _sheet, release, _at in pairs})
    known = Receipt.objects.as_house("whether a delivery was acknowledged, of deliveries the viewer may see")
    heard = known.filter(delivery__in=told, kind=Receipt.Kind.ACKNOWLEDGED).values("delivery")
    counted = told.values_list("release").annotate(all=Count("pk"), known=Count("pk", filter=Q(pk__in=heard)))
    counts = {release: (every, known) for release, every, known in counted.order_by()}
    for sheet, release, signed_at in pairs:
        if release in counts:
            outcome, (every, acknowledged) = found[sheet], counts[release]
            outcome.releases += 1
            outcome.told += every
            outcome.acknowledged += acknowledged
            outcome.at(signed_at)
