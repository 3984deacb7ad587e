"""Writing in the books: an entry whose lines add up to nothing, once, never changed."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.funding.models import Entry, Expense, Gift, Grant, Line
from vedette.kit.time import now

Account = Line.Account
BATCH = 500


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
    entry = Entry(kind=kind, subject=subject, day=day, at=now(), by=by.seat_id)
    entry.save(force_insert=True)
    Line.objects.bulk_create(_lines(entry, sums, of))
    return entry


def record_entries(by: Viewer, kind: str, each: Sequence[tuple[Expense, list[Sum]]]) -> None:
    """Part of a verb: an entry for each of these expenses, on its own day."""
    moment = now()
    entries = [Entry(kind=kind, subject=of.pk, day=of.day, at=moment, by=by.seat_id) for of, _sums in each]
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    lines = [line for entry, (of, sums) in zip(entries, each, strict=True) for line in _lines(entry, sums, of)]
    Line.objects.bulk_create(lines, batch_size=BATCH)


def _lines(entry: Entry, sums: Iterable[Sum], of: Expense | Gift | None) -> list[Line]:
    work = {"post_id": of.post_id, "mission_id": of.mission_id} if of else {}
    return [
        Line(
            entry=entry,
            account=one.account,
            amount=one.amount,
            grant=one.grant,
            category=one.category,
            day=entry.day,
            **work,
        )
        for one in sums
    ]
