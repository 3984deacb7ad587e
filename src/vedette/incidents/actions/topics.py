"""Standing questions: opened with an owner and a review date, linked to records, kept at review, closed with a reason."""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet
from vedette.handling.models import Sheet
from vedette.handling.names import spot_names
from vedette.handling.policy import require
from vedette.handling.queries import sheet_by_reference
from vedette.incidents.models import Link, Topic
from vedette.kit.errors import Conflict, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.queries import posts
from vedette.search.actions import index

LINKED = frozenset({"report", "request", "release"})
LONGEST = datetime.timedelta(days=366)
WITHOUT_NAME = (
    "Ask about the route, the method or the group, without the name. A place is understood after “in” or “at”."
)


@transaction.atomic
def open_topic(by: Viewer | None, *, title: str, wanted: str, review_on: datetime.date, sensitivity: int = 1) -> Topic:
    """Open a standing question owned by this seat; no person may be one, and it is looked at again within a year."""
    viewer = require(by, "open_topic")
    line = clean_line("title", title, required=True)
    text = clean_text("wanted", wanted, limit=4000, required=True)
    _check_names_nobody(line, text)
    _check_review(viewer, review_on)
    if sensitivity not in (1, 2, 3):
        raise Refused("sensitivity", f"{sensitivity} is not a sensitivity.", "Choose 1 routine to 3 restricted.")
    sheet = new_sheet(viewer, kind="topic", prefix="TOP", sensitivity=sensitivity, because="opened")
    topic: Topic = Topic.objects.create(
        sheet=sheet, title=line, wanted=text, owner_id=viewer.seat_id, review_on=review_on
    )
    index(sheet, title=line, texts=[("en", text)], at=sheet.filed_at)
    record(viewer, "topic.opened", [sheet.id])
    announce("topic.opened", sheet.id)
    return topic


@transaction.atomic
def review_topic(by: Viewer | None, *, topic: Topic, review_on: datetime.date, because: str) -> Topic:
    """Keep a standing question until its next review, with the reason."""
    viewer = require(by, "review_topic", topic.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    _check_review(viewer, review_on)
    row = _open_one(topic)
    row.review_on = review_on
    row.save(update_fields=["review_on"])
    record(viewer, "topic.reviewed", [row.pk], reason)
    announce("topic.changed", row.pk)
    return row


@transaction.atomic
def close_topic(by: Viewer | None, *, topic: Topic, because: str) -> Topic:
    """The question stands no longer, with the reason; what was linked to it stays readable there."""
    viewer = require(by, "close_topic", topic.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    row = _open_one(topic)
    row.closed_at, row.closed_because = now(), reason
    row.save(update_fields=["closed_at", "closed_because"])
    record(viewer, "topic.closed", [row.pk], reason)
    announce("topic.changed", row.pk)
    return row


@transaction.atomic
def link_to_topic(by: Viewer | None, *, topic: Topic, reference: str, because: str = "") -> Link:
    """A report, request or release bears on the question; it may bear on several. The same link again changes nothing."""
    viewer = require(by, "link_topic", topic.sheet)
    sheet = _linkable(viewer, reference)
    row = _open_one(topic)
    current = _link_in_force(row, sheet)
    if current:
        return current
    link: Link = Link.objects.create(
        report=sheet,
        topic=row,
        since=now(),
        by_id=viewer.seat_id,
        because=clean_line("because", because, limit=300),
    )
    record(viewer, "topic.linked", [row.pk, sheet.pk], link.because)
    announce("topic.linked", row.pk, sheet.pk)
    return link


@transaction.atomic
def unlink_from_topic(by: Viewer | None, *, topic: Topic, reference: str, because: str) -> None:
    """The record no longer bears on the question, with the reason; linking it again undoes this."""
    viewer = require(by, "unlink_topic", topic.sheet)
    reason = clean_line("because", because, limit=300, required=True)
    sheet = _linkable(viewer, reference)
    link = _link_in_force(_open_one(topic), sheet)
    if link is None:
        raise Conflict(f"{sheet.reference} is not linked to this question.", "Load the page anew.")
    rows = Link.objects.as_house("a link is ended by the verb that ends it")
    rows.filter(pk=link.pk).update(until=now(), because=reason)
    record(viewer, "topic.unlinked", [topic.pk, sheet.pk], reason)
    announce("topic.unlinked", topic.pk, sheet.pk)


def _check_names_nobody(title: str, wanted: str) -> None:
    """No person may be a topic: a standing question about somebody would be a watch list without a lawful basis."""
    cities = [post.city for post in posts()]
    for field, text in (("title", title), ("wanted", wanted)):
        spans = spot_names(text, cities)
        if spans:
            said = f"No person may be a topic, and “{spans[0].text}” may name one: {spans[0].reason}."
            raise Refused(field, said, WITHOUT_NAME)


def _check_review(viewer: Viewer, review_on: datetime.date) -> None:
    today = now().astimezone(ZoneInfo(viewer.zone)).date()
    if review_on <= today:
        raise Refused("review_on", "This day is not ahead of us.", "Choose a day from tomorrow on.")
    if review_on - today > LONGEST:
        raise Refused("review_on", "That is more than a year ahead.", "Choose a day within a year.")


def _linkable(viewer: Viewer, reference: str) -> Sheet:
    wanted = clean_line("reference", reference, limit=40, required=True)
    sheet = sheet_by_reference(viewer, wanted)
    if sheet is None:
        raise Refused("reference", f"There is no record {wanted} that you may see.", "Check the reference.")
    if sheet.kind not in LINKED:
        raise Refused(
            "reference", f"{sheet.reference} cannot be linked here.", "Link a report, a request or a release."
        )
    return sheet


def _open_one(topic: Topic) -> Topic:
    rows = Topic.objects.as_house("one change of a standing question at a time")
    row: Topic = rows.select_for_update(of=("self",)).select_related("sheet").get(pk=topic.pk)
    if row.closed_at is not None:
        raise Conflict("This question is closed.", "Open a new one if it stands again.")
    return row


def _link_in_force(topic: Topic, sheet: Sheet) -> Link | None:
    rows = Link.objects.as_house("a record is linked to a question once")
    return rows.select_for_update(of=("self",)).filter(topic=topic, report=sheet, until__isnull=True).first()
