"""Part of a packet that was written as an answer: what came too late to be one is kept as the report it is."""

import uuid

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import visible_sheets
from vedette.handsets.opening_models import LateAnswer
from vedette.kit.errors import Conflict, Forbidden
from vedette.kit.time import now
from vedette.reporting.models import Report

Why = LateAnswer.Why


def why_not(error: Exception) -> str:
    """Why it answers nothing any more: the question moved on, went to another post, or is not there for this seat."""
    return Why.CLOSED if isinstance(error, Conflict) else Why.MOVED if isinstance(error, Forbidden) else Why.GONE


def record_late(by: Viewer | None, report: Report, meant: uuid.UUID, why: str) -> LateAnswer:
    """Keep what a report was meant to answer, as far as its author may know of it."""
    known = visible_sheets(by, [meant])
    made: LateAnswer = LateAnswer.objects.create(report=report, meant_id=next(iter(known), None), why=why, at=now())
    return made
