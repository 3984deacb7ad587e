"""Linking and unlinking reports, merging and splitting incidents; each can be undone by a new row."""

from collections.abc import Sequence

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import Sheet
from vedette.handling.policy import require, visible_sheets
from vedette.incidents.actions.opening import open_incident, record_link, record_standing
from vedette.incidents.models import Incident, Link
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.models import Report


@transaction.atomic
def link_report(
    by: Viewer | None,
    *,
    report: Sheet,
    incident: Incident,
    score: float | None = None,
    reasons: list[dict[str, object]] | None = None,
    because: str = "",
) -> Link:
    """The report belongs to the incident; a report in another incident is a Conflict, the same link again changes nothing."""
    viewer = require(by, "link_report", report)
    require(viewer, "link_report", incident.sheet)
    current = _link_in_force(report)
    if current and current.incident_id == incident.pk:
        return current
    if current:
        raise Conflict("This report already belongs to another incident.", "Unlink it there first.")
    link = record_link(viewer, incident, report, score=score, reasons=reasons, because=because)
    record(viewer, "incident.linked", [incident.pk, report.pk], because)
    announce("incident.linked", incident.pk, report.pk)
    return link


@transaction.atomic
def unlink_report(by: Viewer | None, *, report: Sheet, because: str) -> None:
    """The report no longer belongs to its incident, with the reason; linking it again undoes this."""
    viewer = require(by, "unlink_report", report)
    reason = clean_line("because", because, limit=300, required=True)
    current = _link_in_force(report)
    if current is None or current.incident is None:
        raise Conflict("This report belongs to no incident.", "Nothing to unlink.")
    _close(current, reason)
    record(viewer, "incident.unlinked", [current.incident.pk, report.pk], reason)
    announce("incident.unlinked", current.incident.pk, report.pk)


@transaction.atomic
def merge(by: Viewer | None, *, incident: Incident, into: Incident, because: str) -> Incident:
    """Move every report of one incident into another; refused while the viewer cannot see all of them."""
    viewer = require(by, "merge", incident.sheet)
    require(viewer, "merge", into.sheet)
    if incident.pk == into.pk:
        raise Refused("into", "An incident cannot be merged into itself.", "Choose another one.")
    reason = clean_line("because", because, limit=300, required=True)
    for link in _links_all_seen(viewer, incident):
        _close(link, f"merged: {reason}")
        record_link(viewer, into, link.report, because=f"merged from {incident.sheet.reference}: {reason}")
    record_standing(viewer, incident, state=Incident.State.MERGED, because=reason, into=into)
    record(viewer, "incident.merged", [into.pk, incident.pk], reason)
    announce("incident.merged", into.pk, incident.pk)
    return into


@transaction.atomic
def split(by: Viewer | None, *, incident: Incident, reports: Sequence[Report], title: str, because: str) -> Incident:
    """Take reports out of an incident into a new one of their own, with the reason."""
    viewer = require(by, "split", incident.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    if not reports:
        raise Refused("reports", "No report was chosen.", "Tick the reports that belong elsewhere.")
    for report in reports:
        current = _link_in_force(report.sheet)
        if current is None or current.incident_id != incident.pk:
            raise Refused(
                "reports", f"{report.sheet.reference} does not belong to this incident.", "Load the page anew."
            )
        _close(current, f"split off: {reason}")
    fresh = open_incident(viewer, report=reports[0], title=title, because=f"split off: {reason}")
    for report in reports[1:]:
        record_link(viewer, fresh, report.sheet, because=f"split off: {reason}")
    record(viewer, "incident.split", [incident.pk, fresh.pk, *[report.pk for report in reports]], reason)
    announce("incident.split", incident.pk, fresh.pk)
    return fresh


def _link_in_force(report: Sheet) -> Link | None:
    rows = Link.objects.as_house("a report belongs to one incident").select_related("incident__sheet", "report")
    return (
        rows.select_for_update(of=("self",)).filter(report=report, incident__isnull=False, until__isnull=True).first()
    )


def _links_all_seen(viewer: Viewer, incident: Incident) -> list[Link]:
    rows = Link.objects.as_house("a merge moves every report or none").select_related("report")
    links = list(rows.select_for_update(of=("self",)).filter(incident=incident, until__isnull=True))
    seen = visible_sheets(viewer, [link.report_id for link in links])
    if len(seen) != len(links):
        raise Forbidden(
            "You do not see all of this incident, so you cannot merge it.", "Ask somebody with a wider seat."
        )
    return links


def _close(link: Link, because: str) -> None:
    rows = Link.objects.as_house("a link is ended by the verb that ends it")
    rows.filter(pk=link.pk).update(until=now(), because=because[:300])
