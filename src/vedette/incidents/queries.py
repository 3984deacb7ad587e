"""Reads of incidents: lists, proposals for a report, what belongs to one, as of any moment."""

import datetime
import uuid
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sheet
from vedette.incidents.linking import THRESHOLD, Proposal, propose
from vedette.incidents.models import Incident, Link, Standing
from vedette.incidents.views import view_of_incident, view_of_row
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.reporting.queries import ReportRow, rows_of


@dataclass(frozen=True)
class IncidentRow:
    """An incident as a list shows it: the row, its standing, how many reports the viewer sees in it, the last of them."""

    incident: Incident
    standing: Standing
    reports: int
    last_at: datetime.datetime | None


@dataclass(frozen=True)
class Offer:
    """A proposed home for a report: the incident, the score, the reasons in words, whether it passes the threshold."""

    incident: Incident
    proposal: Proposal
    passes: bool


def open_incidents(viewer: Viewer | None, states: tuple[str, ...] = ("active", "watched")) -> list[IncidentRow]:
    """The incidents in these states that the viewer may see, the one last heard of first."""
    standings = list(
        Standing.objects.seen_by(viewer).filter(until__isnull=True, state__in=states).select_related("incident__sheet")
    )
    links = Link.objects.seen_by(viewer).filter(incident__in=[row.incident_id for row in standings], until__isnull=True)
    filed: dict[uuid.UUID, list[datetime.datetime]] = {}
    for incident_id, moment in links.values_list("incident_id", "report__filed_at"):
        filed.setdefault(incident_id, []).append(moment)
    rows = [
        IncidentRow(
            row.incident, row, len(filed.get(row.incident_id, [])), max(filed.get(row.incident_id, []), default=None)
        )
        for row in standings
    ]
    return sorted(rows, key=lambda row: row.last_at or row.incident.sheet.filed_at, reverse=True)


def offers_for(viewer: Viewer | None, row: ReportRow, limit: int = 3) -> list[Offer]:
    """To which open incident a report belongs, best first, judged on what this viewer may see and nothing else."""
    incidents = {str(item.incident.pk): item.incident for item in open_incidents(viewer)}
    if not incidents:
        return []
    links = Link.objects.seen_by(viewer).filter(incident__in=incidents.values(), until__isnull=True)
    of_report = dict(links.exclude(report=row.report.pk).values_list("report_id", "incident_id"))
    rows = rows_of(viewer, of_report)
    views = [
        view_of_incident(key, incident.title, [item for item in rows if str(of_report[item.report.pk]) == key])
        for key, incident in incidents.items()
    ]
    found = propose(view_of_row(row), [view for view in views if view.reports], now())
    return [Offer(incidents[item.incident_id], item, item.score >= THRESHOLD) for item in found[:limit]]


def incident_of(viewer: Viewer | None, report_id: uuid.UUID) -> Incident | None:
    """The incident a report belongs to, if the viewer may see both."""
    link = (
        Link.objects.seen_by(viewer)
        .filter(report=report_id, incident__isnull=False, until__isnull=True)
        .select_related("incident__sheet")
        .first()
    )
    if link is None or link.incident is None:
        return None
    return Incident.objects.seen_by(viewer).select_related("sheet").filter(pk=link.incident.pk).first()


def incidents_of(viewer: Viewer | None, report_ids: list[uuid.UUID]) -> dict[uuid.UUID, Incident]:
    """For each of these reports the incident it belongs to, where the viewer may see both."""
    links = Link.objects.seen_by(viewer).filter(report__in=report_ids, incident__isnull=False, until__isnull=True)
    pairs = dict(links.values_list("report_id", "incident_id"))
    seen = {
        row.pk: row
        for row in Incident.objects.seen_by(viewer).filter(pk__in=set(pairs.values())).select_related("sheet")
    }
    return {report: seen[incident] for report, incident in pairs.items() if incident in seen}


def linked_rows(viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None) -> list[ReportRow]:
    """The reports that belonged to an incident at a moment, each as it stood, of what the viewer may see now, oldest first."""
    links = Link.objects.seen_by(viewer).filter(in_force(moment), incident=incident)
    if moment is not None:
        links = links.filter(report__filed_at__lte=moment)
    ids = list(links.order_by("report__filed_at").values_list("report_id", flat=True))
    return sorted(rows_of(viewer, ids, moment), key=lambda row: row.report.observed_at)


def standing_of(viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None) -> Standing | None:
    """How the incident stood at a moment."""
    return Standing.objects.seen_by(viewer).filter(in_force(moment), incident=incident).order_by("-since").first()


def sheet_of_report(viewer: Viewer | None, report_id: uuid.UUID) -> Sheet | None:
    """The sheet of a report the viewer may see."""
    rows = rows_of(viewer, [report_id])
    return rows[0].report.sheet if rows else None
