"""The desk's reads: a page of the queue with its trace, and one report opened with its receipt chain."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.handling.actions import check_not_auditing, open_one, record_list
from vedette.kit.cursors import place_in
from vedette.kit.dated import in_force
from vedette.kit.errors import Missing
from vedette.reporting.models import NameMark, Reading, Report, Version
from vedette.reporting.queries import ReportRow, desk_page, readings_of, rows_of, unread_flashes, versions_of

# As many unread flashes stand at the head of the queue, however old they are.
AT_HEAD = 50


@dataclass(frozen=True)
class DeskList:
    """A page of the queue: rows, counts, which posts have something unread, where the rest begins."""

    rows: list[ReportRow]
    unread_flashes: int
    hot_posts: set[uuid.UUID]
    position: dict[str, Any] | None = None


@dataclass(frozen=True)
class ChosenReport:
    """One report opened: its row, all wordings, who read it, the names spotted in it."""

    row: ReportRow
    versions: list[Version]
    readings: list[Reading]
    names: list[NameMark]


def position_of(cursor: dict[str, Any] | None) -> tuple[datetime, uuid.UUID] | None:
    """The place in the queue a cursor names; Refused when it is not one of the desk's."""
    return place_in(cursor)


def desk_list(viewer: Viewer | None, limit: int = 50, before: tuple[datetime, uuid.UUID] | None = None) -> DeskList:
    """A page of the queue, unread flashes before the rest, and one audit entry that says which ids were shown."""
    page, waiting = desk_page(viewer, limit, before), unread_flashes(viewer)
    first = list(waiting.values_list("pk", flat=True)[: AT_HEAD + 1])
    n = len(first) if len(first) <= AT_HEAD else waiting.count()
    rows = _flashes_first(viewer, page.rows, first[:AT_HEAD]) if first and before is None else page.rows
    if viewer is not None:
        record_list(viewer, [row.report.pk for row in rows])
    after = page.after
    return DeskList(
        rows=rows,
        unread_flashes=n,
        hot_posts={row.report.post_id for row in rows if row.unread and row.report.kind == Report.Kind.FLASH},
        position={"at": after[0].isoformat(), "id": str(after[1])} if after else None,
    )


def _flashes_first(viewer: Viewer | None, rows: list[ReportRow], wanted: list[uuid.UUID]) -> list[ReportRow]:
    """A flash nobody has read stays at the head of the queue until somebody does, even when newer reports fill the page."""
    known = {row.report.pk: row for row in rows}
    known |= {row.report.pk: row for row in rows_of(viewer, [key for key in wanted if key not in known])}
    return [known[key] for key in wanted if key in known] + [row for row in rows if row.report.pk not in wanted]


def chosen_report(
    viewer: Viewer | None, report_id: uuid.UUID | None, reason: str = "", moment: datetime | None = None
) -> ChosenReport:
    """Open one report, audited; Missing when there is nothing the viewer may see. With a moment: as it stood then."""
    check_not_auditing(viewer)
    report = open_one(viewer, Report, report_id, reason)
    rows = rows_of(viewer, [report.pk], moment)
    if not rows:
        raise Missing
    names = list(NameMark.objects.seen_by(viewer).filter(in_force(moment), report=report).order_by("text"))
    versions, readings = versions_of(viewer, report), readings_of(viewer, report)
    if moment is not None:
        versions = [row for row in versions if row.at <= moment]
        readings = [row for row in readings if row.at <= moment]
    return ChosenReport(rows[0], versions, readings, names)
