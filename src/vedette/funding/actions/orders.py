"""The order number of a cost, given after it was entered: dated, with its reason, until the cost is claimed; the rule is asked again."""

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.entering import lock_grants
from vedette.funding.actions.expenses import STATE, locked_state
from vedette.funding.models import Allocation, ClaimItem, Expense, OrderNumber
from vedette.funding.queries import who_pays
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce


@transaction.atomic
def set_order_number(by: Viewer | None, *, expense: Expense, number: str, because: str) -> Expense:
    """Give a cost its order number. What is approved stays with whoever bears it: a number that would change that is refused."""
    viewer = require(by, "set_order_number", expense.sheet)
    state = locked_state(expense)
    if state.state not in (STATE.ENTERED, STATE.APPROVED):
        raise Conflict(f"This expense is {state.get_state_display()}.", "Look at it again.")
    fresh = clean_line("number", number, limit=40, required=True)
    reason = clean_line("because", because, limit=300, required=True)
    claims = ClaimItem.objects.as_house("what was claimed stays as it was claimed").filter(allocation__expense=expense)
    claimed = claims.select_related("claim").first()
    if claimed is not None:
        raise Refused("number", f"It stands in {claimed.claim.reference}.", "What was claimed stays as it was claimed.")
    if fresh == expense.order_number:
        raise Refused("number", "It has this number already.", "Nothing needs doing.")
    moment = now()
    rows = OrderNumber.objects.as_house("a number that ends is closed, never overwritten")
    rows.filter(expense=expense, until__isnull=True).update(until=moment)
    OrderNumber.objects.create(expense=expense, number=fresh, since=moment, by=viewer.seat_id, because=reason)
    Expense.objects.as_house("an expense holds its number in force").filter(pk=expense.pk).update(order_number=fresh)
    expense.order_number = fresh
    if state.state == STATE.APPROVED:
        _check_bearer(expense)
    record(viewer, "expense.ordered", [expense.pk])
    announce("expense.changed", expense.pk)
    return expense


def _check_bearer(expense: Expense) -> None:
    """With its number the same rule must pay it; another one bears it only in an entry of its own."""
    lock_grants()
    borne = Allocation.objects.as_house("who bears a cost is asked again with its number").filter(expense=expense)
    rule = borne.select_related("rule")[0].rule
    chosen = who_pays(expense, but_for=expense).chosen
    if chosen is None or chosen.rule.id != rule.id:
        other = f"“{chosen.rule.title}”" if chosen else "nobody"
        raise Refused(
            "number",
            f"“{rule.title}” bears it; with this number {other} would.",
            "Reverse it, then enter it again with its number.",
        )
