"""What the incident page draws, from the picture the viewer may see."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.incidents.analogues import analogues_of_rows, catalogue_size
from vedette.incidents.models import Incident
from vedette.incidents.picture import Picture, picture_of
from vedette.incidents.queries import open_incidents
from vedette.programme.missions import MissionRow, missions
from vedette.reporting.surges import answered
from vedette.web.parts import times
from vedette.web.releases.informed import informed
from vedette.web.response.panel import response_panel


def incident_context(
    request: HttpRequest, viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None
) -> dict[str, Any]:
    """Everything `incident/page.html` and its body draw, as of a moment."""
    picture = picture_of(viewer, incident, moment)
    then = picture.moment if picture.past else None
    return {
        "may_brief": may(viewer, "brief").allowed,
        "may_draft": may(viewer, "draft_release").allowed,
        "incident": incident,
        "picture": picture,
        "then": then,
        "report_url": report_url(then),
        "title": picture.standing.title if picture.past and picture.standing else incident.title,
        "points": points_of(picture, then),
        "analogues": analogues_of_rows(picture.rows, incident.began_at),
        "catalogue_size": catalogue_size(),
        "others": [row.incident for row in open_incidents(viewer) if row.incident.pk != incident.pk],
        "contradictions": sum(view.contradicted for view in picture.facts),
        "slider": _slider(picture),
        "response": response_panel(viewer, incident, then),
        "teams": _teams(viewer, incident) if then is None else [],
        "informed": informed(viewer, incident, then),
    }


def _teams(viewer: Viewer | None, incident: Incident) -> list[tuple[MissionRow, int, int]]:
    """The missions that followed this incident, each with how many of its questions are answered, of how many."""
    rows = missions(viewer, after=incident.sheet.pk)
    counts = answered(viewer, [row.mission.pk for row in rows]) if rows else {}
    return [(row, *counts.get(row.mission.pk, (0, 0))) for row in rows]


def report_url(then: datetime.datetime | None) -> str:
    """Where a report is opened, its id to follow: at the desk, or from a past page as it stood."""
    if then is None:
        return f"{reverse('desk')}?report="
    return f"{reverse('report_then')}?{urlencode({'at': times.iso(then)}, safe=':')}&report="


def points_of(picture: Picture, then: datetime.datetime | None) -> list[dict[str, Any]]:
    """The sites as points of the map, numbered in order of time."""
    return [
        {
            "id": f"site-{site.number}",
            "kind": "incident",
            "lat": site.lat,
            "lon": site.lon,
            "label": site.name,
            "mark": str(site.number),
            "href": f"{report_url(then)}{site.row.report.pk}",
            "state": "unsure" if site.doubtful else "",
            "note": "",
        }
        for site in picture.sites
    ]


def _slider(picture: Picture) -> dict[str, Any]:
    first, last = int(picture.first_at.timestamp()), int(picture.last_at.timestamp()) + 1
    step = max((last - first) // 500, 1)
    # A whole number of steps, so that the far end is "now" and can be reached.
    last = first + -(-(last - first) // step) * step
    at = int(picture.moment.timestamp()) if picture.past else last
    return {"first": first, "last": last, "at": at, "step": step}
