"""Expenses: entered with what they cost and for what, then approved by whoever may lawfully pay, or refused; reversed, never changed."""

import datetime
import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.books import Account, Sum, record_entry
from vedette.funding.items import category_of
from vedette.funding.models import Allocation, Entry, Expense, ExpenseState
from vedette.funding.money import changed, checked, currency_of
from vedette.funding.payers import Verdict
from vedette.funding.queries import books, rate_for, state_of, who_pays
from vedette.handling.actions import new_sheet
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Mission, Post
from vedette.programme.queries import post_of_seat

# The need-to-know group of those who keep the books; an author sees his own.
GROUP = "money"
OLDEST_YEARS = 25
STATE = ExpenseState.State


@transaction.atomic
def enter_expense(
    by: Viewer | None,
    *,
    post: Post | None = None,
    mission: Mission | None = None,
    item: str,
    day: datetime.date,
    amount: int,
    currency: str,
    note: str = "",
    order_number: str = "",
) -> Expense:
    """Enter one cost of one post or one mission, in minor units of its own currency; an officer enters those of his own post.

    Nothing is in the books before it is approved.
    """
    viewer = require(by, "enter_expense")
    if (post is None) == (mission is None):
        raise Refused("post", "A cost belongs to one post or to one mission.", "Choose one of the two.")
    _check_own(viewer, post)
    category, code = category_of(item), currency_of(currency)
    _check_day(day)
    rate, rate_day = rate_for(code, day)
    base = books().currency
    expense: Expense = Expense.objects.create(
        sheet=new_sheet(viewer, kind="expense", prefix="X", groups=(GROUP,)),
        post=post,
        mission=mission,
        item=item,
        category=category,
        note=clean_line("note", note, limit=300),
        day=day,
        amount=checked(amount),
        currency=code,
        rate=rate,
        rate_day=rate_day,
        base_amount=checked(amount if code == base else changed(amount, code, base, rate)),
        order_number=clean_line("order_number", order_number, limit=40),
    )
    _stand(expense, STATE.ENTERED, viewer)
    record(viewer, "expense.entered", [expense.pk])
    announce("expense.entered", expense.pk)
    return expense


@transaction.atomic
def approve_expense(by: Viewer | None, *, expense: Expense) -> Expense:
    """Approve a cost: whoever lawfully pays it bears it, to the cent, under the rule that chose him. Never one's own.

    Refused with the reason and the nearest lawful way when nobody may pay it.
    """
    viewer = require(by, "approve_expense", expense.sheet)
    _check_standing(expense, STATE.ENTERED)
    if expense.sheet.author_id == viewer.seat_id:
        raise Forbidden(
            "Nobody approves what he entered himself.", "Another finance officer or the commander approves it."
        )
    answer = who_pays(expense)
    chosen = answer.chosen
    if chosen is None:
        raise Refused("payer", answer.sentence, answer.way_round)
    _bear(viewer, expense, chosen)
    _stand(expense, STATE.APPROVED, viewer)
    record(viewer, "expense.approved", [expense.pk, chosen.rule.id])
    announce("expense.changed", expense.pk)
    return expense


@transaction.atomic
def refuse_expense(by: Viewer | None, *, expense: Expense, because: str) -> Expense:
    """Refuse a cost with a reason that whoever entered it reads; nothing of it is in the books."""
    viewer = require(by, "refuse_expense", expense.sheet)
    _check_standing(expense, STATE.ENTERED)
    reason = clean_line("because", because, limit=300, required=True)
    _stand(expense, STATE.REFUSED, viewer, reason)
    record(viewer, "expense.refused", [expense.pk])
    announce("expense.changed", expense.pk)
    return expense


@transaction.atomic
def reverse_expense(by: Viewer | None, *, expense: Expense, because: str) -> Expense:
    """Take an approved cost back with a reason: its entry stays and one that undoes it is added.

    What was claimed of it is credited to the funder in the next claim.
    """
    viewer = require(by, "reverse_expense", expense.sheet)
    _check_standing(expense, STATE.APPROVED)
    reason = clean_line("because", because, limit=300, required=True)
    entry = Entry.objects.get(subject=expense.pk, kind=Entry.Kind.EXPENSE)
    undone = [
        Sum(line.account, -line.amount, line.grant, line.category) for line in entry.lines.select_related("grant")
    ]
    record_entry(viewer, undone, kind=Entry.Kind.REVERSAL, subject=expense.pk, day=now().date(), of=expense)
    _stand(expense, STATE.REVERSED, viewer, reason)
    record(viewer, "expense.reversed", [expense.pk])
    announce("expense.changed", expense.pk)
    return expense


def _bear(viewer: Viewer, expense: Expense, verdict: Verdict) -> None:
    """Part of a verb: the parts of the chosen rule, and their entry."""
    moment = now()
    Allocation.objects.bulk_create(
        [
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
    )
    sums = [Sum(Account.COST, part.amount, part.purse.grant, expense.category) for part in verdict.parts]
    sums.append(Sum(Account.CASH, -expense.base_amount))
    record_entry(viewer, sums, kind=Entry.Kind.EXPENSE, subject=expense.pk, day=expense.day, of=expense)


def _stand(expense: Expense, state: str, viewer: Viewer, because: str = "") -> None:
    moment = now()
    states = ExpenseState.objects.as_house("a state that ends is closed, never overwritten")
    states.filter(expense=expense, until__isnull=True).update(until=moment)
    ExpenseState.objects.create(expense=expense, state=state, since=moment, by=viewer.seat_id, because=because)


def _check_standing(expense: Expense, wanted: str) -> None:
    # Two who settle the same expense at once: the second waits here and then reads what the first one did.
    Expense.objects.as_house("an expense is settled once").select_for_update(of=("self",)).get(pk=expense.pk)
    standing = state_of(expense)
    if standing.state != wanted:
        raise Conflict(f"This expense is {standing.get_state_display()}.", "Look at it again.")


def _check_own(viewer: Viewer, post: Post | None) -> None:
    if viewer.holds("finance", "programme"):
        return
    own = post_of_seat(viewer.seat_id)
    if _id(post) is not None and _id(own) != _id(post):
        raise Forbidden("Your seat is not posted there.", "Its own officer or a finance officer enters this cost.")


def _id(post: Post | None) -> uuid.UUID | None:
    return post.id if post else None


def _check_day(day: datetime.date) -> None:
    today = now().date()
    if day > today:
        raise Refused("day", "This day is still to come.", "Enter a cost when it has been paid.")
    if day.year < today.year - OLDEST_YEARS:
        raise Refused("day", f"{day.year} is too long ago for these books.", "Look at the year again.")
