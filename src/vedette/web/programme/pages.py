"""What the pages of the programme draw: the posts, what is due, the rota, all contacts."""

import datetime
from collections import Counter, defaultdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.time import now
from vedette.programme.actions import read_contacts, read_missions, see_programme
from vedette.programme.papers import PaperRow, leave_of, papers
from vedette.programme.queries import (
    agreements,
    caveats_in_force,
    closed_posts,
    coverage,
)
from vedette.programme.rota import Coverage, last_day, overlap
from vedette.reporting.queries import desk_page
from vedette.web.programme.due import Due, all_due, due_of
from vedette.web.programme.gantt import draw

# Pages that ask much of their own do not ask what is due besides.
QUIET = ("missions", "officers")
WEEK = datetime.timedelta(days=7)
# The week's reports are counted from the newest page of the desk's own list, so that what is counted is what is seen.
COUNTED = 300


def shell_context(viewer: Viewer | None, tab: str, due: list[Due] | None = None) -> dict[str, Any]:
    """What every page of the programme has: its tabs, on the manager's how much is due, and what the viewer may change."""
    if due is None:
        due = [] if tab in QUIET else all_due(viewer)
    hot = {one.tab for one in due if one.kind == "burning"}
    counts = Counter(one.tab for one in due) if viewer and viewer.holds("programme") else Counter()
    tabs = [
        ("posts", _("Posts"), "programme"),
        ("rota", _("Rota"), "programme_rota"),
        *([("forecast", _("Forecast"), "programme_forecast")] if may(viewer, "see_forecast").allowed else []),
        ("contacts", _("Contacts"), "programme_contacts"),
        ("agreements", _("Agreements"), "programme_agreements"),
        ("missions", _("Missions"), "missions"),
        ("officers", _("Officers"), "officers"),
    ]
    verbs = (
        "set_post",
        "post_officer",
        "set_cover",
        "set_paper",
        "set_host_caveat",
        "set_contact",
        "log_meeting",
        "note_promise",
        "sign_agreement",
        "set_clause",
    )
    return {
        "tabs": [
            {
                "label": label,
                "href": reverse(name),
                "current": key == tab,
                "n": _due_words(counts[key]),
                "hot": key in hot,
            }
            for key, label, name in tabs
        ],
        "may": {verb: may(viewer, verb).allowed for verb in verbs},
        "today": now().date(),
    }


def _due_words(n: int) -> str:
    """How many things of a tab are to be seen to; a bare number would read as how many there are."""
    return ngettext("%(n)s due", "%(n)s due", n) % {"n": n} if n else ""


def posts_context(viewer: Viewer | None) -> dict[str, Any]:
    """The first page: map, what is due, the table of posts."""
    rows = coverage()
    see_programme(viewer, [row.post.id for row in rows])
    caveats, reports, agreed = caveats_in_force(), reports_this_week(viewer), agreements()
    staffed, kept = [row for row in rows if row.needed], papers(viewer)
    listed = [
        {"cover": row, "caveats": caveats.get(row.post.id, 0), "reports": reports[row.post.id]}
        for row in sorted(rows, key=lambda row: (not row.needed, row.post.city, row.post.key))
    ]
    due = due_of(rows, agreed, kept)
    return {
        **shell_context(viewer, "posts", due),
        "rows": listed,
        "closed": closed_posts(),
        "points": points(rows),
        "due": due,
        "needed": len(staffed),
        "staffed": sum(1 for row in staffed if row.staffed),
        "gaps": sum(len(row.soon) for row in staffed),
        "running_out": sum(1 for row in kept if row.warning is not None),
        "looked_at": sum(1 for row in agreed if row.warning or row.review_late or row.review_warning),
    }


def reports_this_week(viewer: Viewer | None) -> Counter[Any]:
    """How many reports of the last seven days the viewer may see, by post."""
    since = now() - WEEK
    page = desk_page(viewer, COUNTED)
    return Counter(row.report.post_id for row in page.rows if row.report.sheet.filed_at >= since)


def points(rows: list[Coverage]) -> list[dict[str, Any]]:
    """The posts and the home agency as points of the map."""
    home = home_agency()
    found = [
        {
            "id": f"post-{row.post.key}",
            "kind": "post",
            "lat": row.post.lat,
            "lon": row.post.lon,
            "label": row.post.city,
            "href": reverse("programme_post", args=[row.post.key]),
            "state": "gap" if row.soon else "",
            "note": row.here[0].seat.label if row.here else row.post.host_kind,
        }
        for row in rows
        if row.needed
    ]
    if home.lat is not None:
        here: dict[str, Any] = {
            "id": "home",
            "kind": "home",
            "lat": home.lat,
            "lon": home.lon,
            "label": home.city or home.name,
        }
        found.append({**here, "href": "", "state": "", "note": home.name})
    return found


def rota_context(viewer: Viewer | None) -> dict[str, Any]:
    """The lanes of this year, and the same as a list."""
    rows = coverage()
    see_programme(viewer, [row.post.id for row in rows])
    needed = [row for row in rows if row.needed]
    by_post: dict[Any, list[PaperRow]] = defaultdict(list)
    for one in papers(viewer):
        by_post[one.paper.post_id].append(one)
    going = [row for row in read_missions(viewer) if not row.over]
    leave = leave_of(viewer, {stay.seat.person_id for row in needed for stay in [*row.here, *row.coming]})
    return {
        **shell_context(viewer, "rota"),
        "gantt": draw(needed, now().date(), by_post, leave, going),
        "going": going,
        "rows": [
            {
                "cover": row,
                "papers": by_post[row.post.id],
                "leave": [
                    {"who": stay.seat.label, "row": gone, "last": last_day(gone.days)}
                    for stay in [*row.here, *row.coming]
                    for gone in leave.get(stay.seat.person_id, [])
                    if overlap(gone.days, stay.days)
                ],
            }
            for row in needed
        ],
    }


def contacts_context(viewer: Viewer | None) -> dict[str, Any]:
    """All contacts the viewer may see, by post."""
    by_post: dict[Any, list[Any]] = defaultdict(list)
    for row in read_contacts(viewer):
        by_post[row.contact.post].append(row)
    groups = [{"post": post, "rows": rows} for post, rows in sorted(by_post.items(), key=lambda pair: pair[0].city)]
    return {**shell_context(viewer, "contacts"), "groups": groups}
