"""Who knew what when: could see, was shown, opened, acknowledged, kept apart; only the last two count as informed."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vedette.account.asof import NO, STRUCK, WHOLE, Past
from vedette.account.scope import oversees, rows_for
from vedette.account.subjects import Subject, Whom, subject, whom
from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.audit.models import Entry
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.reporting.models import Reading
from vedette.response.models import OrderState
from vedette.sharing.models import Receipt

Ids = list[uuid.UUID]
ACKNOWLEDGED = ("acknowledged", "acted", "told")
ANSWERED = ("acknowledged", "done", "cannot")


@dataclass(frozen=True)
class Trace:
    """One sign that a seat had a sheet before it: which seat, when first, how, how often."""

    seat: str
    at: datetime.datetime
    how: str
    times: int = 1


@dataclass
class Known:
    """One sheet in the answer: whether it could be seen and since when, then the three kinds of traces."""

    sheet: Sheet
    through: str = ""
    face: str = NO
    since: datetime.datetime | None = None
    seers: list[str] = field(default_factory=list)
    shown: list[Trace] = field(default_factory=list)
    opened: list[Trace] = field(default_factory=list)
    acknowledged: list[Trace] = field(default_factory=list)

    @property
    def informed(self) -> Trace | None:
        """The first opening or acknowledgement; available is not informed."""
        return min([*self.opened, *self.acknowledged], key=lambda trace: trace.at, default=None)


@dataclass(frozen=True)
class Answer:
    """The answer to one question, sheet by sheet in order of filing."""

    whom: Whom
    subject: Subject
    moment: datetime.datetime
    rows: list[Known]

    @property
    def informed(self) -> list[Known]:
        """What was opened or acknowledged."""
        return [row for row in self.rows if row.informed]

    @property
    def first(self) -> tuple[Known, Trace] | None:
        """By what it was first informed."""
        found = [(row, trace) for row in self.rows if (trace := row.informed)]
        return min(found, key=lambda pair: pair[1].at, default=None)

    def count(self, grade: str) -> int:
        """How many of the sheets reached a grade."""
        if grade == "seen":
            return sum(row.face == WHOLE for row in self.rows)
        return sum(bool(getattr(row, grade)) for row in self.rows)


def knew(by: Viewer | None, *, who: str, about: str, moment: datetime.datetime) -> Answer:
    """What a person, unit or partner knew about a subject at a moment; the asking is written down.

    Sheets that the asker may not hear of are not in it, not counted and not computed from.
    """
    viewer = require(by, "ask_who_knew")
    asked, found = whom(who), subject(viewer, about, moment)
    rows = {sheet.id: Known(sheet, found.through.get(sheet.id, "")) for sheet in found.sheets}
    # What an auditor looked at is not for those he looks at.
    seats = [seat for seat in asked.seats if oversees(viewer) or "auditor" not in seat.roles]
    _could_see(rows, seats, moment)
    _traces(viewer, rows, seats, moment)
    record(viewer, "account.asked", [uuid.UUID(who.partition(":")[2]), *list(rows)[:50]])
    return Answer(asked, found, moment, list(rows.values()))


def _could_see(rows: dict[uuid.UUID, Known], seats: Sequence[Seat], moment: datetime.datetime) -> None:
    past = Past(seats, [row.sheet for row in rows.values()])
    for row in rows.values():
        faces = {seat.id: past.face(seat, row.sheet, moment) for seat in seats}
        whole = [seat for seat in seats if faces[seat.id] == WHOLE]
        row.face = WHOLE if whole else (STRUCK if STRUCK in faces.values() else NO)
        row.seers = [seat.label for seat in whole]
        row.since = min((at for seat in whole if (at := past.since(seat, row.sheet, moment))), default=None)


def _traces(viewer: Viewer, rows: dict[uuid.UUID, Known], seats: Sequence[Seat], moment: datetime.datetime) -> None:
    names = {seat.id: seat.label for seat in seats}
    ids: Ids = list(rows)
    for row in rows.values():
        if row.sheet.author_id in names and row.sheet.filed_at <= moment:
            row.opened.append(Trace(names[row.sheet.author_id], row.sheet.filed_at, "wrote"))
    _from_log(rows, names, "sheet.listed", "shown", moment)
    _from_log(rows, names, "sheet.opened", "opened", moment)
    receipts = rows_for(viewer, Receipt).filter(delivery__release__in=ids, seat__in=list(names), at__lte=moment)
    found = [
        (row[0], row[1], row[2], row[3])
        for row in receipts.values_list("delivery__release_id", "seat_id", "at", "kind")
    ]
    readings = rows_for(viewer, Reading).filter(report__in=ids, seat__in=list(names), at__lte=moment)
    found += [(*row, "read") for row in readings.values_list("report_id", "seat_id", "at")]
    states = rows_for(viewer, OrderState).filter(order__in=ids, by__in=list(names), since__lte=moment)
    found += list(states.values_list("order_id", "by_id", "since", "state"))
    _add(rows, names, found)
    for row in rows.values():
        row.opened.sort(key=lambda trace: trace.at)
        row.acknowledged.sort(key=lambda trace: trace.at)


def _add(
    rows: dict[uuid.UUID, Known],
    names: dict[uuid.UUID, str],
    found: Iterable[tuple[uuid.UUID, uuid.UUID, datetime.datetime, str]],
) -> None:
    for sheet, seat, at, how in found:
        if how == "opened":
            rows[sheet].opened.append(Trace(names[seat], at, "receipt"))
        elif how in ("read", *ACKNOWLEDGED, *ANSWERED):
            rows[sheet].acknowledged.append(Trace(names[seat], at, how))


def _from_log(
    rows: dict[uuid.UUID, Known], names: dict[uuid.UUID, str], code: str, grade: str, moment: datetime.datetime
) -> None:
    """The first time, and how often, each seat had each sheet before it by one audit code."""
    entries = Entry.objects.filter(actor__in=list(names), code=code, shown_at__lte=moment)
    seen: dict[tuple[uuid.UUID, uuid.UUID], tuple[datetime.datetime, int]] = {}
    wanted = entries.filter(objects_ids__overlap=list(rows)).order_by("shown_at")
    for entry in wanted.iterator():
        actor, objects, at = entry.actor, entry.objects_ids, entry.shown_at
        if actor is None:
            continue
        for sheet in rows.keys() & set(objects):
            first, times = seen.get((actor, sheet), (at, 0))
            seen[actor, sheet] = (first, times + 1)
    how = "list" if grade == "shown" else "opened"
    for (actor, sheet), (at, times) in seen.items():
        getattr(rows[sheet], grade).append(Trace(names[actor], at, how, times))
