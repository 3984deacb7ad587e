"""What the pages of rules, grants, gifts and rates draw; a form that was not taken stands in the place of its empty one."""

from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.funding.actions import see_funding
from vedette.funding.models import Category, Grant, PayerRule
from vedette.funding.queries import books, funders, rules
from vedette.funding.reading import gifts, grant_row, grants, rates, total_of
from vedette.web.funding.forms import BooksForm, CeilingForm, RateForm
from vedette.web.funding.pages import frame
from vedette.web.programme.forms import Asking, BecauseForm


def rules_context(viewer: Viewer | None, refused: Asking | None = None) -> dict[str, Any]:
    """The rules in force in their order; those that ended folded below."""
    rows = rules(standing_only=False)
    see_funding(viewer, [row.id for row in rows])
    listed = [_rule(row, refused) for row in rows]
    return {
        **frame(viewer, "rules"),
        "rows": [one for one in listed if one["row"].until is None],
        "ended": [one for one in listed if one["row"].until is not None],
    }


def _rule(row: PayerRule, refused: Asking | None) -> dict[str, Any]:
    name = f"end-{row.id}"
    return {
        "row": row,
        "categories": [Category(one).label for one in row.categories],
        "shares": [{"who": one.funder.name, "part": one.part / 100} for one in row.shares.all()],
        "end": refused if refused and refused.name == name else BecauseForm(name),
    }


def grants_context(viewer: Viewer | None) -> dict[str, Any]:
    """Every grant with what is left of it."""
    rows = grants()
    see_funding(viewer, [row.grant.id for row in rows])
    return {**frame(viewer, "grants"), "rows": rows, "whole": total_of(rows), "funders": funders()}


def grant_context(viewer: Viewer | None, grant: Grant, refused: Asking | None = None) -> dict[str, Any]:
    """One grant with its categories; `refused` is the form that came back."""
    see_funding(viewer, [grant.id])
    back = {refused.name: refused} if refused else {}
    return {
        **frame(viewer, "grants"),
        "row": grant_row(grant),
        "grant": grant,
        "form": {
            "ceiling": back.get("ceiling") or CeilingForm("ceiling"),
            "end": back.get("end") or BecauseForm("end"),
        },
    }


def gifts_context(viewer: Viewer | None) -> dict[str, Any]:
    """What was given instead of money."""
    rows = gifts()
    see_funding(viewer, [row.id for row in rows])
    return {**frame(viewer, "gifts"), "rows": rows, "whole": sum(row.base_amount for row in rows)}


def rates_context(viewer: Viewer | None, refused: Asking | None = None) -> dict[str, Any]:
    """The currency of the books, and the rates."""
    rows = rates()
    see_funding(viewer, [])
    back, standing = {refused.name: refused} if refused else {}, books()
    written = {"currency": standing.currency, "year_begins": standing.year_begins}
    return {
        **frame(viewer, "rates"),
        "rows": rows,
        "books": standing,
        "form": {
            "rate": back.get("rate") or RateForm("rate"),
            "books": back.get("books") or BooksForm("books", initial=written),
        },
    }
