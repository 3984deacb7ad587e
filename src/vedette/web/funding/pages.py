"""What the pages of the money draw: the frame, the overview, the lines behind a figure, the lists."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vedette.agencies.viewer import Viewer
from vedette.funding.actions import read_expenses, read_oldest, see_funding
from vedette.funding.items import name_of
from vedette.funding.models import Category, ExpenseState, Line
from vedette.funding.queries import ExpenseRow, books, who_pays
from vedette.funding.reading import (
    Figure,
    claims,
    grant_by_key,
    grants,
    lines,
    sum_of_lines,
    to_settle,
    total_of,
    year_of,
)
from vedette.funding.variance import Pace, paces, quarters_of
from vedette.handling.policy import may
from vedette.kit.errors import Missing
from vedette.kit.said import said
from vedette.kit.time import now
from vedette.web.funding.verdicts import verdicts_of

A_PAGE = 50
STATES = ("entered", "approved", "refused", "reversed")
VERBS = (
    "enter_expense",
    "import_expenses",
    "commit_cost",
    "set_order_number",
    "approve_expense",
    "refuse_expense",
    "reverse_expense",
    "store_file",
    "send_claim",
    "enter_payment",
    "dispute_item",
    "share_post",
    "end_share",
    "see_standing_rules",
    "settle_dispute",
    "accept_gift",
    "set_payer_rule",
    "set_funder",
    "open_grant",
    "set_ceiling",
    "enter_rate",
    "set_books",
)


def frame(viewer: Viewer | None, tab: str, waiting: int | None = None) -> dict[str, Any]:
    """What every page of the money has: its tabs, what the viewer may do, the currency of the books."""
    tabs = [
        ("overview", _("Overview"), "funding"),
        ("expenses", _("Expenses"), "expenses"),
        ("commitments", pgettext("of money", "Commitments"), "funding_commitments"),
        ("claims", _("Claims"), "funding_claims"),
        ("rules", _("Rules"), "funding_rules"),
        ("grants", _("Grants"), "funding_grants"),
        ("variance", _("Variance"), "funding_variance"),
        ("shared", _("Shared posts"), "funding_shared"),
        ("gifts", _("Gifts in kind"), "funding_gifts"),
        ("rates", _("Rates"), "funding_rates"),
        ("value", _("Value"), "value"),
    ]
    seen = may(viewer, "see_funding").allowed
    listed = tabs if seen else [row for row in tabs if row[0] == "expenses"]
    counts = {"expenses": _waiting(waiting)}
    return {
        "tabs": [
            {"label": label, "href": reverse(name), "current": key == tab, "n": counts.get(key)}
            for key, label, name in listed
        ],
        "may": {verb: may(viewer, verb).allowed for verb in VERBS} | {"see_funding": seen},
        "currency": books().currency,
        "today": now().date(),
    }


def _waiting(count: int | None) -> str:
    return ngettext("%(n)s to settle", "%(n)s to settle", count) % {"n": count} if count else ""


def overview_context(viewer: Viewer | None) -> dict[str, Any]:
    """The budget of this year by grant, and the expense that waits longest."""
    year = year_of(now().date())
    rows = grants(year)
    see_funding(viewer, [row.grant.id for row in rows])
    count, oldest = read_oldest(viewer)
    return {
        **frame(viewer, "overview", count),
        "year": year,
        "rows": rows,
        "whole": total_of(rows),
        "waiting": count,
        "oldest": oldest,
        "item": name_of(oldest.expense.item) if oldest else "",
        "verdicts": _verdicts(oldest),
        "open_claims": claims(open_only=True),
    }


def _verdicts(row: ExpenseRow | None) -> dict[str, Any] | None:
    return verdicts_of(who_pays(row.expense)) if row else None


def page_number(asked: QueryDict) -> int:
    """Which page is asked for; the first when it cannot be read."""
    typed = asked.get("page", "")
    return min(max(int(typed), 1), 10_000) if typed.isascii() and typed.isdigit() else 1


def paged(rows: list[Any], page: int, asked: dict[str, str], href: str) -> dict[str, Any]:
    """The rows of one page, and the ways to the newer and the older ones; one row more was asked for than is shown."""

    def way(number: int) -> str:
        return f"{href}?{urlencode({**asked, 'page': number})}"

    return {
        "rows": rows[:A_PAGE],
        "newer": way(page - 1) if page > 1 else "",
        "older": way(page + 1) if len(rows) > A_PAGE else "",
    }


def expenses_context(viewer: Viewer | None, asked: QueryDict) -> dict[str, Any]:
    """The expenses that the viewer may see, of one state when one is named."""
    state = asked.get("state", "") if asked.get("state", "") in STATES else ""
    page, href = page_number(asked), reverse("expenses")
    states = [state] if state else []
    rows = read_expenses(viewer, states=states, limit=A_PAGE + 1, after=(page - 1) * A_PAGE)
    count, keep = to_settle(viewer)[0], {"state": state} if state else {}
    labels = dict(ExpenseState.State.choices)
    filters = [{"label": _("All"), "href": href, "current": not state}] + [
        {"label": capfirst(said(labels[name])), "href": f"{href}?state={name}", "current": name == state}
        for name in STATES
    ]
    filters[1]["n"] = count or ""
    return {
        **frame(viewer, "expenses", count),
        **paged([{"row": row, "item": name_of(row.expense.item)} for row in rows], page, keep, href),
        "filters": filters,
        "state": state,
        "first_page": page == 1,
    }


def lines_context(viewer: Viewer | None, asked: QueryDict) -> dict[str, Any]:
    """The lines of the books behind one figure, and what they add up to."""
    key = asked.get("grant", "")
    # What no address can be (a NUL, for one) is not looked for.
    grant = grant_by_key(key) if key.isprintable() and key else None
    if key and grant is None:
        raise Missing
    account = asked.get("account", "") if asked.get("account", "") in Line.Account.values else Line.Account.COST.value
    category = asked.get("category", "") if asked.get("category", "") in Category.values else ""
    page, begins, ends = page_number(asked), _day(asked.get("from", "")), _day(asked.get("to", ""))
    figure = Figure(grant, account, category, begins, ends)
    rows = lines(viewer, figure, limit=A_PAGE + 1, after=(page - 1) * A_PAGE)
    see_funding(viewer, [grant.id] if grant else [])
    keep = {"grant": grant.key if grant else "", "account": account, "category": category}
    keep |= {"from": begins.isoformat() if begins else "", "to": ends.isoformat() if ends else ""}
    return {
        **frame(viewer, "overview"),
        **paged(rows, page, {key: value for key, value in keep.items() if value}, reverse("funding_lines")),
        "grant": grant,
        "account": Line.Account(account).label,
        "category": Category(category).label if category else "",
        "whole": sum_of_lines(figure),
        "begins": begins,
        "ends": ends,
    }


def _day(typed: str) -> datetime.date | None:
    """A day of an address; none when it cannot be read."""
    try:
        return datetime.date.fromisoformat(typed)
    except ValueError:
        return None


def variance_context(viewer: Viewer | None) -> dict[str, Any]:
    """How each grant and category of this year runs against its time."""
    today = now().date()
    year, currency = year_of(today), books().currency
    rows = paces(year, today)
    see_funding(viewer, [one.row.grant.id for one in rows])
    return {
        **frame(viewer, "variance"),
        "year": year,
        "quarters": quarters_of(year),
        "rows": [
            {
                "grant": one.row.grant,
                "last": one.row.last,
                "whole": _pace(one.whole, currency),
                "parts": [_pace(part, currency) for part in one.parts],
            }
            for one in rows
        ],
    }


def _pace(pace: Pace, currency: str) -> dict[str, Any]:
    return {"pace": pace, "budget": pace.budget, "said": pace.sentence(currency)}
