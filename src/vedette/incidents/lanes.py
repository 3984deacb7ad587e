"""The timeline in lanes by source: where each report stands between the first moment and the last, in percent."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from vedette.reporting.queries import ReportRow

# Hours between ticks for a span: the first that gives at most eight.
STEPS = (0.25, 0.5, 1, 2, 6, 12, 24, 48, 24 * 7, 24 * 30, 24 * 90, 24 * 365)


@dataclass(frozen=True)
class Mark:
    """One report on a lane: where, how it is drawn (ev, ev hot, ev weak), a short label, the row."""

    x: float
    kind: str
    row: ReportRow


@dataclass(frozen=True)
class Lane:
    """One source's line."""

    label: str
    marks: list[Mark]


@dataclass(frozen=True)
class Tick:
    """A line of the axis with its local time, or its day where whole days lie between the lines."""

    x: float
    label: str
    day: datetime.date | None = None


@dataclass(frozen=True)
class Lanes:
    """All lanes over one span of local time."""

    zone: str
    ticks: list[Tick]
    lanes: list[Lane]
    now_x: float


def lanes_of(rows: list[ReportRow], moment: datetime.datetime) -> Lanes:
    """What happened first, then one lane a source and post, in the order in which each was first heard."""
    if not rows:
        return Lanes("UTC", [], [], 100.0)
    zone = rows[0].report.observed_zone
    moments = [row.report.happened_at or row.report.observed_at for row in rows] + [
        row.report.observed_at for row in rows
    ]
    first, last = min(moments), max(*moments, min(moment, max(moments) + datetime.timedelta(minutes=10)))
    span = max((last - first).total_seconds(), 60.0)

    def place(at: datetime.datetime) -> float:
        return round(3 + 90 * (at - first).total_seconds() / span, 2)

    happened = [
        Mark(place(row.report.happened_at), "ev hot", row)
        for row in rows
        if row.report.happened_at and row.report.happened_at >= first and not row.report.sheet.withdrawn_at
    ]
    by_source: dict[str, list[Mark]] = defaultdict(list)
    for row in rows:
        label = f"{row.report.source.kind.replace('-', ' ').capitalize()} · {row.report.post.city}"
        by_source[label].append(Mark(place(row.report.observed_at), _drawn(row), row))
    lanes = [Lane("", happened), *[Lane(label, marks) for label, marks in by_source.items()]]
    return Lanes(zone, _ticks(first, last, zone, place), lanes, min(place(moment), 97.0) if moment <= last else 97.0)


def _drawn(row: ReportRow) -> str:
    weak = bool(row.report.sheet.withdrawn_at) or bool(row.grade and row.grade.credibility in "456")
    return "ev weak" if weak else "ev home" if row.report.post.status == "home" else "ev"


def _ticks(
    first: datetime.datetime, last: datetime.datetime, zone: str, place: Callable[[datetime.datetime], float]
) -> list[Tick]:
    hours = (last - first).total_seconds() / 3600
    step = next((step for step in STEPS if hours / step <= 8), STEPS[-1])
    delta = datetime.timedelta(hours=step)
    local = first.astimezone(ZoneInfo(zone))
    at = local.replace(minute=0, second=0, microsecond=0)
    if step >= 24:
        at = at.replace(hour=0)
    ticks = []
    while at <= last:
        if at >= first:
            ticks.append(Tick(place(at), at.strftime("%H:%M"), at.date() if step >= 24 else None))
        at += delta
    return ticks
