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


def days_words(days: Days) -> str:
    """A span in words, its last day included."""
    first, last = days.lower, last_day(days)
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}
    return _("since %(first)s, open") % {"first": day_words(first) if first else "—"}


@dataclass(frozen=True)
class Gap:
    """Days on which nobody is posted: from `begins` up to the day before `ends`; `closed` when somebody comes then."""

    begins: datetime.date
    ends: datetime.date
    closed: bool
    soon: bool

    @property
    def days(self) -> int:
        """How many days, within the year that is looked at."""
        return (self.ends - self.begins).days

    @property
    def last(self) -> datetime.date:
        """The last day without anybody."""
        return self.ends - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Coverage:
    """One post: who is there today, who comes next, when nobody is, and for how many days two are (the handover)."""

    post: Post
    here: list[Posting] = field(default_factory=list)
    coming: list[Posting] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    handover_days: int | None = None

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


def coverage_of(post: Post, postings: Iterable[Posting], today: datetime.date, span: int = YEAR_DAYS) -> Coverage:
    """How a post is covered from today for `span` days, from all its postings."""
    ordered = sorted(postings, key=lambda row: row.days.lower or datetime.date.min)
    here = [row for row in ordered if _begun(row, today) and not _over(row, today)]
    coming = [row for row in ordered if not _begun(row, today)]
    gaps = _gaps(here + coming, today, span) if post.status in STAFFED else []
    return Coverage(post, here, coming, gaps, _handover(here, coming))


def _begun(row: Posting, day: datetime.date) -> bool:
    return row.days.lower is None or row.days.lower <= day


def _over(row: Posting, day: datetime.date) -> bool:
    return row.days.upper is not None and row.days.upper <= day


def _gaps(rows: list[Posting], today: datetime.date, span: int) -> list[Gap]:
    end = today + datetime.timedelta(days=span)
    soon = today + datetime.timedelta(days=SOON_DAYS)
    found, free = [], today
    for row in rows:
        begins = max(row.days.lower or today, today)
        if begins > free and free < end:
            found.append(Gap(free, min(begins, end), begins <= end, free < soon))
        free = max(free, row.days.upper or datetime.date.max)
    if free < end:
        found.append(Gap(free, end, False, free < soon))
    return found


def _handover(here: list[Posting], coming: list[Posting]) -> int | None:
    """Days on which the officer of today and the next one are both there; None when it is not planned yet."""
    if len(here) > 1:
        begins = max(row.days.lower or datetime.date.min for row in here)
        ends = min(row.days.upper or datetime.date.max for row in here)
        return None if ends == datetime.date.max else (ends - begins).days
    if not here or not coming or here[0].days.upper is None or coming[0].days.lower is None:
        return None
    both: datetime.timedelta = here[0].days.upper - coming[0].days.lower
    return max(0, both.days)
