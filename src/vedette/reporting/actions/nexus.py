"""The home nexus of a report: is there a link to our city? Asked of the host, answered, dated."""

import datetime

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.drafts import check_moment
from vedette.reporting.models import Nexus, NexusAnswer, Report


@transaction.atomic
def set_nexus(
    by: Viewer | None,
    *,
    report: Report,
    status: str,
    note: str = "",
    asked: str = "",
    asked_at: datetime.datetime | None = None,
) -> NexusAnswer:
    """Write down the answer: none known, possible or confirmed; who was asked, and when. The last one is kept."""
    viewer = require(by, "set_nexus", report.sheet)
    if status not in Nexus.values:
        raise Refused("nexus", f"“{status}” is not an answer.", f"Use one of: {', '.join(Nexus.values)}.")
    words, whom = clean_text("nexus_note", note, limit=500), clean_line("nexus_asked", asked)
    if status != Nexus.NONE and not words:
        raise Refused("nexus_note", "A link is named without saying which.", "Say what links it to the city.")
    if asked_at is not None:
        check_moment("nexus_asked_at", asked_at, now())
    moment = now()
    _close(report, moment)
    answer: NexusAnswer = NexusAnswer.objects.create(
        report=report, status=status, note=words, asked=whom, asked_at=asked_at, since=moment, by_id=viewer.seat_id
    )
    report.nexus, report.nexus_note, report.nexus_asked = status, words, whom
    report.save(update_fields=["nexus", "nexus_note", "nexus_asked"])
    record(viewer, "report.nexus_set", [report.pk], status)
    announce("report.nexus_set", report.pk)
    return answer


def _close(report: Report, moment: datetime.datetime) -> None:
    """Close the answer that stands; of a report never asked about since, keep what it was filed with."""
    rows = NexusAnswer.objects.as_house("an answer is closed before the next one stands").filter(report=report)
    if not rows.exists():
        sheet = report.sheet
        NexusAnswer.objects.create(
            report=report, status=report.nexus, note=report.nexus_note, asked=report.nexus_asked,
            since=sheet.filed_at, by_id=sheet.author_id,
        )  # fmt: skip
    rows.filter(until__isnull=True).update(until=moment)
