"""What the pages of the programme draw: the posts, what is due, the rota, all contacts."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.time import now
from vedette.programme.actions import read_contacts, see_programme
from vedette.programme.queries import (
    AgreementRow,
    agreements,
    caveats_in_force,
    closed_posts,
    coverage,
)
from vedette.programme.rota import Coverage, day_words
from vedette.reporting.queries import desk_page
from vedette.web.programme.gantt import draw

WEEK = datetime.timedelta(days=7)
# The week's reports are counted from the newest page of the desk's own list, so that what is counted is what is seen.
COUNTED = 300


@dataclass(frozen=True)
class Due:
    """One thing the manager has to see to: on which day, what, where, how pressing (`burning`, `due` or none)."""

    on: datetime.date
    what: str
    href: str
    where: str
    kind: str = ""


def shell_context(viewer: Viewer | None, tab: str) -> dict[str, Any]:
    """What every page of the programme has: its tabs, and what the viewer may change."""
    tabs = [
        ("posts", _("Posts"), "programme"),
        ("rota", _("Rota"), "programme_rota"),
        ("contacts", _("Contacts"), "programme_contacts"),
        ("agreements", _("Agreements"), "programme_agreements"),
        ("missions", _("Missions"), "missions"),
        ("officers", _("Officers"), "officers"),
    ]
    verbs = (
        "set_post",
        "post_officer",
        "set_host_caveat",
        "set_contact",
        "log_meeting",
        "sign_agreement",
        "set_clause",
    )
    return {
        "tabs": [{"label": label, "href": reverse(name), "current": key == tab} for key, label, name in tabs],
        "may": {verb: may(viewer, verb).allowed for verb in verbs},
        "today": now().date(),
    }


def posts_context(viewer: Viewer | None) -> dict[str, Any]:
    """The first page: map, what is due, the table of posts."""
    rows = coverage()
    see_programme(viewer, [row.post.id for row in rows])
    caveats, reports, agreed = caveats_in_force(), reports_this_week(viewer), agreements()
    staffed = [row for row in rows if row.needed]
    listed = [
        {"cover": row, "caveats": caveats.get(row.post.id, 0), "reports": reports[row.post.id]}
        for row in sorted(rows, key=lambda row: (not row.needed, row.post.city, row.post.key))
    ]
    return {
        **shell_context(viewer, "posts"),
        "rows": listed,
        "closed": closed_posts(),
        "points": points(rows),
        "due": due_of(rows, agreed),
        "needed": len(staffed),
        "staffed": sum(1 for row in staffed if row.here),
        "gaps": sum(len(row.soon) for row in staffed),
        "looked_at": sum(1 for row in agreed if row.warning or row.review_late),
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


def due_of(rows: list[Coverage], agreed: list[AgreementRow]) -> list[Due]:
    """What has to be seen to: gaps within 90 days, agreements that expire, readings that are late; by day."""
    today = now().date()
    found = [_gap_due(row, gap.begins, gap.last if gap.closed else None, today) for row in rows for gap in row.soon]
    for row in agreed:
        href = reverse("programme_agreement", args=[row.agreement.key])
        who = row.agreement.partner.name
        if row.warning and row.agreement.expires:
            said = ngettext("Expires in %(n)s day: %(title)s", "Expires in %(n)s days: %(title)s", row.days_left or 0)
            words = {"n": row.days_left, "title": row.agreement.title}
            kind = "burning" if row.warning <= 7 else "due"
            found.append(Due(row.agreement.expires, said % words, href, who, kind))
        if row.review_late:
            said = _("Locked, reading over three years late: %(title)s") if row.locked else _("Reading late: %(title)s")
            kind = "burning" if row.locked else "due"
            found.append(Due(row.review_due, said % {"title": row.agreement.title}, href, who, kind))
    return sorted(found, key=lambda one: one.on)


def _gap_due(row: Coverage, begins: datetime.date, last: datetime.date | None, today: datetime.date) -> Due:
    if begins <= today:
        said = (
            _("Nobody posted, until %(day)s") % {"day": day_words(last)} if last else _("Nobody posted, nobody named")
        )
    elif last:
        said = _("Gap until %(day)s") % {"day": day_words(last)}
    else:
        said = _("Nobody named after %(who)s") % {"who": row.here[0].seat.label if row.here else _("the last officer")}
    return Due(begins, said, reverse("programme_post", args=[row.post.key]), row.post.city, "burning")


def rota_context(viewer: Viewer | None) -> dict[str, Any]:
    """The lanes of this year, and the same as a list."""
    rows = coverage()
    see_programme(viewer, [row.post.id for row in rows])
    needed = [row for row in rows if row.needed]
    return {**shell_context(viewer, "rota"), "gantt": draw(needed, now().date()), "rows": needed}


def contacts_context(viewer: Viewer | None) -> dict[str, Any]:
    """All contacts the viewer may see, by post."""
    by_post: dict[Any, list[Any]] = defaultdict(list)
    for row in read_contacts(viewer):
        by_post[row.contact.post].append(row)
    groups = [{"post": post, "rows": rows} for post, rows in sorted(by_post.items(), key=lambda pair: pair[0].city)]
    return {**shell_context(viewer, "contacts"), "groups": groups}
