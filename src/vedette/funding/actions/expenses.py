"""Expenses: entered with what they cost and for what, then approved by whoever may lawfully pay, or refused; reversed, never changed."""

import datetime

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.books import Sum, record_entry
from vedette.funding.actions.entering import ExpenseDraft, Rates, check_own, lock_grants, record_borne, record_entered
from vedette.funding.models import Entry, Expense, ExpenseState
from vedette.funding.queries import state_of, who_pays
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Mission, Post

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
    written_at: datetime.datetime | None = None,
) -> Expense:
    """Enter one cost of one post or one mission, in minor units of its own currency; an officer enters those of his own post.

    Nothing is in the books before it is approved.
    """
    viewer = require(by, "enter_expense")
    draft = ExpenseDraft(item, day, amount, currency, post, mission, note, order_number)
    check_own(viewer, draft, written_at)
    (expense,) = record_entered(viewer, [draft], Rates())
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
    lock_grants()
    answer = who_pays(expense)
    chosen = answer.chosen
    if chosen is None:
        raise Refused("payer", answer.sentence, answer.way_round)
    record_borne(viewer, [(expense, chosen)])
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


def _stand(expense: Expense, state: str, viewer: Viewer, because: str = "") -> None:
    moment = now()
    states = ExpenseState.objects.as_house("a state that ends is closed, never overwritten")
    states.filter(expense=expense, until__isnull=True).update(until=moment)
    ExpenseState.objects.create(expense=expense, state=state, since=moment, by=viewer.seat_id, because=because)


def locked_state(expense: Expense) -> ExpenseState:
    """Part of a verb: how an expense stands; who changes the same one at once waits here, then reads what the first one did."""
    Expense.objects.as_house("an expense is settled once").select_for_update(of=("self",)).get(pk=expense.pk)
    return state_of(expense)


def _check_standing(expense: Expense, wanted: str) -> None:
    standing = locked_state(expense)
    if standing.state != wanted:
        raise Conflict(f"This expense is {standing.get_state_display()}.", "Look at it again.")
