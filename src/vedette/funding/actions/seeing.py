"""Looking at the money leaves a trace, as every list does."""

import datetime
import uuid
from collections.abc import Iterable

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.claiming import Claimed, claimable, items_of
from vedette.funding.models import Claim, Expense, Grant
from vedette.funding.queries import ExpenseRow, expenses
from vedette.funding.reading import to_settle
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


def read_oldest(by: Viewer | None) -> tuple[int, ExpenseRow | None]:
    """How many expenses wait to be settled and the one that waits longest, which is written down as shown."""
    viewer = require(by, "see_expenses")
    count, oldest = to_settle(viewer)
    record_list(viewer, [oldest.expense.pk] if oldest else [])
    return count, oldest


def open_expense(by: Viewer | None, key: uuid.UUID | None) -> Expense:
    """One expense that the viewer may read; Missing tells nothing."""
    viewer = require(by, "see_expenses")
    check_not_auditing(viewer)
    return open_one(viewer, Expense, key)


def preview_claim(by: Viewer | None, *, grant: Grant, begins: datetime.date, ends: datetime.date) -> list[Claimed]:
    """What a claim on this grant for these days would hold; nothing is sent."""
    viewer = require(by, "see_funding")
    return _shown(viewer, claimable(viewer, grant, begins, ends))


def read_claim(by: Viewer | None, claim: Claim) -> list[Claimed]:
    """What a claim holds, of what the viewer may read; one audit entry names the sheets."""
    viewer = require(by, "see_funding")
    return _shown(viewer, items_of(viewer, claim))


def _shown(viewer: Viewer, items: list[Claimed]) -> list[Claimed]:
    record_list(viewer, [one.allocation.expense_id for one in items])
    return items
