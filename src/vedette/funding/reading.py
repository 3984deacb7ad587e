"""What the screens of the room read: the year of the books, each grant with what is left, the lines behind a figure, claims."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from vedette.agencies.viewer import Viewer
from vedette.funding.models import (
    Allocation,
    Category,
    Claim,
    ClaimItem,
    Dispute,
    Expense,
    ExpenseState,
    Funder,
    Gift,
    Grant,
    Line,
    OrderNumber,
    PayerRule,
    Payment,
    Rate,
)
from vedette.funding.payers import Purse
from vedette.funding.promises import Sums, promised
from vedette.funding.queries import ExpenseRow, books, purses
from vedette.funding.settling import age_in_days, given_up
from vedette.kit.time import now
from vedette.programme.models import Agreement, Clause, Mission, Post

DAY = datetime.timedelta(days=1)
STATE = ExpenseState.State


@dataclass(frozen=True)
class Year:
    """A year of the books, from its first to its last day; `2015/16`, or `2015` where it begins in January."""

    begins: datetime.date
    ends: datetime.date

    @property
    def name(self) -> str:
        """What the year is called."""
        first, last = self.begins.year, self.ends.year
        return str(first) if first == last else f"{first}/{last % 100:02d}"


def year_of(day: datetime.date) -> Year:
    """The year of the books in which a day lies."""
    month = books().year_begins
    first = datetime.date(day.year - (day.month < month), month, 1)
    return Year(first, datetime.date(first.year + 1, month, 1) - DAY)


@dataclass(frozen=True)
class Budget:
    """What a grant pays at most, what it bore, what is committed of it, and what is left; of one category or of all."""

    ceiling: int
    spent: int
    committed: int = 0
    category: str = ""

    @property
    def left(self) -> int:
        """What is left; below nothing when a ceiling was lowered under what was spent and committed."""
        return self.ceiling - self.spent - self.committed

    @property
    def share(self) -> float:
        """How much of it is spent, in per cent of the ceiling, for a bar: never above the whole."""
        return round(100 * min(max(self.spent, 0), self.ceiling) / self.ceiling, 1) if self.ceiling > 0 else 0.0

    @property
    def held(self) -> float:
        """How much of it is spent or committed, in per cent of the ceiling, for a bar."""
        used = min(max(self.spent, 0) + self.committed, self.ceiling)
        return round(100 * used / self.ceiling, 1) if self.ceiling > 0 else 0.0

    @property
    def name(self) -> str:
        """The category in words."""
        return str(Category(self.category).label) if self.category in Category.values else ""


@dataclass(frozen=True)
class GrantRow:
    """A grant with what is left of it, as a whole and by category."""

    grant: Grant
    whole: Budget
    parts: list[Budget] = field(default_factory=list)

    @property
    def last(self) -> datetime.date | None:
        """Its last day."""
        return self.grant.days.upper - DAY if self.grant.days.upper else None


def _row(purse: Purse, sums: Sums) -> GrantRow:
    held = sums.get(purse.grant.id, {})
    known = [name for name in Category.values if name in purse.ceilings or purse.used.get(name) or held.get(name)]
    parts = [Budget(purse.ceilings.get(name, 0), purse.used.get(name, 0), held.get(name, 0), name) for name in known]
    return GrantRow(purse.grant, _sum(parts), parts)


def _sum(parts: Iterable[Budget]) -> Budget:
    each = list(parts)
    return Budget(sum(one.ceiling for one in each), sum(one.spent for one in each), sum(one.committed for one in each))


def grants(year: Year | None = None) -> list[GrantRow]:
    """The grants by funder and day, of one year those that pay on some day of it; a fixed number of questions."""
    rows = Grant.objects.select_related("funder__agency", "agreement").order_by("funder__name", "days", "title")
    if year is not None:
        rows = rows.filter(days__overlap=(year.begins, year.ends + DAY))
    sums = promised()
    return [_row(purse, sums) for purse in purses(rows)]


def grant_by_key(key: str) -> Grant | None:
    """The grant of an address."""
    return Grant.objects.select_related("funder__agency", "agreement").filter(key=key).first()


def grant_row(grant: Grant) -> GrantRow:
    """One grant with what is left of it."""
    return _row(purses([grant])[0], promised())


def total_of(rows: Iterable[GrantRow]) -> Budget:
    """All of them together."""
    return _sum(row.whole for row in rows)


def to_settle(viewer: Viewer | None) -> tuple[int, ExpenseRow | None]:
    """How many expenses the viewer may see wait to be settled, and the one that waits longest."""
    rows: QuerySet[ExpenseState] = ExpenseState.objects.seen_by(viewer).filter(until__isnull=True, state=STATE.ENTERED)
    oldest = rows.select_related("expense__sheet", "expense__post", "expense__mission__sheet").order_by("since").first()
    return rows.count(), ExpenseRow(oldest.expense, oldest) if oldest else None


@dataclass(frozen=True)
class Whole:
    """One expense with how it stood, who bore it and what stands of it in the claims."""

    states: list[ExpenseState]
    borne: list[Allocation]
    claims: list[ClaimItem]
    orders: list[OrderNumber] = field(default_factory=list)

    @property
    def state(self) -> ExpenseState:
        """How it stands."""
        return self.states[-1]


def whole_expense(viewer: Viewer | None, expense: Expense) -> Whole:
    """The history of an expense that the viewer opened."""
    states = ExpenseState.objects.seen_by(viewer).filter(expense=expense).order_by("since", "id")
    borne = Allocation.objects.seen_by(viewer).filter(expense=expense).select_related("grant__funder", "rule")
    held = ClaimItem.objects.seen_by(viewer).filter(allocation__expense=expense).select_related("claim__grant__funder")
    orders = OrderNumber.objects.seen_by(viewer).filter(expense=expense).order_by("since")
    return Whole(
        list(states), list(borne.order_by("rule__number", "id")), list(held.order_by("claim__sent_at")), list(orders)
    )


@dataclass(frozen=True)
class BookLine:
    """A line of the books with what it came from, by a reference that the viewer may see."""

    line: Line
    reference: str = ""
    expense: uuid.UUID | None = None
    claim: uuid.UUID | None = None

    @property
    def category(self) -> str:
        """What it was for, in words; empty when it is of no category."""
        kept = self.line.category
        return str(Category(kept).label) if kept in Category.values else kept


@dataclass(frozen=True)
class Figure:
    """Which lines a figure adds up: an account, of one grant, category and span of days where they are named."""

    grant: Grant | None = None
    account: str = Line.Account.COST
    category: str = ""
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    of: Funder | Post | Mission | None = None

    def lines(self) -> QuerySet[Line]:
        """Its lines."""
        rows = Line.objects.filter(account=self.account)
        if isinstance(self.of, Funder):
            rows = rows.filter(grant__funder=self.of)
        elif self.of is not None:
            rows = rows.filter(post=self.of) if isinstance(self.of, Post) else rows.filter(mission=self.of)
        rows = rows.filter(grant=self.grant) if self.grant else rows
        rows = rows.filter(category=self.category) if self.category else rows
        rows = rows.filter(day__gte=self.begins) if self.begins else rows
        return rows.filter(day__lte=self.ends) if self.ends else rows


def sum_of_lines(figure: Figure) -> int:
    """What the lines behind a figure add up to."""
    return figure.lines().aggregate(sum=Sum("amount"))["sum"] or 0


def lines(viewer: Viewer | None, figure: Figure, *, limit: int = 50, after: int = 0) -> list[BookLine]:
    """The lines behind a figure, the newest first; what a viewer may not see stands there without its reference."""
    rows = figure.lines().select_related("entry", "grant__funder")
    found = list(rows.order_by("-day", "-entry__at", "id")[after : after + limit])
    subjects = {line.entry.subject for line in found}
    seen = Expense.objects.seen_by(viewer).filter(pk__in=subjects)
    expenses = dict(seen.values_list("pk", "sheet__reference"))
    claims = {key: (key, name) for key, name in Claim.objects.filter(id__in=subjects).values_list("id", "reference")}
    paid = Payment.objects.filter(id__in=subjects).values_list("id", "claim_id", "claim__reference")
    claims |= {key: (claim, name) for key, claim, name in paid}
    gifts = dict(Gift.objects.filter(id__in=subjects).values_list("id", "what"))
    return [_book_line(line, expenses, claims, gifts) for line in found]


def _book_line(
    line: Line,
    expenses: dict[uuid.UUID, str],
    claims: dict[uuid.UUID, tuple[uuid.UUID, str]],
    gifts: dict[uuid.UUID, str],
) -> BookLine:
    subject = line.entry.subject
    if subject in expenses:
        return BookLine(line, expenses[subject], expense=subject)
    if subject in claims:
        return BookLine(line, claims[subject][1], claim=claims[subject][0])
    return BookLine(line, gifts.get(subject, ""))


@dataclass(frozen=True)
class ClaimRow:
    """A claim with what was paid on it."""

    claim: Claim
    paid: int
    given_up: int = 0

    @property
    def due(self) -> int:
        """What is still to be paid."""
        return self.claim.total - self.paid - self.given_up

    @property
    def age(self) -> int:
        """How many days it has been due."""
        return age_in_days(self.claim, now().date())

    @property
    def state(self) -> str:
        """Sent, partly paid or settled."""
        if not self.due:
            return "settled"
        return "partly" if self.paid else "sent"

    @property
    def last(self) -> datetime.date:
        """The last day whose costs it may hold."""
        ends: datetime.date = self.claim.days.upper
        return ends - DAY


def claims(*, open_only: bool = False) -> list[ClaimRow]:
    """The claims, the newest first; the open ones are those on which something is due."""
    rows = Claim.objects.select_related("grant__funder").annotate(paid=Sum("payments__amount")).order_by("-sent_at")
    off = given_up(row.id for row in rows)
    found = [ClaimRow(row, row.paid or 0, off.get(row.id, 0)) for row in rows]
    return [row for row in found if row.due] if open_only else found


def claim_by_id(key: uuid.UUID) -> ClaimRow | None:
    """One claim."""
    rows = Claim.objects.select_related("grant__funder__agency", "grant__agreement").annotate(
        paid=Sum("payments__amount")
    )
    row = rows.filter(pk=key).first()
    return ClaimRow(row, row.paid or 0, given_up([row.id]).get(row.id, 0)) if row else None


def item_by_id(viewer: Viewer | None, claim: Claim, key: uuid.UUID) -> ClaimItem | None:
    """A line of a claim whose expense the viewer may read."""
    rows = ClaimItem.objects.seen_by(viewer).filter(claim=claim, pk=key)
    found: ClaimItem | None = rows.select_related("allocation__expense__sheet").first()
    return found


def dispute_by_id(viewer: Viewer | None, claim: Claim, key: uuid.UUID) -> Dispute | None:
    """What a funder did not pay of a line whose expense the viewer may read."""
    rows = Dispute.objects.seen_by(viewer).filter(item__claim=claim, pk=key)
    found: Dispute | None = rows.select_related("item__allocation__expense__sheet").first()
    return found


def payments_of(claim: Claim) -> list[Payment]:
    """What was paid on a claim, by day."""
    return list(Payment.objects.filter(claim=claim).order_by("day", "at"))


def gifts() -> list[Gift]:
    """What was given instead of money, the newest first."""
    return list(Gift.objects.select_related("grant__funder", "post").order_by("-day", "-at"))


def rates() -> list[Rate]:
    """The rates that were entered, the newest first."""
    return list(Rate.objects.order_by("-day", "-at")[:200])


def rule_by_id(key: uuid.UUID) -> PayerRule | None:
    """One payer rule."""
    return PayerRule.objects.filter(pk=key).first()


def cost_clauses() -> list[Clause]:
    """The clauses in force that say who bears which costs."""
    rows = Clause.objects.filter(until__isnull=True, gate=Clause.Gate.COST, agreement__ended__isnull=True)
    return list(rows.select_related("agreement__partner").order_by("agreement__title", "number"))


def standing_agreements() -> list[Agreement]:
    """The agreements that were not ended."""
    return list(Agreement.objects.filter(ended__isnull=True).select_related("partner").order_by("title"))


def posts_of_programme() -> list[Post]:
    """Every post, by city: a cost of a closed one may come late."""
    return list(Post.objects.order_by("city"))
