"""Entering the costs of a workbook: all of them or none, or those that can be read, as the person chooses."""

from collections.abc import Sequence

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.actions.entering import Rates, check_own, record_entered
from vedette.funding.importing import RowRead, drafts_of
from vedette.funding.models import Expense
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.live.actions import announce


@transaction.atomic
def import_expenses(by: Viewer | None, *, rows: Sequence[RowRead], all_or_nothing: bool) -> list[Expense]:
    """Enter the costs of these rows; with `all_or_nothing` one row that cannot be read keeps all of them out."""
    viewer = require(by, "import_expenses")
    refused = [row for row in rows if row.draft is None]
    if all_or_nothing and refused:
        many = f"{len(refused)} of {len(rows)} rows cannot be taken, the first is row {refused[0].number}."
        raise Refused("file", many, "Mend them in the workbook, or take those that can be read.")
    drafts = drafts_of(list(rows))
    if not drafts:
        raise Refused("file", "No row can be taken.", "Mend the rows in the workbook.")
    for draft in drafts:
        check_own(viewer, draft)
    made = record_entered(viewer, drafts, Rates())
    record(viewer, "expense.imported", [row.pk for row in made])
    announce("expense.entered", *(row.pk for row in made[:1]))
    return made
