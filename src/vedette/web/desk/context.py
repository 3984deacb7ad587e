"""What the desk shows beside the queue: posts with their times, the chosen report, who is on duty."""

import uuid
from typing import Any

from django.http import HttpRequest

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.programme.queries import posts
from vedette.reporting.desk import DeskList, chosen_report


def desk_context(request: HttpRequest, viewer: Viewer | None, page: DeskList, chosen: uuid.UUID | None) -> dict[str, Any]:
    """Everything `desk/page.html` draws."""
    home = home_agency()
    standing = posts()
    request.nav_counts = {"desk": (page.unread_flashes, page.unread_flashes > 0, "")}  # type: ignore[attr-defined]
    return {
        "page": page,
        "home": home,
        "clocks": [{"city": post.city, "zone": post.zone, "hot": post.id in page.hot_posts} for post in standing[:11]],
        "points": _points(standing, page, home),
        "chosen": chosen_report(viewer, chosen) if chosen else None,
    }


def _points(standing: list[Any], page: DeskList, home: Any) -> list[dict[str, Any]]:
    points = [
        {"id": f"post-{post.key}", "kind": "post", "lat": post.lat, "lon": post.lon, "label": post.city, "href": "", "state": "", "note": post.host_kind}
        for post in standing
        if post.status != "home"
    ]
    if home.lat is not None:
        points.append({"id": "home", "kind": "home", "lat": home.lat, "lon": home.lon, "label": home.city or home.name, "href": "", "state": "", "note": ""})
    return points + page.points
