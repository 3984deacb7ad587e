"""POST /api/v1/reports/{id}/grades: grade a report, or one statement of it."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.kit.errors import Refused
from vedette.reporting.actions import grade_claim, grade_report
from vedette.reporting.crosswalk import crosswalk
from vedette.reporting.drafts import GradeDraft
from vedette.reporting.work import access_claim, access_report

PREFIX = "/reports"
router = Router(tags=["reports"])


class GradingIn(Schema):
    """A grade in its native scheme (NATO, EU, UK), of the report or of the `claim`; with its reason."""

    scheme: str = "NATO"
    source: str
    information: str
    because: str
    claim: uuid.UUID | None = None


class GradeOut(Schema):
    """The grade that stands, and what other schemes would call it (shown, never stored)."""

    id: uuid.UUID
    scheme: str
    source: str
    information: str
    since: datetime.datetime
    elsewhere: list[str]


@router.post("/{report}/grades", response=GradeOut, summary="Grade a report or a statement")
def grade(request: HttpRequest, report: uuid.UUID, payload: GradingIn) -> GradeOut:
    """grade_report, grade_claim; serves no records."""
    viewer = viewer_of_request(request)
    row, wanted = access_report(viewer, report), GradeDraft(payload.scheme, payload.source, payload.information)
    if payload.claim is None:
        made = grade_report(viewer, report=row, grade=wanted, because=payload.because)
    else:
        claim = access_claim(viewer, payload.claim)
        if claim.report_id != row.pk:
            raise Refused("claim", "This statement is of another report.", "Grade it under its own report.")
        made = grade_claim(viewer, claim=claim, grade=wanted, because=payload.because)
    elsewhere = [" ".join(one) for one in crosswalk(made.scheme, made.reliability, made.credibility)]
    return GradeOut(
        id=made.id,
        scheme=made.scheme,
        source=made.reliability,
        information=made.credibility,
        since=made.since,
        elsewhere=elsewhere,
    )
