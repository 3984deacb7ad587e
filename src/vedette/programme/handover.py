"""What the next officer of a post must know: contacts, promises, rules, papers; all of it as the viewer may read it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may, readable
from vedette.kit.time import now
from vedette.programme.models import HostCaveat, Post, Posting, Promise
from vedette.programme.papers import PaperRow, papers
from vedette.programme.queries import ContactRow, caveats_of, contacts, coverage_of_post
from vedette.programme.rota import Coverage


@dataclass(frozen=True)
class Pack:
    """The handover of a post before one viewer."""

    post: Post
    cover: Coverage
    contacts: list[ContactRow] = field(default_factory=list)
    gone: list[ContactRow] = field(default_factory=list)
    promises: dict[uuid.UUID, list[Promise]] = field(default_factory=dict)
    rules: list[HostCaveat] = field(default_factory=list)
    papers: list[PaperRow] = field(default_factory=list)

    @property
    def roles(self) -> dict[uuid.UUID, str]:
        """The role of each contact, those who are gone too."""
        rows = [*self.contacts, *self.gone]
        return {row.contact.pk: row.last.role for row in rows if row.last}

    @property
    def open_promises(self) -> list[Promise]:
        """What is still owed, the first due on top, those without a day last."""
        rows = [row for some in self.promises.values() for row in some if row.until is None]
        return sorted(rows, key=lambda row: (row.due is None, row.due or row.since.date()))


def may_take_over(viewer: Viewer | None, post: Post) -> bool:
    """The handover is read by who stands or will stand at the post, the programme manager and the chief."""
    if viewer is None or not may(viewer, "see_handover").allowed:
        return False
    if viewer.holds("programme", "commander"):
        return True
    today = now().date()
    stays = Posting.objects.filter(post=post, seat=viewer.seat_id)
    return any(stay.days.upper is None or stay.days.upper > today for stay in stays)


def pack_of(viewer: Viewer | None, post: Post) -> Pack:
    """All of it, of what the viewer may read; nothing to whoever may not take over."""
    cover = coverage_of_post(post)
    if not may_take_over(viewer, post):
        return Pack(post, cover)
    rows = contacts(viewer, post)
    return Pack(
        post=post,
        cover=cover,
        contacts=[row for row in rows if row.card],
        # What was promised to a contact who is gone is owed all the same.
        gone=[row for row in rows if not row.card],
        promises=promises(viewer, [row.contact.pk for row in rows]),
        rules=[row for row in caveats_of(post) if row.until is None],
        papers=papers(viewer, post),
    )


def promises(viewer: Viewer | None, of: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Promise]]:
    """What was promised in the meetings with these contacts that the viewer may read, by meeting; the first due on top."""
    found: dict[uuid.UUID, list[Promise]] = defaultdict(list)
    rows = Promise.objects.seen_by(viewer).filter(readable(viewer, "meeting__sheet__"))
    rows = rows.filter(meeting__contact__in=list(of)).select_related("meeting__contact__post", "meeting__sheet")
    for row in rows.order_by("due", "since"):
        found[row.meeting_id].append(row)
    return found


def promise_by_id(viewer: Viewer | None, post: Post, key: uuid.UUID) -> Promise | None:
    """One promise made at this post, if the viewer may read its meeting."""
    rows = Promise.objects.seen_by(viewer).filter(
        readable(viewer, "meeting__sheet__"), meeting__contact__post=post, id=key
    )
    found: Promise | None = rows.select_related("meeting__contact__post", "meeting__sheet__access_class").first()
    return found
