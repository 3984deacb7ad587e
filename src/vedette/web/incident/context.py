"""What the incident page draws, from the picture the viewer may see."""

import datetime
from typing import Any

from django.http import HttpRequest

from vedette.agencies.viewer import Viewer
from vedette.incidents.analogues import analogues_of_rows, catalogue_size
from vedette.incidents.models import Incident
from vedette.incidents.picture import Picture, picture_of
from vedette.incidents.queries import open_incidents
from vedette.web.releases.informed import informed
from vedette.web.response.panel import response_panel


def incident_context(
    request: HttpRequest, viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None
) -> dict[str, Any]:
    """Everything `incident/page.html` and its body draw, as of a moment."""
    picture = picture_of(viewer, incident, moment)
    then = picture.moment if picture.past else None
    return {
        "incident": incident,
        "picture": picture,
        "then": then,
        "title": picture.standing.title if picture.past and picture.standing else incident.title,
        "points": points_of(picture),
        "analogues": analogues_of_rows(picture.rows, incident.began_at),
        "catalogue_size": catalogue_size(),
        "others": [row.incident for row in open_incidents(viewer) if row.incident.pk != incident.pk],
        "contradictions": sum(view.contradicted for view in picture.facts),
        "slider": _slider(picture),
        "response": response_panel(viewer, incident, then),
        "informed": informed(viewer, incident, then),
    }


def points_of(picture: Picture) -> list[dict[str, Any]]:
    """The sites as points of the map, numbered in order of time."""
    return [
        {
            "id": f"site-{site.number}",
            "kind": "incident",
            "lat": site.lat,
            "lon": site.lon,
            "label": site.name,
            "mark": str(site.number),
            "href": f"/?report={site.row.report.pk}",
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
