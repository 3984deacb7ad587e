"""Budget against what is spent and committed, with the share of the time that is gone, and one plain sentence. Sums of lines."""

import datetime
import itertools
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from vedette.funding.models import Line
from vedette.funding.money import said
from vedette.funding.reading import DAY, Budget, GrantRow, Year, grants

# Within so much of the ceiling either way it runs as an even pace would.
EVEN_PER_CENT = 5
QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Quarter:
    """Three months of the year of the books, and what was spent in them."""

    begins: datetime.date
    ends: datetime.date
    spent: int = 0


@dataclass(frozen=True)
class Pace:
    """One budget with how much of its time is gone, in per cent, and what each quarter spent."""

    budget: Budget
    gone: float
    quarters: tuple[Quarter, ...] = ()

    @property
    def even(self) -> int:
        """What an even pace would have spent by now."""
        return round(self.budget.ceiling * self.gone / 100)

    @property
    def used(self) -> float:
        """How much is spent, in per cent of the ceiling; above the whole when it is overspent."""
        return round(100 * self.budget.spent / self.budget.ceiling, 1) if self.budget.ceiling else 0.0

    @property
    def difference(self) -> int:
        """What is spent beyond an even pace; below nothing where less is."""
        return self.budget.spent - self.even

    def sentence(self, currency: str) -> str:
        """How it runs."""
        budget = self.budget
        if budget.ceiling <= 0:
            return _("Nothing was promised for it, and %(sum)s was spent.") % {"sum": said(budget.spent, currency)}
        if budget.left < 0:
            return _("What is spent and committed is %(sum)s above the ceiling.") % {
                "sum": said(-budget.left, currency)
            }
        words = {"gone": f"{self.gone:.0f}", "used": f"{self.used:.0f}", "sum": said(abs(self.difference), currency)}
        if abs(self.difference) * 100 <= budget.ceiling * EVEN_PER_CENT:
            return _("%(gone)s %% of its time is gone and %(used)s %% is spent: an even pace.") % words
        if self.difference > 0:
            return (
                _("%(gone)s %% of its time is gone and %(used)s %% is spent: %(sum)s more than at an even pace.")
                % words
            )
        return _("%(gone)s %% of its time is gone and %(used)s %% is spent: %(sum)s less than at an even pace.") % words


@dataclass(frozen=True)
class GrantPace:
    """A grant with its pace as a whole and by category."""

    row: GrantRow
    whole: Pace
    parts: list[Pace]


def gone_of(first: datetime.date, last: datetime.date, today: datetime.date) -> float:
    """How much of a span is gone, in per cent: nothing before it, all of it once it is over."""
    days = (last - first).days + 1
    return round(100 * min(max((today - first).days + 1, 0), days) / days, 1)


def quarters_of(year: Year) -> list[Quarter]:
    """The four quarters of a year of the books."""
    firsts = [_months_on(year.begins, QUARTER_MONTHS * number) for number in range(5)]
    return [Quarter(begins, after - DAY) for begins, after in itertools.pairwise(firsts)]


def _months_on(day: datetime.date, months: int) -> datetime.date:
    whole = day.year * 12 + day.month - 1 + months
    return datetime.date(whole // 12, whole % 12 + 1, 1)


def paces(year: Year, today: datetime.date) -> list[GrantPace]:
    """How the grants of a year run; one question more than the grants themselves."""
    rows, quarters = grants(year), quarters_of(year)
    spent: dict[tuple[uuid.UUID, str], list[int]] = defaultdict(lambda: [0] * len(quarters))
    lines = Line.objects.filter(
        account=Line.Account.COST, grant__in=[row.grant.id for row in rows], day__gte=year.begins, day__lte=year.ends
    )
    months = lines.annotate(month=TruncMonth("day")).values_list("grant", "category", "month")
    for grant, category, month, amount in months.annotate(sum=Sum("amount")).order_by():
        place = ((month.year - year.begins.year) * 12 + month.month - year.begins.month) // QUARTER_MONTHS
        spent[(grant, category)][place] += amount
    return [_pace(row, quarters, spent, today) for row in rows]


def _pace(
    row: GrantRow, quarters: list[Quarter], spent: dict[tuple[uuid.UUID, str], list[int]], today: datetime.date
) -> GrantPace:
    gone = gone_of(row.grant.days.lower, row.last or today, today)
    each = [spent[(row.grant.id, part.category)] for part in row.parts]
    whole = [sum(sums) for sums in zip(*each, strict=True)] if each else [0] * len(quarters)
    parts = [Pace(part, gone, _with(quarters, sums)) for part, sums in zip(row.parts, each, strict=True)]
    return GrantPace(row, Pace(row.whole, gone, _with(quarters, whole)), parts)


def _with(quarters: list[Quarter], sums: list[int]) -> tuple[Quarter, ...]:
    return tuple(Quarter(one.begins, one.ends, sum_) for one, sum_ in zip(quarters, sums, strict=True))
