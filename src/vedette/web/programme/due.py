"""What the manager of the programme has to see to, by day: on the first page, and counted in the tabs."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vedette.agencies.viewer import Viewer
from vedette.kit.said import said as told
from vedette.kit.time import now
from vedette.programme.papers import PaperRow, papers
from vedette.programme.queries import AgreementRow, agreements, coverage
from vedette.programme.rota import Coverage, Gap, Handover, day_words


@dataclass(frozen=True)
class Due:
    """One thing the manager has to see to: on which day, what, where, how pressing (`burning`, `due` or none)."""

    on: datetime.date
    what: str
    href: str
    where: str
    kind: str = ""
    tab: str = "posts"


def all_due(viewer: Viewer | None) -> list[Due]:
    """The same for whoever holds the programme; nothing for others, whose pages count nothing."""
    if viewer is None or not viewer.holds("programme"):
        return []
    return due_of(coverage(), agreements(), papers(viewer))


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
            found.append(Due(row.agreement.expires, said % words, href, who, kind, "agreements"))
        if row.review_warning:
            said = _("To be read again: %(title)s") % {"title": row.agreement.title}
            found.append(
                Due(row.review_due, said, href, who, "burning" if row.review_warning <= 7 else "due", "agreements")
            )
        if row.review_late:
            said = _("Locked, reading over three years late: %(title)s") if row.locked else _("Reading late: %(title)s")
            kind = "burning" if row.locked else "due"
            found.append(Due(row.review_due, said % {"title": row.agreement.title}, href, who, kind, "agreements"))
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
