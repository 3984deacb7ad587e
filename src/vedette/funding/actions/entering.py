"""Parts of the verbs of expenses that do many at once: entering costs, and writing down who bears them."""

import bisect
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.funding.actions.books import Account, Sum, record_entries
from vedette.funding.items import category_of
from vedette.funding.models import Allocation, Entry, Expense, ExpenseState, Grant, Rate
from vedette.funding.money import changed, checked, currency_of
from vedette.funding.payers import Purse, Ruled, Verdict, payers
from vedette.funding.queries import RATE_HOLDS_DAYS, books, cost_of, no_rate
from vedette.handling.actions import new_sheets
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.programme.models import Mission, Post
from vedette.programme.queries import posts_stood

# The need-to-know group of those who keep the books; an author sees his own.
GROUP = "money"
OLDEST_YEARS = 25
BATCH = 500
STATE = ExpenseState.State


@dataclass(frozen=True)
class ExpenseDraft:
    """One cost as it is entered, in minor units of its own currency."""

    item: str
    day: datetime.date
    amount: int
    currency: str
    post: Post | None = None
    mission: Mission | None = None
    note: str = ""
    order_number: str = ""


class Rates:
    """The rates of the books, each currency read once: what one unit cost on a day, and the day of that rate."""

    def __init__(self) -> None:
        self.base = books().currency
        self._known: dict[str, list[tuple[datetime.date, Decimal]]] = {}

    def on(self, currency: str, day: datetime.date) -> tuple[Decimal, datetime.date]:
        """1 for the currency of the books; else the newest rate up to the day, a month old at most; Refused without one."""
        if currency == self.base:
            return Decimal(1), day
        if currency not in self._known:
            rows = Rate.objects.filter(currency=currency).order_by("day", "at").values_list("day", "rate")
            self._known[currency] = list(rows)
        rates = self._known[currency]
        place = bisect.bisect_right(rates, day, key=lambda row: row[0])
        if not place or (day - rates[place - 1][0]).days > RATE_HOLDS_DAYS:
            raise no_rate(currency, day)
        return rates[place - 1][1], rates[place - 1][0]


def lock_grants() -> None:
    """Part of a verb: whoever else spends of a grant waits until this is done, so that no ceiling is overrun by two at once."""
    list(Grant.objects.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))


def check_own(viewer: Viewer, draft: ExpenseDraft, written_at: datetime.datetime | None = None) -> None:
    """An officer enters the costs of the post where he stands today, or stood when he wrote it on his phone.

    Missions' costs go through the programme.
    """
    if viewer.holds("finance", "programme"):
        return
    own = posts_stood(viewer.seat_id, written_at)
    if draft.post is None or draft.post not in own:
        raise Forbidden("Your seat is not posted there.", "Its own officer or a finance officer enters this cost.")


def check_expense(draft: ExpenseDraft, rates: Rates) -> dict[str, Any]:
    """The columns of an expense as they are stored; Refused names the field."""
    if (draft.post is None) == (draft.mission is None):
        raise Refused("post", "A cost belongs to one post or to one mission.", "Choose one of the two.")
    category, code = category_of(draft.item), currency_of(draft.currency)
    _check_day(draft.day)
    amount = checked(draft.amount)
    rate, rate_day = rates.on(code, draft.day)
    return {
        "post": draft.post,
        "mission": draft.mission,
        "item": draft.item,
        "category": category,
        "note": clean_line("note", draft.note, limit=300),
        "day": draft.day,
        "amount": amount,
        "currency": code,
        "rate": rate,
        "rate_day": rate_day,
        "base_amount": checked(amount if code == rates.base else changed(amount, code, rates.base, rate)),
        "order_number": clean_line("order_number", draft.order_number, limit=40),
    }


def record_entered(by: Viewer, drafts: Sequence[ExpenseDraft], rates: Rates) -> list[Expense]:
    """Part of a verb: enter costs, all or none; nothing is in the books before they are approved."""
    values = [check_expense(draft, rates) for draft in drafts]
    sheets = new_sheets(by, len(values), kind="expense", prefix="X", groups=(GROUP,))
    rows = [Expense(sheet=sheet, **one) for sheet, one in zip(sheets, values, strict=True)]
    Expense.objects.bulk_create(rows, batch_size=BATCH)
    moment = now()
    states = [ExpenseState(expense=row, state=STATE.ENTERED, since=moment, by=by.seat_id) for row in rows]
    ExpenseState.objects.bulk_create(states, batch_size=BATCH)
    return rows


def record_borne(by: Viewer, settled: Iterable[tuple[Expense, Verdict]]) -> None:
    """Part of a verb: the parts of the rule that pays, and their entries in the books."""
    moment, parts, entries = now(), [], []
    for expense, verdict in settled:
        parts += [
            Allocation(
                expense=expense,
                grant=part.purse.grant,
                rule=verdict.rule,
                category=expense.category,
                amount=part.amount,
                at=moment,
            )
            for part in verdict.parts
        ]
        sums = [Sum(Account.COST, part.amount, part.purse.grant, expense.category) for part in verdict.parts]
        entries.append((expense, [*sums, Sum(Account.CASH, -expense.base_amount)]))
    Allocation.objects.bulk_create(parts, batch_size=BATCH)
    record_entries(by, Entry.Kind.EXPENSE, entries)


def record_settled(
    by: Viewer, expenses: Sequence[Expense], rules: Sequence[Ruled], purses: Sequence[Purse]
) -> list[Expense]:
    """Part of a verb: approve those of these costs that somebody lawfully pays, in order; the others still wait."""
    left = [replace(purse, used=dict(purse.used)) for purse in purses]
    base, settled = books().currency, []
    for expense in expenses:
        chosen = payers(cost_of(expense), rules, left, base).chosen
        if chosen is not None:
            settled.append((expense, chosen))
            for part in chosen.parts:
                spent = dict(part.purse.used)
                spent[expense.category] = spent.get(expense.category, 0) + part.amount
                left[left.index(part.purse)] = replace(part.purse, used=spent)
    record_borne(by, settled)
    approved, moment = [expense for expense, _verdict in settled], now()
    states = ExpenseState.objects.as_house("a state that ends is closed, never overwritten")
    states.filter(expense__in=approved, until__isnull=True).update(until=moment)
    ExpenseState.objects.bulk_create(
        [ExpenseState(expense=row, state=STATE.APPROVED, since=moment, by=by.seat_id) for row in approved],
        batch_size=BATCH,
    )
    return approved


def _check_day(day: datetime.date) -> None:
    today = now().date()
    if day > today:
        raise Refused("day", "This day is still to come.", "Enter a cost when it has been paid.")
    if day.year < today.year - OLDEST_YEARS:
        raise Refused("day", f"{day.year} is too long ago for these books.", "Look at the year again.")
