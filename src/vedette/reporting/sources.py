"""Root sources: what a source goes back to, how many independent ones there are, and who else says the same."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Q

from vedette.agencies.viewer import Viewer
from vedette.reporting.models import Claim, Report, Source

# Statements of the same value this far apart in time may be about the same fact.
SAME_EVENT = datetime.timedelta(hours=72)
DEPTH = 20


def root_of(source: Source) -> uuid.UUID | None:
    """The root a source goes back to; None while the root is unknown anywhere on the way there."""
    seen: set[uuid.UUID] = set()
    while source.root_known and source.id not in seen and len(seen) < DEPTH:
        if source.root is None:
            return source.id
        seen.add(source.id)
        source = source.root
    return None


def independent_roots(claims: Iterable[Claim | Report]) -> int:
    """How many independent roots stand behind statements or reports; an unknown root counts as the same root."""
    roots = {root_of(_source(row)) for row in claims}
    known = roots - {None}
    return len(known) or (1 if roots else 0)


def is_confirmed_by(claim: Claim | Report, others: Iterable[Claim | Report]) -> bool:
    """Whether one of the others goes back to a known root that is not this one's; both roots must be known."""
    own = root_of(_source(claim))
    return own is not None and any(root_of(_source(other)) not in (None, own) for other in others)


def _source(row: Claim | Report) -> Source:
    return row.report.source if isinstance(row, Claim) else row.source


def same_fact(viewer: Viewer | None, claim: Claim) -> list[Claim]:
    """The statements of other reports, of those the viewer may see, that give the same value for the same thing in the
    same days; a statement without a subject may be about any."""
    seen_at = claim.report.observed_at
    value = Q(number=claim.number) if claim.number is not None else Q(value__iexact=claim.value)
    subject = Q() if not claim.subject else Q(subject__iexact=claim.subject) | Q(subject="")
    rows = Claim.objects.seen_by(viewer).filter(
        value,
        subject,
        kind=claim.kind,
        report__observed_at__range=(seen_at - SAME_EVENT, seen_at + SAME_EVENT),
        report__sheet__withdrawn_at__isnull=True,
    )
    # "No bomb" confirms only another "no bomb".
    rows = rows.filter(qualifier="denied") if claim.qualifier == "denied" else rows.exclude(qualifier="denied")
    parts = ("report__source__root", "report__sheet", "report__post")
    return list(rows.exclude(report=claim.report_id).select_related(*parts))


def sources_near(viewer: Viewer | None, report: Report) -> list[Source]:
    """The sources of the reports of the same days that the viewer may see: what this report's source may go back to."""
    rows = Report.objects.seen_by(viewer).filter(
        observed_at__range=(report.observed_at - SAME_EVENT, report.observed_at + SAME_EVENT)
    )
    keys = rows.values_list("source", flat=True).distinct()
    found = Source.objects.filter(id__in=keys).exclude(id=report.source_id).select_related("post", "root")
    return list(found.order_by("post__city", "label")[:60])
