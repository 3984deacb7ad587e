"""What the desk shows beside the queue: posts with their times, incidents on the map, the chosen report and where it belongs."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from vedette.agencies.models import Agency
from vedette.agencies.queries import glass_in_force, home_agency
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.handsets.questions import late_answer_of
from vedette.incidents.analogues import analogues_of, analogues_of_rows
from vedette.incidents.picture import sites_of
from vedette.incidents.queries import IncidentRow, incident_of, offers_for, open_incidents
from vedette.programme.models import Post
from vedette.programme.queries import posts
from vedette.reporting.desk import DeskList, chosen_report
from vedette.web.response.runbar import runbar

CLOCKS = 11


def desk_context(
    request: HttpRequest, viewer: Viewer | None, page: DeskList, chosen: uuid.UUID | None
) -> dict[str, Any]:
    """Everything `desk/page.html` draws."""
    home, standing, running = home_agency(), posts(), open_incidents(viewer, ("active",))
    words = ngettext("%(n)s unread flash", "%(n)s unread flashes", page.unread_flashes) % {"n": page.unread_flashes}
    request.nav_counts = {"desk": (page.unread_flashes, page.unread_flashes > 0, words)}  # type: ignore[attr-defined]
    largest = max(running, key=lambda row: row.reports, default=None)
    return {
        "page": page,
        "home": home,
        "clocks": _clocks(standing, page),
        "points": points_of(standing, running, home),
        "largest": largest,
        "sites": sites_of(viewer, largest.incident)[:6] if largest else [],
        "runbar": runbar(viewer),
        "glass": glass_in_force(),
        **(report_context(viewer, chosen) if chosen else {"chosen": None}),
    }


def report_context(viewer: Viewer | None, report: uuid.UUID | None, reason: str = "") -> dict[str, Any]:
    """The chosen report, where it belongs or might belong, and what it is like."""
    chosen = chosen_report(viewer, report, reason)
    incident = incident_of(viewer, chosen.row.report.pk)
    alone = analogues_of_rows([chosen.row], chosen.row.report.observed_at, limit=1)
    like = analogues_of(viewer, incident, limit=1) if incident else alone
    return {
        "chosen": chosen,
        "may_purge": may(viewer, "see_purges").allowed,
        "may_draft": may(viewer, "draft_release").allowed,
        "late_answer": late_answer_of(viewer, chosen.row.report.pk),
        "incident": incident,
        "offers": [] if incident else offers_for(viewer, chosen.row, limit=2),
        "like": like[0] if like and (incident or like[0].analogue.score > 0.35) else None,
    }


def _clocks(standing: list[Post], page: DeskList) -> list[dict[str, Any]]:
    """One clock a place, those with something unread first to be found, in the order of the list."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for post in standing:
        if post.status in (Post.Status.HOME, Post.Status.SEAT):
            continue
        known = seen.setdefault((post.city, post.zone), {"city": post.city, "zone": post.zone, "hot": False})
        known["hot"] = known["hot"] or post.id in page.hot_posts
    ordered = sorted(seen.values(), key=lambda clock: not clock["hot"])
    return ordered[:CLOCKS]


def points_of(standing: list[Post], running: list[IncidentRow], home: Agency) -> list[dict[str, Any]]:
    """Posts as rings, running incidents as burning dots, home as a square."""
    points: list[dict[str, Any]] = [
        {
            "id": f"post-{post.key}",
            "kind": "post",
            "lat": post.lat,
            "lon": post.lon,
            "label": post.city,
            "note": post.host_kind,
        }
        for post in standing
        if post.status not in (Post.Status.HOME, Post.Status.SEAT)
    ]
    if home.lat is not None:
        points.append({"id": "home", "kind": "home", "lat": home.lat, "lon": home.lon, "label": home.city or home.name})
    # Where names stand close, the largest keeps its own.
    for row in sorted(running, key=lambda row: -row.reports):
        if row.incident.lat is not None and row.reports > 1:
            points.append(
                {
                    "id": f"incident-{row.incident.pk}",
                    "kind": "incident",
                    "lat": row.incident.lat,
                    "lon": row.incident.lon,
                    "label": row.incident.title,
                    "href": f"/incidents/{row.incident.pk}/",
                    "note": row.incident.sheet.reference,
                }
            )
    return points
