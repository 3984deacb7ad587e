"""What the page of one expense draws; a form that was not taken stands in the place of its empty one."""

from typing import Any

from django import forms

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.files.queries import files_of
from vedette.funding.items import name_of
from vedette.funding.models import Expense
from vedette.funding.queries import entries_of, who_pays
from vedette.funding.reading import STATE, whole_expense
from vedette.web.funding.forms import OrderForm, ReceiptForm
from vedette.web.funding.pages import frame
from vedette.web.funding.verdicts import verdicts_of
from vedette.web.programme.forms import Asking, BecauseForm


def expense_context(viewer: Viewer | None, expense: Expense, refused: forms.Form | None = None) -> dict[str, Any]:
    """Everything `funding/expense.html` draws; `refused` is the form that came back."""
    back = {getattr(refused, "name", "receipt"): refused} if refused else {}
    whole = whole_expense(viewer, expense)
    state = whole.state.state
    context = frame(viewer, "expenses")
    allowed = context["may"]
    mine = viewer is not None and expense.sheet.author_id == viewer.seat_id
    return {
        **context,
        "expense": expense,
        "item": name_of(expense.item),
        "whole": whole,
        "state": whole.state,
        "verdicts": verdicts_of(who_pays(expense)) if state == STATE.ENTERED else None,
        "entries": entries_of(expense.pk),
        "receipts": files_of(viewer, expense.sheet_id),
        "mine": mine,
        "can": {
            "approve": allowed["approve_expense"] and state == STATE.ENTERED and not mine,
            "refuse": allowed["refuse_expense"] and state == STATE.ENTERED,
            "reverse": allowed["reverse_expense"] and state == STATE.APPROVED,
            "order": allowed["set_order_number"] and state in (STATE.ENTERED, STATE.APPROVED) and not whole.claims,
            "attach": allowed["store_file"] and state in (STATE.ENTERED, STATE.APPROVED),
        },
        "who": labels([expense.sheet.author_id, *(row.by for row in whole.states), *(row.by for row in whole.orders)]),
        "form": {
            "approve": back.get("approve") or Asking("approve"),
            "refuse": back.get("refuse") or BecauseForm("refuse"),
            "reverse": back.get("reverse") or BecauseForm("reverse"),
            "order": back.get("order") or OrderForm("order"),
            "receipt": back.get("receipt") or ReceiptForm(auto_id="receipt_%s"),
        },
    }
