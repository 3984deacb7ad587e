"""Looking at the money leaves a trace, as every list does."""

import uuid
from collections.abc import Iterable

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.models import Expense
from vedette.funding.queries import ExpenseRow, expenses
from vedette.handling.actions import check_not_auditing, open_one, record_list
from vedette.handling.policy import require


def see_funding(by: Viewer | None, ids: Iterable[uuid.UUID]) -> Viewer:
    """A page of the funding was shown; which grants, rules or claims stood on it."""
    viewer = require(by, "see_funding")
    record(viewer, "funding.seen", ids)
    return viewer


def read_expenses(
    by: Viewer | None, *, states: Iterable[str] = (), limit: int = 50, after: int = 0
) -> list[ExpenseRow]:
    """The expenses that the viewer may see, his own or those of the books he keeps; one audit entry names their sheets."""
    viewer = require(by, "see_expenses")
    rows = expenses(viewer, states=states, limit=limit, after=after)
    record_list(viewer, [row.expense.pk for row in rows])
    return rows


def open_expense(by: Viewer | None, key: uuid.UUID | None) -> Expense:
    """One expense that the viewer may read; Missing tells nothing."""
    viewer = require(by, "see_expenses")
    check_not_auditing(viewer)
    return open_one(viewer, Expense, key)
