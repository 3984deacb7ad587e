"""Grading reports and statements: the source and the information apart, in the scheme they came in, dated."""

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.drafts import GradeDraft, check_grade
from vedette.reporting.models import Claim, Grade, Report
from vedette.reporting.sources import is_confirmed_by, same_fact

# The credibilities that say "confirmed" or "corroborated"; each asks for another source with a root of its own.
CONFIRMED = {"NATO": "1", "EU": "13", "UK": "B"}
WAY_OUT = (
    "Write down the statement that confirms it and name the root of both sources; "
    "until then 2, probably true, is the highest."
)


@transaction.atomic
def grade_report(by: Viewer | None, *, report: Report, grade: GradeDraft, because: str) -> Grade:
    """Grade a whole report; its statements take this grade until they are graded themselves.

    Refused when it is called confirmed and no statement of it is made by an independent root source as well.
    """
    viewer = require(by, "grade_report", report.sheet)
    checked, reason = check_grade(grade), clean_line("because", because, limit=300, required=True)
    if _says_confirmed(checked):
        claims = list(Claim.objects.seen_by(viewer).filter(report=report).select_related("report__source__root"))
        if not any(is_confirmed_by(claim, same_fact(viewer, claim)) for claim in claims):
            raise Refused("credibility", "No independent root source says the same.", WAY_OUT)
    row = _regrade(report, None, checked, viewer, reason)
    record(viewer, "report.graded", [report.pk], reason)
    announce("report.graded", report.pk)
    return row


@transaction.atomic
def grade_claim(by: Viewer | None, *, claim: Claim, grade: GradeDraft, because: str) -> Grade:
    """Grade one statement by itself. Refused when it is called confirmed without an independent root source."""
    viewer = require(by, "grade_claim", claim.report.sheet)
    checked, reason = check_grade(grade), clean_line("because", because, limit=300, required=True)
    if _says_confirmed(checked) and not is_confirmed_by(claim, same_fact(viewer, claim)):
        raise Refused("credibility", "No independent root source says the same.", WAY_OUT)
    row = _regrade(claim.report, claim, checked, viewer, reason)
    record(viewer, "claim.graded", [claim.report_id, claim.id], reason)
    announce("claim.graded", claim.report_id)
    return row


def _says_confirmed(grade: GradeDraft) -> bool:
    return grade.credibility in CONFIRMED[grade.scheme]


def _regrade(report: Report, claim: Claim | None, grade: GradeDraft, by: Viewer, because: str) -> Grade:
    moment = now()
    standing = Grade.objects.as_house("a grade is closed before the next one stands").filter(
        report=report, claim=claim, until__isnull=True
    )
    standing.select_for_update().update(until=moment)
    row: Grade = Grade.objects.create(
        report=report,
        claim=claim,
        scheme=grade.scheme,
        reliability=grade.reliability,
        credibility=grade.credibility,
        since=moment,
        by_id=by.seat_id,
        because=because,
    )
    return row
