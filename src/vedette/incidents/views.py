"""Reports and incidents as the judging functions see them: plain values of what one viewer may see."""

from collections.abc import Iterable

from vedette.incidents.linking import IncidentView, ReportView
from vedette.reporting.queries import ReportRow


def view_of_row(row: ReportRow) -> ReportView:
    """One report as linking and likeness read it: the officer's own English, place, times, source."""
    report = row.report
    return ReportView(
        kind=report.kind,
        text=row.english,
        place=report.place_name,
        lat=report.lat,
        lon=report.lon,
        precision_m=report.precision_m,
        country=report.post.country,
        observed_at=report.observed_at,
        happened_at=report.happened_at,
        post_id=report.post.key,
        post_city=report.post.city,
        post_country=report.post.country,
        source_kind=report.source.kind,
        nexus=report.nexus,
    )


def view_of_incident(key: str, title: str, rows: Iterable[ReportRow]) -> IncidentView:
    """An incident as linking reads it: its reports in the order in which they were observed."""
    reports = tuple(view_of_row(row) for row in sorted(rows, key=lambda row: row.report.observed_at))
    moments = [report.observed_at for report in reports]
    return IncidentView(
        id=key,
        title=title,
        reports=reports,
        places=tuple(dict.fromkeys(report.place for report in reports if report.place)),
        began=min(moments, default=None),
        last=max(moments, default=None),
    )
