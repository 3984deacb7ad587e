"""`team-answer`: what a team sent after an attack found out on one question of its list, or why there is no answer."""

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.handsets.actions.kinds.report import attach
from vedette.handsets.actions.late import record_late, why_not
from vedette.handsets.actions.passages import record_passage
from vedette.handsets.opened import Opened, Taken, report_draft
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.reporting.actions import file_report
from vedette.reporting.actions.surges import answer_team_question
from vedette.reporting.models import Report
from vedette.reporting.surges import access_team_question

__all__ = ["attach", "take"]


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Link the report to the question, or say why there is none. A question taken off leaves a report that says so."""
    key = packet.body.id("question")
    reason = packet.body.text("none_because")
    if reason:
        question = access_team_question(by, key)
        made = answer_team_question(by, question=question, none_because=reason, nobody=packet.body.flag("nobody"))
        return Taken(made.id, question.mission.sheet.reference)
    draft, late = report_draft(packet, packet.body.text("kind") or Report.Kind.SPOT), ""
    report = file_report(by, draft)
    try:
        with transaction.atomic():
            answer_team_question(by, question=access_team_question(by, key), report=report.sheet)
    except (Conflict, Forbidden, Missing, Refused) as error:
        late = why_not(error)
        record_late(by, report, key, late)
    record_passage(packet, report)
    return Taken(report.pk, report.sheet.reference, report.sheet, f"question-{late}" if late else "")
