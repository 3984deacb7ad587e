"""Receipts: one paper proves one cost, so the same one on two expenses is refused."""

import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.files import vault
from vedette.files.actions import Stream, store
from vedette.files.models import StoredFile
from vedette.funding.actions.expenses import STATE
from vedette.funding.models import Expense
from vedette.funding.queries import state_of
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Refused
from vedette.live.actions import announce


def attach_receipt(by: Viewer | None, *, expense: Expense, stream: Stream, name: str) -> StoredFile:
    """Attach a receipt to an expense that is to settle or approved; Refused where another expense holds the same paper.

    The one that it holds already is answered whatever became of the expense since: a phone may send it twice.
    """
    viewer = require(by, "store_file", expense.sheet)
    refusal, held = _refusal(expense), set[uuid.UUID]()
    if refusal is not None:
        held = set(StoredFile.objects.seen_by(viewer).filter(sheet=expense.sheet).values_list("id", flat=True))
        if not held:
            raise refusal
    with transaction.atomic():
        stored = store(viewer, expense.sheet, stream, name).file
        if refusal is not None:
            if stored.id in held:
                return stored
            vault.drop(stored.address)
            raise refusal
        rows = Expense.objects.as_house("a receipt proves one cost")
        # Two who attach the same paper to two expenses at once: the second waits at this row, then finds the first one's.
        rows.order_by("pk").select_for_update(of=("self",)).first()
        _check_once(expense, stored)
        rows.filter(pk=expense.pk, receipt__isnull=True).update(receipt=bytes(stored.sha256).hex())
        announce("expense.changed", expense.pk)
    return stored


def _refusal(expense: Expense) -> Conflict | None:
    standing = state_of(expense)
    if standing.state in (STATE.ENTERED, STATE.APPROVED):
        return None
    return Conflict(f"This expense is {standing.get_state_display()}.", "Look at it again.")


def _check_once(expense: Expense, stored: StoredFile) -> None:
    files = StoredFile.objects.as_house("a receipt proves one cost")
    same = files.filter(sha256=stored.sha256, sheet__kind="expense").exclude(sheet=expense.sheet)
    other = same.select_related("sheet").first()
    if other is not None:
        # The row goes back with the transaction; the ciphertext lies on the disk and goes here.
        vault.drop(stored.address)
        raise Refused(
            "file",
            f"{other.sheet.reference} holds the same receipt.",
            "One paper proves one cost: attach the one of this cost.",
        )
