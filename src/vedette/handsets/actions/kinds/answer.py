"""`answer`: the answer to a question put to the officer's post; a report of kind answer, linked to it."""

import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.handsets.actions.kinds.report import attach
from vedette.handsets.actions.late import record_late, why_not
from vedette.handsets.actions.passages import record_passage
from vedette.handsets.opened import Opened, Taken, report_draft
from vedette.kit.errors import Conflict, Forbidden, Missing
from vedette.reporting.actions import file_answer, file_report
from vedette.reporting.drafts import ReportDraft
from vedette.reporting.models import Report
from vedette.reporting.requests import access_request

__all__ = ["attach", "take"]


def take(by: Viewer | None, packet: Opened) -> Taken:
    """File and link it. What was typed is never lost: a question that waits no more leaves a report that says so."""
    draft, asked = report_draft(packet, Report.Kind.ANSWER), packet.body.id("request")
    report, late = _answered(by, asked, draft)
    record_passage(packet, report)
    return Taken(report.pk, report.sheet.reference, report.sheet, f"question-{late}" if late else "")


def _answered(by: Viewer | None, asked: uuid.UUID, draft: ReportDraft) -> tuple[Report, str]:
    try:
        with transaction.atomic():
            report = file_answer(by, request=access_request(by, asked), draft=draft).answer
            assert report is not None
            return report, ""
    except (Conflict, Forbidden, Missing) as error:
        report, late = file_report(by, draft), why_not(error)
        record_late(by, report, asked, late)
        return report, late
