"""Opening an incident from a report, and changing how it stands."""

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.incidents.linking import title_for
from vedette.incidents.models import Incident, Link, Standing
from vedette.incidents.views import view_of_row
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.models import Report
from vedette.reporting.queries import ReportRow, rows_of
from vedette.search.actions import index


@transaction.atomic
def open_incident(by: Viewer | None, *, report: Report, title: str = "", because: str = "") -> Incident:
    """Open an incident on a report, which is linked to it; its sheet is never wider than the report's.

    A report already in an incident is a Conflict: it is unlinked or split off first.
    """
    viewer = require(by, "open_incident", report.sheet)
    row = _row(viewer, report)
    if (
        Link.objects.as_house("a report belongs to one incident")
        .filter(report=report.sheet, incident__isnull=False, until__isnull=True)
        .exists()
    ):
        raise Conflict("This report already belongs to an incident.", "Unlink it first, or split it off.")
    incident = _make(viewer, row, clean_line("title", title) or title_for(view_of_row(row)))
    record_link(viewer, incident, report.sheet, because=because or "the incident was opened on it")
    record(viewer, "incident.opened", [incident.pk, report.pk])
    announce("incident.opened", incident.pk, report.pk)
    return incident


def _row(viewer: Viewer, report: Report) -> ReportRow:
    rows = rows_of(viewer, [report.pk])
    if not rows:
        raise Refused("report", "There is no such report.", "Choose one from the queue.")
    return rows[0]


def _make(viewer: Viewer, row: ReportRow, title: str) -> Incident:
    report = row.report
    held = report.sheet.access_class
    sheet = new_sheet(
        viewer,
        kind="incident",
        prefix="INC",
        sensitivity=held.sensitivity,
        groups=held.groups,
        named_subject=held.named_subject,
        because=f"opened on {report.sheet.reference}",
    )
    incident: Incident = Incident.objects.create(
        sheet=sheet,
        title=title,
        place_name=report.place_name,
        country=report.post.country,
        lat=report.lat if report.lat is not None else report.post.lat,
        lon=report.lon if report.lon is not None else report.post.lon,
        zone=report.observed_zone,
        city=report.post.city,
        began_at=report.happened_at or report.observed_at,
    )
    Standing.objects.create(
        incident=incident, state=Incident.State.ACTIVE, title=title, since=now(), by_id=viewer.seat_id, because="opened"
    )
    renew_index(incident)
    return incident


def renew_index(incident: Incident) -> None:
    """Part of a verb: find the incident by its title and place."""
    index(
        incident.sheet,
        title=incident.title,
        texts=[("en", f"{incident.title}. {incident.place_name}")],
        at=incident.began_at,
        place_name=incident.place_name,
        point=(incident.lat, incident.lon) if incident.lat is not None and incident.lon is not None else None,
    )


def record_link(
    by: Viewer,
    incident: Incident,
    sheet: Sheet,
    *,
    score: float | None = None,
    reasons: list[dict[str, object]] | None = None,
    because: str = "",
) -> Link:
    """Part of a verb: the report belongs to the incident from now on."""
    link: Link = Link.objects.create(
        report=sheet,
        incident=incident,
        score=score,
        reasons=reasons or [],
        since=now(),
        by_id=by.seat_id,
        because=because,
    )
    return link


@transaction.atomic
def change_incident(
    by: Viewer | None, *, incident: Incident, state: str = "", title: str = "", because: str
) -> Standing:
    """A new title or state, with its reason; what stood before is kept."""
    viewer = require(by, "change_incident", incident.sheet)
    if state and state not in (Incident.State.ACTIVE, Incident.State.WATCHED, Incident.State.CLOSED):
        raise Refused("state", f"“{state}” is not a state.", "Choose active, watched or closed.")
    reason = clean_line("because", because, limit=300, required=True)
    standing = record_standing(viewer, incident, state=state, title=clean_line("title", title), because=reason)
    record(viewer, "incident.changed", [incident.pk], reason)
    announce("incident.changed", incident.pk)
    return standing


def record_standing(
    by: Viewer, incident: Incident, *, state: str = "", title: str = "", because: str, into: Incident | None = None
) -> Standing:
    """Part of a verb: close the standing in force and add the next."""
    rows = Standing.objects.as_house("the standing in force is closed by the next one")
    current = rows.select_for_update().get(incident=incident, until__isnull=True)
    moment = now()
    rows.filter(pk=current.pk).update(until=moment)
    incident.title = title or incident.title
    incident.save(update_fields=["title"])
    renew_index(incident)
    standing: Standing = Standing.objects.create(
        incident=incident,
        state=state or current.state,
        title=incident.title,
        merged_into=into,
        since=moment,
        by_id=by.seat_id,
        because=because,
    )
    return standing
