"""Writing in the books: an entry whose lines add up to nothing, once, never changed."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.funding.models import Entry, Expense, Gift, Grant, Line
from vedette.kit.time import now

Account = Line.Account


@dataclass(frozen=True)
class Sum:
    """A sum on an account, in minor units of the books: above nothing is debit."""

    account: str
    amount: int
    grant: Grant | None = None
    category: str = ""


def record_entry(
    by: Viewer,
    sums: Iterable[Sum],
    *,
    kind: str,
    subject: uuid.UUID,
    day: datetime.date,
    of: Expense | Gift | None = None,
) -> Entry:
    """Part of a verb: one entry with its lines; the database refuses it when they do not add up to nothing."""
    entry: Entry = Entry.objects.create(kind=kind, subject=subject, day=day, at=now(), by=by.seat_id)
    rows = [
        Line(
            entry=entry,
            account=one.account,
            amount=one.amount,
            grant=one.grant,
            category=one.category,
            post_id=of.post_id if of else None,
            mission_id=of.mission_id if of else None,
            day=day,
        )
        for one in sums
    ]
    Line.objects.bulk_create(rows)
    return entry
