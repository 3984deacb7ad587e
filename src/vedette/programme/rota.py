"""Who stands where on which days: today's officer, the next one, gaps and handovers. Plain sums over dates."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vedette.programme.models import Post, Posting

SOON_DAYS = 90
YEAR_DAYS = 365
# A post at home, a mere contact and a closed post need nobody abroad.
STAFFED = (Post.Status.STANDING, Post.Status.TEMPORARY, Post.Status.SEAT)


class Days(Protocol):
    """A span of days, the upper one exclusive."""

    @property
    def lower(self) -> datetime.date | None: ...
    @property
    def upper(self) -> datetime.date | None: ...


def day_words(day: datetime.date) -> str:
    """A day as it is said everywhere: `13 Nov 2015`."""
    return date_format(day, pgettext("form of a day", "j M Y"))


def last_day(days: Days) -> datetime.date | None:
    """The last day of a span; None when it is open."""
    return days.upper - datetime.timedelta(days=1) if days.upper else None


def overlap(one: Days, other: Days) -> bool:
    """Whether two spans share a day."""
    least, most = datetime.date.min, datetime.date.max
    return (one.lower or least) < (other.upper or most) and (other.lower or least) < (one.upper or most)


def days_words(days: Days) -> str:
    """A span in words, its last day included."""
    first, last = days.lower, last_day(days)
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}
    return _("since %(first)s, open") % {"first": day_words(first) if first else "—"}


@dataclass(frozen=True)
class Wanted:
    """The rule of a post: how many officers must stand there, and for how many days two shall meet."""

    officers: int = 1
    handover_days: int = 7


@dataclass(frozen=True)
class Gap:
    """Days with fewer officers than the rule wants, up to the day before `ends`; `closed` when all stand there then.

    `left` is how many stand there on the worst of these days.
    """

    begins: datetime.date
    ends: datetime.date
    closed: bool
    soon: bool
    left: int = 0

    @property
    def days(self) -> int:
        """How many days, within the year that is looked at."""
        return (self.ends - self.begins).days

    @property
    def last(self) -> datetime.date:
        """The last day without anybody."""
        return self.ends - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Handover:
    """One officer leaves, another takes over: on how many days both are there, and how many the rule wants."""

    leaver: Posting
    comer: Posting
    days: int
    wanted: int
    soon: bool = False

    @property
    def thin(self) -> bool:
        """Whether they meet on fewer days than the rule wants."""
        return self.days < self.wanted


@dataclass(frozen=True)
class Coverage:
    """One post: who is there today, who comes next, when too few are, and for how many days two are (the handover)."""

    post: Post
    here: list[Posting] = field(default_factory=list)
    coming: list[Posting] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    wanted: Wanted = field(default_factory=Wanted)

    @property
    def handover(self) -> Handover | None:
        """How an officer of today hands over; None when it is not planned yet."""
        return next((one for one in self.handovers if one.leaver in self.here), None)

    @property
    def handover_days(self) -> int | None:
        """On how many days the officer of today and his successor are both there."""
        return self.handover.days if self.handover else None

    @property
    def thin(self) -> list[Handover]:
        """The handovers within 90 days that are shorter than the rule wants."""
        return [one for one in self.handovers if one.thin and one.soon]

    @property
    def staffed(self) -> bool:
        """Whether as many stand here today as the rule wants."""
        return len(self.here) >= self.wanted.officers

    @property
    def needed(self) -> bool:
        """Whether somebody should stand here at all."""
        return self.post.status in STAFFED

    @property
    def next(self) -> Posting | None:
        """The posting that begins next."""
        return self.coming[0] if self.coming else None

    @property
    def soon(self) -> list[Gap]:
        """The gaps that begin within 90 days."""
        return [gap for gap in self.gaps if gap.soon]

    @property
    def leaves(self) -> datetime.date | None:
        """The last day of those who are there today; None when open or nobody."""
        ends = [last_day(posting.days) for posting in self.here]
        known = [day for day in ends if day is not None]
        return max(known) if known and len(known) == len(ends) else None


def coverage_of(
    post: Post, postings: Iterable[Posting], today: datetime.date, span: int = YEAR_DAYS, wanted: Wanted | None = None
) -> Coverage:
    """How a post is covered from today for `span` days, from all its postings, before its rule."""
    rule = wanted or Wanted()
    ordered = sorted(postings, key=lambda row: row.days.lower or datetime.date.min)
    here = [row for row in ordered if _begun(row, today) and not _over(row, today)]
    coming = [row for row in ordered if not _begun(row, today)]
    gaps = _gaps(here + coming, today, span, rule.officers) if post.status in STAFFED else []
    return Coverage(post, here, coming, gaps, _handovers(here + coming, rule, today), rule)


def _begun(row: Posting, day: datetime.date) -> bool:
    return row.days.lower is None or row.days.lower <= day


def _over(row: Posting, day: datetime.date) -> bool:
    return row.days.upper is not None and row.days.upper <= day


def _gaps(rows: list[Posting], today: datetime.date, span: int, officers: int) -> list[Gap]:
    """The longest spans with fewer than so many officers; how many are there changes only where a posting begins or ends."""
    end = today + datetime.timedelta(days=span)
    soon = today + datetime.timedelta(days=SOON_DAYS)
    turns = {day for row in rows for day in (row.days.lower, row.days.upper) if day and today < day < end}
    found: list[Gap] = []
    begins, left = None, officers
    for day in sorted({today, *turns}):
        there = sum(_begun(row, day) and not _over(row, day) for row in rows)
        if there < officers:
            begins, left = begins or day, min(left, there)
        elif begins:
            found.append(Gap(begins, day, True, begins < soon, left))
            begins, left = None, officers
    if begins:
        comes = sum(_begun(row, end) and not _over(row, end) for row in rows) >= officers
        found.append(Gap(begins, end, comes, begins < soon, left))
    return found


def _handovers(rows: list[Posting], rule: Wanted, today: datetime.date) -> list[Handover]:
    """Who hands over to whom: where n must stand, each is followed by the n-th who began after him."""
    soon = today + datetime.timedelta(days=SOON_DAYS)
    found = []
    for leaver, comer in zip(rows, rows[rule.officers :], strict=False):
        leaves, comes = leaver.days.upper, comer.days.lower
        if leaves is None or comes is None:
            continue
        both = (min(leaves, comer.days.upper or leaves) - comes).days
        found.append(Handover(leaver, comer, max(0, both), rule.handover_days, leaves < soon))
    return found
