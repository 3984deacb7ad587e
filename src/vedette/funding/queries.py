"""Reads of funders, grants, rules and expenses, and the question who may pay."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet, Sum

from vedette.agencies.viewer import Viewer
from vedette.funding.models import (
    Books,
    Ceiling,
    Entry,
    Expense,
    ExpenseState,
    Funder,
    Grant,
    Line,
    PayerRule,
    PostShare,
    Rate,
)
from vedette.funding.payers import Answer, Cost, Purse, Ruled, payers
from vedette.kit.errors import Refused
from vedette.programme.gate import Holding
from vedette.programme.models import Agreement, AgreementReview, Clause, Mission, MissionState, Post
from vedette.programme.rota import day_words

DEFAULT_CURRENCY = "USD"
# A rate is taken for days that have none of their own, but not for long.
RATE_HOLDS_DAYS = 31
STATE = ExpenseState.State


def books() -> Books:
    """The currency of the books and when their year begins; dollars and January until somebody says otherwise."""
    return Books.objects.first() or Books(currency=DEFAULT_CURRENCY)


def no_rate(currency: str, day: datetime.date) -> Refused:
    """That a currency has no rate for a day, and the way out."""
    return Refused(
        "currency",
        f"No rate of {currency} is known for {day_words(day)}, nor for the month before it.",
        "Enter the rate of that day with its source first.",
    )


def rate_for(currency: str, day: datetime.date) -> tuple[Decimal, datetime.date]:
    """The rate that a sum of this day is changed at, a month old at most, and the rate's own day; 1 for that of the books."""
    if currency == books().currency:
        return Decimal(1), day
    oldest = day - datetime.timedelta(days=RATE_HOLDS_DAYS)
    row = Rate.objects.filter(currency=currency, day__lte=day, day__gte=oldest).order_by("-day", "-at").first()
    if row is None:
        raise no_rate(currency, day)
    return row.rate, row.day


def funders() -> list[Funder]:
    """Every funder by name."""
    return list(Funder.objects.select_related("agency").order_by("name"))


def rules(standing_only: bool = True) -> list[PayerRule]:
    """The payer rules by number, with their shares; ended ones too when asked."""
    rows = PayerRule.objects.select_related("clause__agreement", "post").prefetch_related("shares__funder")
    return list((rows.filter(until__isnull=True) if standing_only else rows).order_by("number", "since"))


def shares_of_post(post: Post) -> dict[uuid.UUID, int]:
    """Which departments share a post today, and in which part."""
    rows = PostShare.objects.filter(post=post, until__isnull=True)
    return dict(rows.values_list("partner", "part"))


def shares() -> list[PostShare]:
    """Every share of a post, those in force first."""
    rows = PostShare.objects.select_related("post", "partner", "clause__agreement", "rule")
    return sorted(rows, key=lambda row: (row.until is not None, row.post.city, row.since))


def ruled() -> list[Ruled]:
    """Every rule as the question who pays needs it, ended ones too: a cost is asked by its own day."""
    rows = rules(standing_only=False)
    held = _holdings({row.clause.agreement_id for row in rows if row.clause})
    return [
        Ruled(row, tuple(row.shares.all()), held.get(row.clause.agreement_id) if row.clause else None) for row in rows
    ]


def purses(grants: Iterable[Grant] | None = None) -> list[Purse]:
    """Each grant with its ceilings and what is used of them; four questions, whatever their number."""
    found = list(Grant.objects.select_related("funder__agency").order_by("days")) if grants is None else list(grants)
    ids = [row.id for row in found]
    ceilings: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    for row in Ceiling.objects.filter(grant__in=ids, until__isnull=True):
        ceilings[row.grant_id][row.category] = row.amount
    used: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    borne = Line.objects.filter(grant__in=ids, account=Line.Account.COST).values("grant", "category")
    for each in borne.annotate(sum=Sum("amount")).order_by():
        used[each["grant"]][each["category"]] = each["sum"]
    held = _holdings({row.agreement_id for row in found} - {None})
    return [
        Purse(row, ceilings[row.id], used[row.id], held.get(row.agreement_id) if row.agreement_id else None)
        for row in found
    ]


def _holdings(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Holding]:
    """Agreements by id with their clauses and readings; three questions, whatever their number."""
    wanted = [key for key in ids if key]
    clauses: dict[uuid.UUID, list[Clause]] = defaultdict(list)
    for row in Clause.objects.filter(agreement__in=wanted):
        clauses[row.agreement_id].append(row)
    reviews: dict[uuid.UUID, list[AgreementReview]] = defaultdict(list)
    for review in AgreementReview.objects.filter(agreement__in=wanted):
        reviews[review.agreement_id].append(review)
    return {
        row.id: Holding(row, tuple(clauses[row.id]), tuple(reviews[row.id]))
        for row in Agreement.objects.filter(id__in=wanted)
    }


def cost_of(expense: Expense) -> Cost:
    """An expense as the question who pays needs it."""
    base = Cost(expense.category, expense.base_amount, expense.day, expense.post_id, order_number=expense.order_number)
    return base if expense.mission is None else cost_for_mission(base, expense.mission, first_day_of(expense.mission))


def cost_for_mission(cost: Cost, mission: Mission, begins: datetime.date) -> Cost:
    """A cost with what the rules ask about its mission."""
    return Cost(
        cost.category,
        cost.amount,
        cost.day,
        None,
        mission.origin,
        mission.asker.name if mission.asker else "",
        mission.kind,
        begins,
        cost.order_number,
    )


def first_day_of(mission: Mission) -> datetime.date:
    """The first day of a mission: as the chief chose, else as it was asked for."""
    states = MissionState.objects.as_house("when a team left decides who pays its first days")
    chosen = states.filter(mission=mission, begins__isnull=False).order_by("-since").first()
    return chosen.begins if chosen and chosen.begins else mission.wanted_from


def who_pays(expense: Expense, *, but_for: Expense | None = None) -> Answer:
    """What each rule answers about an expense, as everything stands now; `but_for` is a cost that is thought away."""
    pots = purses()
    if but_for is not None:
        borne = Line.objects.filter(entry__subject=but_for.pk, account=Line.Account.COST)
        for pot, amount in borne.values_list("grant", "amount"):
            pots = [_less(one, but_for.category, amount) if one.grant.id == pot else one for one in pots]
    return payers(cost_of(expense), ruled(), pots, books().currency)


def _less(purse: Purse, category: str, amount: int) -> Purse:
    return replace(purse, used={**purse.used, category: purse.used.get(category, 0) - amount})


@dataclass(frozen=True)
class ExpenseRow:
    """An expense with where it stands."""

    expense: Expense
    state: ExpenseState


def expenses(viewer: Viewer | None, *, states: Iterable[str] = (), limit: int = 50, after: int = 0) -> list[ExpenseRow]:
    """The expenses a viewer may see, the newest first; only those that stand so when states are named."""
    rows: QuerySet[ExpenseState] = ExpenseState.objects.seen_by(viewer).filter(until__isnull=True)
    wanted = list(states)
    if wanted:
        rows = rows.filter(state__in=wanted)
    found = rows.select_related("expense__sheet", "expense__post", "expense__mission__sheet").order_by(
        "-expense__day", "-expense__sheet"
    )
    return [ExpenseRow(row.expense, row) for row in found[after : after + limit]]


def expense_by_id(viewer: Viewer | None, key: uuid.UUID | None) -> Expense | None:
    """One expense, if the viewer may read it."""
    found: Expense | None = Expense.objects.seen_by(viewer).select_related("sheet__access_class").filter(pk=key).first()
    return found


def state_of(expense: Expense) -> ExpenseState:
    """Where an expense stands."""
    rows = ExpenseState.objects.as_house("an expense's own state decides what may be done with it")
    standing: ExpenseState = rows.get(expense=expense, until__isnull=True)
    return standing


def entries_of(subject: uuid.UUID) -> list[Entry]:
    """What stands in the books of one expense, claim, payment or gift, in order."""
    return list(Entry.objects.filter(subject=subject).prefetch_related("lines__grant__funder").order_by("at", "id"))
