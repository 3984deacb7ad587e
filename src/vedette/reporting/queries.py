"""Reads of reports: the desk's queue, one report with its wording, grade, readings."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import newest
from vedette.kit.dated import in_force
from vedette.reporting.models import Grade, Reading, Report, Version
from vedette.reporting.stood import look_back

SAME_SHEET = "it stands under the same sheet as the wording that this viewer was just asked for"
JUDGED = "whoever is shown it was judged a moment ago, all open streams at once"


@dataclass(frozen=True)
class ReportRow:
    """A report as a list shows it: the row, its newest wording, its grade in force, who read it first."""

    report: Report
    version: Version
    grade: Grade | None
    first_reading: Reading | None
    versions: int = 1

    @property
    def english(self) -> str:
        """The officer's own English when the text is in another language."""
        return self.version.gloss or self.version.text

    @property
    def unread(self) -> bool:
        """Nobody at the desk has opened it."""
        return self.first_reading is None


@dataclass(frozen=True)
class Page:
    """A page of rows, and the position after it (None at the end)."""

    rows: list[ReportRow] = field(default_factory=list)
    after: tuple[datetime.datetime, uuid.UUID] | None = None


def desk_page(
    viewer: Viewer | None, limit: int = 50, before: tuple[datetime.datetime, uuid.UUID] | None = None
) -> Page:
    """The newest reports the viewer may see, newest first."""
    ids = newest(viewer, ["report"], limit + 1, before)
    rows = rows_of(viewer, ids[:limit])
    more = len(ids) > limit and rows
    return Page(rows, (rows[-1].report.sheet.filed_at, rows[-1].report.pk) if more else None)


def rows_of(
    viewer: Viewer | None, ids: Iterable[uuid.UUID], moment: datetime.datetime | None = None
) -> list[ReportRow]:
    """The rows of these reports that the viewer may see, in the order given; the same number of questions for 1 and 50.

    With a moment: as they stood then in wording, grade, place and standing, of what the viewer may see now.
    """
    wanted = list(ids)
    if not wanted:
        return []
    versions = Version.objects.seen_by(viewer).filter(_by(moment), report__in=wanted).order_by("number")
    return _rows(wanted, _latest(versions), moment)


def rows_judged(ids: Iterable[uuid.UUID]) -> list[ReportRow]:
    """The rows of reports that `policy.faces_before` has just found whole before whoever will be shown them (bench B4)."""
    wanted = list(ids)
    return _rows(wanted, _latest(Version.objects.as_house(JUDGED).filter(report__in=wanted).order_by("number")))


def _by(moment: datetime.datetime | None) -> Q:
    """What had been written by a moment; all of it when none is given."""
    return Q() if moment is None else Q(at__lte=moment)


def _rows(
    wanted: list[uuid.UUID], versions: dict[uuid.UUID, Version], moment: datetime.datetime | None = None
) -> list[ReportRow]:
    """The rows of these wordings: all tables asked here stand under the report's own sheet, so one of them is asked for."""
    reports = {row.pk: row for row in _with_parts(Report.objects.as_house(SAME_SHEET).filter(pk__in=versions))}
    if moment is not None:
        look_back(reports, moment)
    standing = Grade.objects.as_house(SAME_SHEET).filter(in_force(moment), report__in=versions, claim__isnull=True)
    grades = {row.report_id: row for row in standing}
    readings: dict[uuid.UUID, Reading] = {}
    read = Reading.objects.as_house(SAME_SHEET).filter(_by(moment), report__in=versions).select_related("seat")
    for reading in read.order_by("-at"):
        readings[reading.report_id] = reading
    return [
        ReportRow(reports[key], versions[key], grades.get(key), readings.get(key), versions[key].number)
        for key in wanted
        if key in reports and key in versions
    ]


def _with_parts(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related("sheet", "sheet__access_class", "sheet__originator", "post", "source")


def _latest(rows: Iterable[Version]) -> dict[uuid.UUID, Version]:
    return {row.report_id: row for row in rows}


def unread_flashes(viewer: Viewer | None) -> QuerySet[Report]:
    """The flash reports, of those the viewer may see, that nobody at the desk has read; the newest first."""
    waiting = Report.objects.seen_by(viewer).filter(kind=Report.Kind.FLASH, readings__isnull=True)
    return waiting.order_by("-sheet__filed_at", "-pk")


def versions_of(viewer: Viewer | None, report: Report) -> list[Version]:
    """All wordings of a report, oldest first."""
    return list(Version.objects.seen_by(viewer).filter(report=report).select_related("by").order_by("number"))


def readings_of(viewer: Viewer | None, report: Report) -> list[Reading]:
    """Who read it at the desk, first reader first."""
    return list(Reading.objects.seen_by(viewer).filter(report=report).select_related("seat").order_by("at"))
