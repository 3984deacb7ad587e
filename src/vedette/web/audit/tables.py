"""Tables as CSV that no spreadsheet takes for formulas (OWASP, CSV injection)."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from vedette.account.queries import Answer, Trace, Trail

# What makes a spreadsheet compute, its full-width twins too.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: object) -> str:
    """A cell as text: one that a spreadsheet would compute gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(DANGEROUS) else text


def answer_rows(answer: Answer) -> Iterable[Sequence[object]]:
    """One line a record and grade."""
    yield ("record", "kind", "filed (UTC)", "grade", "seat", "at (UTC)", "how", "times")
    for row in answer.rows:
        head = (row.sheet.reference, row.sheet.kind, stamp(row.sheet.filed_at))
        yield (*head, "could see", "; ".join(row.seers), stamp(row.since), row.face, "")
        for grade in ("shown", "opened", "acknowledged"):
            traces: list[Trace] = getattr(row, grade)
            for trace in traces:
                yield (*head, grade, trace.seat, stamp(trace.at), trace.how, trace.times)


def trail_rows(trail: Trail) -> Iterable[Sequence[object]]:
    """One line an entry."""
    yield (
        "place in the log",
        "checkpoint",
        "shown time (UTC)",
        "real time (UTC)",
        "seat",
        "code",
        "did",
        "also",
        "reason",
    )
    for line in trail.sentences:
        where = ("" if line.seq is None else line.seq, line.checkpoint or "")
        when = (stamp(line.shown_at), stamp(line.real_at))
        yield (*where, *when, line.who, line.code, line.text, " ".join(line.others), line.reason)


def stamp(moment: datetime.datetime | None) -> str:
    """A moment in UTC to 1/100 s with its offset."""
    return (
        f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 10_000:02d}+00:00"
        if moment
        else ""
    )


def as_csv(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """A download of these rows: UTF-8 with its mark, every cell quoted."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([safe(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    plain = "".join(char if char.isalnum() or char in "-_" else "-" for char in name)
    response["Content-Disposition"] = f'attachment; filename="{plain}.csv"'
    return response
