"""Reads of what runs out at a post, and of the leave of who stands there; an officer's own rows by `may_see_officer`."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.programme.models import Away, Post, Posting, PostPaper
from vedette.programme.officers import may_see_officer
from vedette.programme.queries import WARN_DAYS
from vedette.programme.rota import STAFFED, last_day

OVERDUE = 0


@dataclass(frozen=True)
class PaperRow:
    """A paper as a list shows it: how many days are left, and to which day it is needed (None: as long as the post stands)."""

    paper: PostPaper
    days_left: int
    needed: bool
    needed_to: datetime.date | None = None

    @property
    def short(self) -> bool:
        """Whether it runs out before it may."""
        return self.needed and (self.needed_to is None or self.paper.expires < self.needed_to)

    @property
    def warning(self) -> int | None:
        """The narrowest of 90, 30 or 7 days within which it runs out too early; 0 once it has; None else."""
        if not self.short:
            return None
        if self.days_left < 0:
            return OVERDUE
        within = [days for days in WARN_DAYS if self.days_left <= days]
        return min(within) if within else None


def papers(viewer: Viewer | None, post: Post | None = None) -> list[PaperRow]:
    """The papers in force (of one post): leases to who sees the programme, an officer's to himself, manager and chief."""
    if viewer is None or not may(viewer, "see_programme").allowed:
        return []
    rows = PostPaper.objects.filter(in_force()).select_related("post", "seat").order_by("expires", "kind")
    rows = rows.filter(post=post) if post else rows
    seen = [row for row in rows if row.seat is None or may_see_officer(viewer, row.seat.person_id)]
    stays: dict[tuple[uuid.UUID, uuid.UUID], list[Posting]] = defaultdict(list)
    for stay in Posting.objects.filter(post__in={row.post_id for row in seen}):
        stays[stay.post_id, stay.seat_id].append(stay)
    today = now().date()
    return [_row(row, stays[row.post_id, row.seat_id] if row.seat_id else [], today) for row in seen]


def _row(paper: PostPaper, stays: list[Posting], today: datetime.date) -> PaperRow:
    left = (paper.expires - today).days
    if paper.seat_id is None:
        return PaperRow(paper, left, paper.post.status in STAFFED)
    open_ended = any(stay.days.upper is None for stay in stays)
    ends = [day for stay in stays if (day := last_day(stay.days)) and day >= today]
    return PaperRow(paper, left, open_ended or bool(ends), None if open_ended or not ends else max(ends))


def past_papers(viewer: Viewer | None, post: Post) -> list[PostPaper]:
    """The papers of a post that were ended or replaced, the newest first, of those the viewer may see."""
    if viewer is None or not may(viewer, "see_programme").allowed:
        return []
    rows = PostPaper.objects.filter(post=post, until__isnull=False).select_related("seat").order_by("-until")
    return [row for row in rows if row.seat is None or may_see_officer(viewer, row.seat.person_id)]


def paper_by_id(viewer: Viewer | None, post: Post, key: uuid.UUID) -> PostPaper | None:
    """One paper of this post, if the viewer may see it."""
    row = PostPaper.objects.filter(post=post, id=key).select_related("seat").first()
    hidden = row is not None and row.seat is not None and not may_see_officer(viewer, row.seat.person_id)
    return None if hidden else row


def leave_of(viewer: Viewer | None, people: set[uuid.UUID]) -> dict[uuid.UUID, list[Away]]:
    """When these officers are away, by person, of those whose rows the viewer may see."""
    seen = [key for key in people if may_see_officer(viewer, key)]
    found: dict[uuid.UUID, list[Away]] = defaultdict(list)
    for row in Away.objects.filter(in_force(), person__in=seen).order_by("days"):
        found[row.person_id].append(row)
    return found
