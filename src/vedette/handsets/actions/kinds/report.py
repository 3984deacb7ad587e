"""`report`: a flash, spot, situation or assessment that an officer wrote on his phone."""

import uuid

from vedette.agencies.viewer import Viewer
from vedette.files.actions import Stream
from vedette.files.models import StoredFile
from vedette.handsets.actions.passages import record_passage
from vedette.handsets.opened import Opened, Taken, report_draft
from vedette.reporting.actions import attach as attach_to
from vedette.reporting.actions import file_report
from vedette.reporting.work import access_report


def take(by: Viewer | None, packet: Opened) -> Taken:
    """File the report, its times corrected, and keep the way it took."""
    report = file_report(by, report_draft(packet))
    record_passage(packet, report)
    return Taken(report.pk, report.sheet.reference, report.sheet)


def attach(by: Viewer, subject: uuid.UUID, stream: Stream, name: str) -> StoredFile:
    """Attach a file of the packet to the report."""
    return attach_to(by, report=access_report(by, subject), stream=stream, name=name).file
