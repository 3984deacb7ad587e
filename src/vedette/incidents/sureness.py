"""How sure a fact is: from the grades of what it rests on, their independent roots, and what contradicts it."""

import uuid
from collections.abc import Sequence

from vedette.agencies.viewer import Viewer
from vedette.incidents.models import Fact, Incident, Link
from vedette.reporting.models import Claim, Grade
from vedette.reporting.queries import ReportRow

GOOD_SOURCES, GOOD_INFORMATION = frozenset("AB"), frozenset("12")


def roots_of(claims: Sequence[Claim]) -> set[uuid.UUID | None]:
    """The independent roots under claims; every unknown root counts as the same one."""
    roots: set[uuid.UUID | None] = set()
    for claim in claims:
        source = claim.report.source
        roots.add((source.root_id or source.id) if source.root_known else None)
    return roots


def roots_of_rows(rows: Sequence[ReportRow]) -> set[uuid.UUID | None]:
    """The independent roots under whole reports."""
    return {
        (row.report.source.root_id or row.report.source.id) if row.report.source.root_known else None for row in rows
    }


def how_sure(viewer: Viewer | None, incident: Incident, claims: Sequence[Claim]) -> str:
    """confirmed: two independent roots, one well graded. probable: one well graded. contradicted: another value stands
    as well graded. open: all else. Asked of what the viewer may see."""
    best = [grade for grade in _grades(viewer, claims) if _good(grade)]
    if _contradicted(viewer, incident, claims):
        return Fact.Sure.CONTRADICTED
    if best and len(roots_of(claims)) > 1:
        return Fact.Sure.CONFIRMED
    return Fact.Sure.PROBABLE if best else Fact.Sure.OPEN


def _grades(viewer: Viewer | None, claims: Sequence[Claim]) -> list[Grade]:
    reports = [claim.report_id for claim in claims]
    return list(Grade.objects.seen_by(viewer).filter(report__in=reports, until__isnull=True))


def _good(grade: Grade) -> bool:
    return grade.reliability in GOOD_SOURCES and grade.credibility in GOOD_INFORMATION


def _contradicted(viewer: Viewer | None, incident: Incident, claims: Sequence[Claim]) -> bool:
    lead = claims[0]
    linked = Link.objects.seen_by(viewer).filter(incident=incident, until__isnull=True).values("report")
    others = Claim.objects.seen_by(viewer).filter(report__in=linked, kind=lead.kind, subject=lead.subject)
    others = others.exclude(id__in=[claim.id for claim in claims]).exclude(value=lead.value)
    newest = max(claim.made_at for claim in claims)
    return any(_good(grade) for grade in _grades(viewer, list(others.filter(made_at__gte=newest))))
