"""Posting an officer from a day to a day, and ending a posting."""

import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from vedette.agencies.models import Person, Role, Seat
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.live.actions import announce
from vedette.programme.models import MissionMember, Post, Posting
from vedette.programme.rota import day_words, days_words

DAY = datetime.timedelta(days=1)


def record_posting(seat: Seat, post: Post, begins: datetime.date, ends: datetime.date | None = None) -> Posting:
    """Post a seat somewhere from a day to a day (exclusive); an overlap is refused by the database."""
    return Posting.objects.create(seat=seat, post=post, days=DateRange(begins, ends))


@transaction.atomic
def post_officer(
    by: Viewer | None,
    *,
    seat: Seat,
    post: Post,
    begins: datetime.date,
    last_day: datetime.date | None = None,
    note: str = "",
) -> Posting:
    """Post an officer from his first to his last day (open when none). Nobody stands at two posts on one day."""
    viewer = require(by, "post_officer")
    check_posting(seat, post, begins, last_day)
    days = DateRange(begins, last_day + DAY if last_day else None)
    _refuse_overlap(seat, days)
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                seat=seat, post=post, days=days, note=clean_line("note", note, limit=300), by=viewer.seat_id
            )
    except IntegrityError:
        # Another posting of the same officer was entered at the same moment: the database kept the first.
        _refuse_overlap(seat, days)
        raise
    record(viewer, "officer.posted", [posting.id, post.id, seat.id])
    announce("post.set", post.id)
    return posting


def check_posting(seat: Seat, post: Post, begins: datetime.date, last_day: datetime.date | None) -> None:
    """Whether the seat may be posted there on these days; Refused names the field."""
    if post.status == Post.Status.CLOSED:
        raise Refused("begins", f"{post.city} is closed.", "Open the post again first.")
    if Role.OFFICER not in seat.roles or seat.until is not None or seat.suspended_at is not None:
        raise Refused("seat", f"{seat.label} is no liaison officer in force.", "Choose an officer of the list.")
    if last_day is not None and last_day < begins:
        raise Refused(
            "last_day", "The last day lies before the first.", "Give the day of the return, or leave it open."
        )


def _refuse_overlap(seat: Seat, days: DateRange) -> None:
    # Who puts the same officer on a mission at this moment waits here.
    Person.objects.select_for_update().get(id=seat.person_id)
    rows = MissionMember.objects.as_house("who is on a mission is not posted elsewhere on its days")
    sent = rows.filter(seat__person=seat.person_id, days__overlap=days, until__isnull=True).order_by("days").first()
    if sent is not None:
        raise Refused(
            "begins",
            f"{seat.label} is on a mission {days_words(sent.days)}.",
            "Begin the posting after it, or take the officer off the team.",
        )
    other = Posting.objects.filter(seat=seat, days__overlap=days).select_related("post").order_by("days").first()
    if other is not None:
        raise Refused(
            "begins",
            f"{seat.label} is posted to {other.post.city} {days_words(other.days)}; nobody stands at two posts.",
            "End that posting first, or choose other days.",
        )


@transaction.atomic
def end_posting(by: Viewer | None, *, posting: Posting, last_day: datetime.date, because: str) -> Posting:
    """End a posting with its last day and a reason; a later day than planned makes it longer, if nothing overlaps."""
    viewer = require(by, "end_posting")
    reason = clean_line("because", because, limit=300, required=True)
    first = posting.days.lower
    if first and last_day < first:
        raise Refused("last_day", f"It begins on {day_words(first)} only.", "Give a day on or after the first.")
    posting.days = DateRange(first, last_day + DAY)
    posting.ended_by, posting.ended_because = viewer.seat_id, reason
    try:
        with transaction.atomic():
            posting.save(update_fields=["days", "ended_by", "ended_because"])
    except IntegrityError as error:
        raise Refused("last_day", "The officer has another posting by then.", "Choose an earlier last day.") from error
    record(viewer, "posting.ended", [posting.id, posting.post_id, posting.seat_id], reason)
    announce("post.set", posting.post_id)
    return posting
