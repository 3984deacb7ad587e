"""Reads of posts, postings, contacts and agreements."""

import uuid

from vedette.kit.time import now
from vedette.programme.models import Post, Posting


def post_of_seat(seat_id: uuid.UUID) -> Post | None:
    """The post at which a seat is posted today."""
    posting = Posting.objects.select_related("post__host").filter(seat=seat_id, days__contains=now().date()).first()
    return posting.post if posting else None


def posts() -> list[Post]:
    """Every open post by city."""
    return list(Post.objects.exclude(status=Post.Status.CLOSED).select_related("host").order_by("city", "key"))
