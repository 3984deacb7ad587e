"""Entering the costs of a workbook: all of them or none, or those that somebody lawfully pays, as the person chooses."""

from collections.abc import Sequence

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.entering import Rates, check_own, lock_grants, record_entered
from vedette.funding.importing import RowRead
from vedette.funding.judging import RowJudged, judge
from vedette.funding.models import Expense
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.live.actions import announce


def look_over(by: Viewer | None, *, rows: Sequence[RowRead]) -> list[RowJudged]:
    """What would become of each row, as everything stands now; nothing is written."""
    return judge(require(by, "import_expenses"), rows)


@transaction.atomic
def import_expenses(by: Viewer | None, *, rows: Sequence[RowRead], all_or_nothing: bool) -> dict[int, Expense]:
    """Enter the costs of these rows, by the row's number; with `all_or_nothing` one that cannot be taken keeps all of them out."""
    viewer = require(by, "import_expenses")
    # The same workbook sent twice at once: the second waits here, then finds the costs of the first.
    lock_grants()
    judged = judge(viewer, rows)
    refused = [row for row in judged if not row.taken]
    if all_or_nothing and refused:
        raise Refused(
            "file",
            f"{len(refused)} of {len(rows)} rows cannot be taken, the first is row {refused[0].number}.",
            "Mend them in the workbook, or take those that can be taken.",
        )
    taken = [(row.number, row.draft) for row in judged if row.taken and row.draft is not None]
    if not taken:
        raise Refused("file", "No row can be taken.", "Mend the rows in the workbook.")
    for _number, draft in taken:
        check_own(viewer, draft)
    made = record_entered(viewer, [draft for _number, draft in taken], Rates())
    record(viewer, "expense.imported", [row.pk for row in made])
    announce("expense.entered", *(row.pk for row in made[:1]))
    return {number: row for (number, _draft), row in zip(taken, made, strict=True)}
