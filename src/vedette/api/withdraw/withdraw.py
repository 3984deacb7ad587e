"""POST /api/v1/reports/{id}/withdraw: strike a report; everyone whom something resting on it reached is told."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.actions import open_one
from vedette.handling.doors import viewer_of_request
from vedette.reporting.models import Report
from vedette.sharing.actions import withdraw_report

PREFIX = "/reports"
router = Router(tags=["releases"])


class WithdrawIn(Schema):
    """Why, and the report that is right."""

    because: str
    replaced_by: uuid.UUID | None = None


class WithdrawOut(Schema):
    """What it did: releases recalled, releases due for correction, facts struck."""

    reference: str
    recalled: list[str]
    correction_due: list[str]
    facts: int


@router.post("/{report}/withdraw", response=WithdrawOut, summary="Withdraw a report")
def withdraw(request: HttpRequest, report: uuid.UUID, payload: WithdrawIn) -> WithdrawOut:
    """withdraw_report; serves no records."""
    viewer = viewer_of_request(request)
    row = open_one(viewer, Report, report)
    newer = open_one(viewer, Report, payload.replaced_by) if payload.replaced_by else None
    done = withdraw_report(viewer, report=row, because=payload.because, replaced_by=newer)
    return WithdrawOut(
        reference=row.sheet.reference,
        recalled=[one.sheet.reference for one in done.recalled],
        correction_due=[one.sheet.reference for one in done.correction_due],
        facts=done.facts,
    )
