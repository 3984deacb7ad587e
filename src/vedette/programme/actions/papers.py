"""What runs out at a post, and the rule of how many officers must stand there."""

import datetime

from django.db import transaction

from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Post, PostCover, Posting, PostPaper
from vedette.programme.scales import counted

Kind = PostPaper.Kind
MOST_OFFICERS, MOST_HANDOVER = 20, 90


@transaction.atomic
def set_paper(
    by: Viewer | None,
    *,
    post: Post,
    kind: str,
    expires: datetime.date,
    seat: Seat | None = None,
    begins: datetime.date | None = None,
    note: str = "",
    because: str = "",
) -> PostPaper:
    """Write down a visa or an accreditation of an officer posted here, or the lease; one that stands is closed by it."""
    viewer = require(by, "set_paper")
    owner = _owner(post, kind, seat)
    if begins is not None and expires < begins:
        raise Refused("expires", "It would run out before it begins.", "Give the days in their order.")
    words = clean_line("note", note, limit=300)
    Post.objects.select_for_update().get(id=post.id)
    standing = PostPaper.objects.filter(post=post, kind=kind, seat=owner, until__isnull=True)
    reason = clean_line("because", because, limit=300, required=standing.exists())
    moment = now()
    standing.update(until=moment, ended_by=viewer.seat_id, ended_because=reason)
    made = PostPaper.objects.create(
        post=post, seat=owner, kind=kind, begins=begins, expires=expires, note=words,
        since=moment, by=viewer.seat_id, because=reason,
    )  # fmt: skip
    record(viewer, "paper.set", [made.id, post.id, *([owner.id] if owner else [])], reason)
    announce("post.set", post.id)
    return made


def _owner(post: Post, kind: str, seat: Seat | None) -> Seat | None:
    """Whose paper it is: nobody's for a lease, else an officer who is or will be posted here."""
    if kind not in Kind.values:
        raise Refused("kind", "Say what it is.", "Choose visa, accreditation or lease.")
    if kind == Kind.LEASE:
        return None
    if seat is None:
        raise Refused("seat", "A visa and an accreditation are an officer's.", "Choose the officer.")
    today = now().date()
    rows = Posting.objects.filter(post=post, seat=seat)
    if not any(row.days.upper is None or row.days.upper > today for row in rows):
        raise Refused("seat", f"{seat.label} is not posted to {post.city}.", "Post the officer first.")
    return seat


@transaction.atomic
def end_paper(by: Viewer | None, *, paper: PostPaper, because: str) -> PostPaper:
    """It holds no longer, for a reason; it stays written down as it was."""
    viewer = require(by, "end_paper")
    reason = clean_line("because", because, limit=300, required=True)
    standing = PostPaper.objects.filter(id=paper.id, until__isnull=True)
    if not standing.update(until=now(), ended_by=viewer.seat_id, ended_because=reason):
        raise Refused("because", "It was ended before.", "Nothing needs doing.")
    record(viewer, "paper.ended", [paper.id, paper.post_id], reason)
    announce("post.set", paper.post_id)
    paper.refresh_from_db()
    return paper


@transaction.atomic
def set_cover(by: Viewer | None, *, post: Post, officers: int, handover_days: int, because: str) -> PostCover:
    """Set how many officers must stand at a post and how many days of handover are wanted; the rule before is kept."""
    viewer = require(by, "set_cover")
    reason = clean_line("because", because, limit=300, required=True)
    number = counted("officers", officers, MOST_OFFICERS)
    days = counted("handover_days", handover_days, MOST_HANDOVER, least=0)
    if post.status == Post.Status.CLOSED:
        raise Refused("officers", f"{post.city} is closed.", "Open the post again first.")
    moment = now()
    Post.objects.select_for_update().get(id=post.id)
    PostCover.objects.filter(post=post, until__isnull=True).update(until=moment)
    made = PostCover.objects.create(
        post=post, officers=number, handover_days=days, since=moment, by=viewer.seat_id, because=reason
    )
    record(viewer, "cover.set", [made.id, post.id], reason)
    announce("post.set", post.id)
    return made
