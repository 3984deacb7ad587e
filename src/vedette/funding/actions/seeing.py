"""Looking at the money leaves a trace, as every list does."""

import uuid
from collections.abc import Iterable

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.queries import ExpenseRow, expenses
from vedette.handling.actions import record_list
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
    rows = expenses(by, states=states, limit=limit, after=after)
    if by is not None:
        record_list(by, [row.expense.pk for row in rows])
    return rows
