"""A question another agency lodges with the home desk, and the one answer that may cross back: a release it was given."""

from django.db import transaction

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.actions.requests import CLOCKS, record_answered, record_lodged
from vedette.reporting.models import Request
from vedette.sharing.lodged import answerable
from vedette.sharing.models import Release, Reply


@transaction.atomic
def lodge_question(by: Viewer | None, *, question: str, why: str, where: str = "", urgency: str = "7d") -> Request:
    """Ask the home desk: a question with a clock, lodged by the asker's agency, seen by it and our desk alone."""
    viewer = require(by, "lodge_question")
    if viewer.is_home:
        raise Forbidden("Our own seats ask a post.", "Use the screen Ask.")
    if urgency not in CLOCKS:
        raise Refused("urgency", f"“{urgency}” is not a clock.", f"Use one of: {', '.join(CLOCKS)}.")
    asked = record_lodged(
        viewer,
        Agency.objects.get(id=viewer.agency_id),
        question=clean_text("question", question, limit=4000, required=True),
        why=clean_text("why", why, limit=2000, required=True),
        where=clean_line("where", where),
        urgency=urgency,
    )
    record(viewer, "question.lodged", [asked.pk])
    announce("request.asked", asked.pk)
    return asked


@transaction.atomic
def reply_by_release(by: Viewer | None, *, request: Request, release: Release) -> Reply:
    """Answer another agency's question by a release that it holds: nothing else that was said may cross to it."""
    viewer = require(by, "reply_by_release", request.sheet)
    if request.sheet.lodged_by_id is None:
        raise Refused("request", "It was not lodged by another agency.", "Its post answers it.")
    if not any(row.pk == release.pk for row in answerable(viewer, request)):
        raise Refused("release", "The asker does not hold this release.", "Release it to that agency first.")
    record_answered(request, viewer)
    reply: Reply = Reply.objects.create(request=request, release=release, at=now(), by_id=viewer.seat_id)
    record(viewer, "request.replied", [request.pk, release.pk])
    announce("request.replied", request.pk)
    return reply
