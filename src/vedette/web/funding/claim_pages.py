"""What the pages of claims draw: the list, what a new one would hold, one claim with its payments."""

from typing import Any

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.funding.actions import preview_claim, read_claim, see_funding
from vedette.funding.claiming import Claimed
from vedette.funding.items import name_of
from vedette.funding.queries import entries_of
from vedette.funding.reading import ClaimRow, claims, payments_of
from vedette.web.funding.forms import ClaimForm, PaymentForm
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking


def claims_context(viewer: Viewer | None) -> dict[str, Any]:
    """Every claim with what is due on it."""
    rows = claims()
    see_funding(viewer, [row.claim.id for row in rows])
    return {**frame(viewer, "claims"), "rows": rows, "due": sum(row.due for row in rows)}


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
    shown = sum(one.amount for one in items)
    return {
        **frame(viewer, "claims"),
        "row": row,
        "claim": row.claim,
        "items": _named(items),
        "hidden": row.claim.total - shown,
        "payments": paid,
        "entries": entries_of(row.claim.id),
        "who": labels([row.claim.by, *(one.by for one in paid)]),
        "form": {"payment": refused or PaymentForm("payment")},
    }


def _named(items: list[Claimed]) -> list[dict[str, Any]]:
    return [
        {"one": one, "expense": one.allocation.expense, "item": name_of(one.allocation.expense.item)} for one in items
    ]
