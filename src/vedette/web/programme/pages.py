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
from vedette.programme.papers import PaperRow, leave_of, papers
from vedette.programme.queries import (
    AgreementRow,
    agreements,
    caveats_in_force,
    closed_posts,
    coverage,
)
from vedette.programme.rota import Coverage, Gap, Handover, day_words, last_day, overlap
from vedette.reporting.queries import desk_page
from vedette.web.parts.said import said as told
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
        "tabs": [{"label": label, "href": reverse(name), "current": key == tab} for key, label, name in tabs],
        "may": {verb: may(viewer, verb).allowed for verb in verbs},
        "today": now().date(),
    }


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
    return {
        **shell_context(viewer, "posts"),
        "rows": listed,
        "closed": closed_posts(),
        "points": points(rows),
        "due": due_of(rows, agreed, kept),
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


def due_of(rows: list[Coverage], agreed: list[AgreementRow], kept: list[PaperRow]) -> list[Due]:
    """What has to be seen to: gaps and short handovers within 90 days, papers and agreements that expire, readings; by day."""
    today = now().date()
    found = [_gap_due(row, gap, today) for row in rows for gap in row.soon]
    found += [_thin_due(row, one) for row in rows for one in row.thin]
    found += [_paper_due(row) for row in kept if row.warning is not None]
    found += _agreements_due(agreed)
    return sorted(found, key=lambda one: one.on)


def _agreements_due(agreed: list[AgreementRow]) -> list[Due]:
    found = []
    for row in agreed:
        href = reverse("programme_agreement", args=[row.agreement.key])
        who = row.agreement.partner.name
        if row.warning and row.agreement.expires:
            said = ngettext("Expires in %(n)s day: %(title)s", "Expires in %(n)s days: %(title)s", row.days_left or 0)
            words = {"n": row.days_left, "title": row.agreement.title}
            kind = "burning" if row.warning <= 7 else "due"
            found.append(Due(row.agreement.expires, said % words, href, who, kind))
        if row.review_warning:
            said = _("To be read again: %(title)s") % {"title": row.agreement.title}
            found.append(Due(row.review_due, said, href, who, "burning" if row.review_warning <= 7 else "due"))
        if row.review_late:
            said = _("Locked, reading over three years late: %(title)s") if row.locked else _("Reading late: %(title)s")
            kind = "burning" if row.locked else "due"
            found.append(Due(row.review_due, said % {"title": row.agreement.title}, href, who, kind))
    return found


def _gap_due(row: Coverage, gap: Gap, today: datetime.date) -> Due:
    last = gap.last if gap.closed else None
    if gap.left:
        said = (
            _("%(n)s of %(wanted)s officers, until %(day)s") if last else _("%(n)s of %(wanted)s officers, none named")
        )
        said %= {"n": gap.left, "wanted": row.wanted.officers, "day": day_words(gap.last)}
    elif gap.begins <= today:
        said = (
            _("Nobody posted, until %(day)s") % {"day": day_words(last)} if last else _("Nobody posted, nobody named")
        )
    elif last:
        said = _("Gap until %(day)s") % {"day": day_words(last)}
    else:
        said = _("Nobody named after %(who)s") % {"who": row.here[0].seat.label if row.here else _("the last officer")}
    return Due(gap.begins, said, reverse("programme_post", args=[row.post.key]), row.post.city, "burning")


def _thin_due(row: Coverage, one: Handover) -> Due:
    words = {"who": one.leaver.seat.label, "next": one.comer.seat.label, "n": one.days, "wanted": one.wanted}
    said = _("%(who)s and %(next)s are together for %(n)s of %(wanted)s days") % words
    day = one.comer.days.lower or now().date()
    return Due(day, said, reverse("programme_post", args=[row.post.key]), row.post.city, "due")


def _paper_due(row: PaperRow) -> Due:
    paper, words = row.paper, {"what": told(row.paper.get_kind_display()), "who": ""}
    said = _("%(what)s has run out") if row.days_left < 0 else _("%(what)s runs out")
    if paper.seat:
        words["who"] = paper.seat.label
        said = _("%(what)s of %(who)s has run out") if row.days_left < 0 else _("%(what)s of %(who)s runs out")
    kind = "burning" if row.warning is not None and row.warning <= 7 else "due"
    text = said % words
    href = f"{reverse('programme_post', args=[paper.post.key])}#papers-head"
    return Due(paper.expires, text[:1].upper() + text[1:], href, paper.post.city, kind)


def rota_context(viewer: Viewer | None) -> dict[str, Any]:
    """The lanes of this year, and the same as a list."""
    rows = coverage()
    see_programme(viewer, [row.post.id for row in rows])
    needed = [row for row in rows if row.needed]
    by_post: dict[Any, list[PaperRow]] = defaultdict(list)
    for one in papers(viewer):
        by_post[one.paper.post_id].append(one)
    leave = leave_of(viewer, {stay.seat.person_id for row in needed for stay in [*row.here, *row.coming]})
    return {
        **shell_context(viewer, "rota"),
        "gantt": draw(needed, now().date(), by_post, leave),
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
