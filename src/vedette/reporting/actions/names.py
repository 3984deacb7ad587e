"""Names in a report: fail-safe. What the house spots keeps the sheet narrow until a person has looked at every one."""

from django.db import transaction
from django.db.models import QuerySet

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import access_class, record_handling
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.models import NameMark, Report, Version

State = NameMark.State


@transaction.atomic
def confirm_name(by: Viewer | None, *, report: Report, text: str, because: str = "") -> NameMark:
    """Say that a passage (spotted, or one the house missed) names a person: the report is named-subject."""
    viewer = require(by, "confirm_name", report.sheet)
    passage, reason = clean_line("text", text, required=True), clean_line("because", because)
    if not _standing(report).filter(text=passage).exists() and not _in_wording(viewer, report, passage):
        raise Refused("text", "These words do not stand in the report.", "Copy the name as it is written there.")
    mark = _mark(report, passage, State.CONFIRMED, viewer, reason)
    _narrow(report, viewer, named=True, because=f"it names a person: {reason}" if reason else "it names a person")
    record(viewer, "name.confirmed", [report.pk, mark.id], reason)
    announce("sheet.changed", report.pk)
    return mark


@transaction.atomic
def clear_name(by: Viewer | None, *, report: Report, text: str, because: str) -> NameMark:
    """Say that a marked passage names nobody, and why; when no mark is left the report's class is widened."""
    viewer = require(by, "clear_name", report.sheet)
    reason = clean_line("because", because, required=True)
    if not _standing(report).filter(text=text).exclude(state=State.CLEARED).exists():
        raise Refused("text", "This passage is not marked, or was cleared already.", "Load the report anew.")
    mark = _mark(report, text, State.CLEARED, viewer, reason)
    if not _standing(report).exclude(state=State.CLEARED).exists():
        _narrow(report, viewer, named=False, because=f"every marked passage was looked at and names nobody: {reason}")
    record(viewer, "name.cleared", [report.pk, mark.id], reason)
    announce("sheet.changed", report.pk)
    return mark


def _standing(report: Report) -> QuerySet[NameMark]:
    rows = NameMark.objects.as_house("whether a report names anyone is decided over all of its marks")
    return rows.filter(report=report, until__isnull=True)


def _mark(report: Report, text: str, state: NameMark.State, by: Viewer, reason: str) -> NameMark:
    moment = now()
    _standing(report).filter(text=text).update(until=moment)
    mark: NameMark = NameMark.objects.create(
        report=report, text=text, state=state, reason=reason, since=moment, by_id=by.seat_id
    )
    return mark


def _in_wording(viewer: Viewer, report: Report, passage: str) -> bool:
    wordings = Version.objects.seen_by(viewer).filter(report=report).values_list("text", "gloss")
    return any(passage in text for pair in wordings for text in pair)


def _narrow(report: Report, by: Viewer, *, named: bool, because: str) -> None:
    """Set the named-subject flag of the report's class, keeping the rest; what stood before is kept, dated."""
    standing = report.sheet.access_class
    if standing.named_subject == named:
        return
    wanted = access_class(standing.sensitivity, standing.groups, named)
    record_handling(report.sheet, by, because=because[:300], access_class=wanted)
