"""The way a report took: written, received, read; what the phone's clock said of it; which of its files are still coming."""

import datetime
import uuid
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.handling.actions import check_not_auditing, record_list
from vedette.handsets.models import Passage, Upload
from vedette.handsets.queries import how_far_off
from vedette.handsets.uploads import standing
from vedette.kit.errors import Missing
from vedette.reporting.models import Reading, Report
from vedette.reporting.queries import readings_of

# What took longer from the phone to the server is worth a word.
SLOW = datetime.timedelta(minutes=5)


@dataclass(frozen=True)
class FileWay:
    """A file of the report that has not been attached: how much of it has come, or why it was refused."""

    name: str
    refused: str
    come: int
    whole: int
    begun: bool


@dataclass(frozen=True)
class Way:
    """Everything the receipts of a report tell; no passage: it did not come from a phone."""

    report: Report
    readings: list[Reading]
    passage: Passage | None
    files: list[FileWay]

    @property
    def late(self) -> datetime.timedelta | None:
        """How long after it was written it came, where that was long."""
        if self.passage is None:
            return None
        took = self.passage.received_at - self.passage.written_at
        return took if took > SLOW else None

    @property
    def off(self) -> datetime.timedelta | None:
        """How far the phone's clock was off when it sent."""
        return how_far_off(self.passage.offset_ms) if self.passage else None

    @property
    def known_off(self) -> datetime.timedelta | None:
        """How far the phone knew it to be off when the report was written."""
        return how_far_off(self.passage.offset_known_ms or 0) if self.passage else None


def way_of(viewer: Viewer | None, report_id: uuid.UUID | None) -> Way:
    """The receipts of one report, shown to who may read it; Missing when there is nothing for him."""
    check_not_auditing(viewer)
    rows = Report.objects.seen_by(viewer).select_related("sheet", "post")
    report = rows.filter(pk=report_id).first() if report_id else None
    if viewer is None or report is None:
        raise Missing
    record_list(viewer, [report.pk])
    passage = Passage.objects.seen_by(viewer).filter(report=report).select_related("handset").first()
    coming = Upload.objects.seen_by(viewer).filter(sheet=report.pk).exclude(state=Upload.State.ATTACHED)
    files = [_file(row) for row in coming.order_by("since", "id")]
    return Way(report, readings_of(viewer, report), passage, files)


def _file(row: Upload) -> FileWay:
    refused = row.reason if row.state == Upload.State.REFUSED else ""
    return FileWay(row.name, refused, standing(row).offset, row.sealed_size, row.began_at is not None)
