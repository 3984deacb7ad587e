"""What the pages of claims draw: the list, what a new one would hold, one claim with its payments."""

from typing import Any

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.funding.actions import preview_claim, read_claim, see_funding
from vedette.funding.claiming import Claimed
from vedette.funding.items import name_of
from vedette.funding.queries import entries_of
from vedette.funding.reading import ClaimRow, claims, payments_of
from vedette.funding.settling import Settled, by_line, disputes_of
from vedette.web.funding.forms import ClaimForm, DisputeForm, PaymentForm, SettleForm
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking

# A funder is asked about what has been due for longer.
LATE_DAYS = 30


def claims_context(viewer: Viewer | None) -> dict[str, Any]:
    """Every claim with what is due on it."""
    rows = claims()
    see_funding(viewer, [row.claim.id for row in rows])
    return {**frame(viewer, "claims"), "rows": rows, "due": sum(row.due for row in rows), "late": LATE_DAYS}


def new_claim_context(viewer: Viewer | None, form: ClaimForm, *, asked: bool) -> dict[str, Any]:
    """The form, and what the claim would hold once its grant and days are known."""
    items = preview_claim(viewer, **form.cleaned_data) if asked and form.is_valid() else None
    return {
        **frame(viewer, "claims"),
        "form": form,
        "asked": asked,
        "items": _named(items or []),
        "previewed": items is not None,
        "total": sum(one.amount for one in items or []),
    }


def claim_context(viewer: Viewer | None, row: ClaimRow, refused: Asking | None = None) -> dict[str, Any]:
    """Everything `funding/claim.html` draws; `refused` is the form that came back."""
    see_funding(viewer, [row.claim.id])
    items = read_claim(viewer, row.claim)
    paid = payments_of(row.claim)
    hidden = row.claim.total - sum(one.amount for one in items)
    context = frame(viewer, "claims")
    disputes = disputes_of(viewer, row.claim)
    lines = by_line(items, disputes, row.paid) if not hidden else [Settled(one, 0, None) for one in items]
    return {
        **context,
        "row": row,
        "claim": row.claim,
        "lines": [_line(line, context["may"], context["currency"], refused) for line in lines],
        "disputed": sum(line.disputed for line in lines),
        "hidden": hidden,
        "payments": paid,
        "entries": entries_of(row.claim.id),
        "who": labels([row.claim.by, *(one.by for one in paid)]),
        "form": {"payment": refused if refused and refused.name == "payment" else PaymentForm("payment")},
    }


def _line(line: Settled, allowed: dict[str, bool], currency: str, refused: Asking | None) -> dict[str, Any]:
    """A line with the form that disputes it, or ends its dispute."""
    form: Asking | None = None
    item, expense = line.one.item, line.one.allocation.expense
    if item is not None and line.dispute is None and allowed["dispute_item"] and line.outstanding > 0:
        form = DisputeForm(f"dispute-{item.id}", currency=currency)
    elif line.dispute is not None and allowed["settle_dispute"]:
        form = SettleForm(f"settle-{line.dispute.id}")
    if form is not None and refused is not None and refused.name == form.name:
        form = refused
    return {"line": line, "one": line.one, "expense": expense, "item": name_of(expense.item), "form": form}


def _named(items: list[Claimed]) -> list[dict[str, Any]]:
    return [
        {"one": one, "expense": one.allocation.expense, "item": name_of(one.allocation.expense.item)} for one in items
    ]
