"""A recipient's reads: his inbox, newest first, and one release as he may read it; what was recalled is a stub."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.handling.actions import record_list
from vedette.handling.policy import STRUCK, faces
from vedette.handling.queries import Stub, stubs
from vedette.reporting.models import RequestState
from vedette.sharing.actions.receiving import access_delivery, addressed_to, open_release
from vedette.sharing.lodged import words_before_asker
from vedette.sharing.models import CorrectionDue, Delivery, Paragraph, Recall, Receipt, Release

Kind = Receipt.Kind
LIST = 100


@dataclass(frozen=True)
class InboxRow:
    """A release in somebody's inbox. Of a struck one only the stub is there: reference, reason, what replaces it."""

    key: uuid.UUID
    reference: str
    delivery: Delivery
    release: Release | None
    stub: Stub | None = None
    recall: Recall | None = None
    due: CorrectionDue | None = None
    receipts: tuple[Receipt, ...] = ()

    def first(self, kind: str) -> datetime.datetime | None:
        """When somebody of ours first did this."""
        return min((row.at for row in self.receipts if row.kind == kind), default=None)

    @property
    def acknowledged(self) -> datetime.datetime | None:
        """When it was acknowledged."""
        return self.first(Kind.ACKNOWLEDGED)

    @property
    def feedback(self) -> datetime.datetime | None:
        """When feedback was given."""
        return self.first(Kind.FEEDBACK)

    @property
    def told(self) -> bool:
        """Whether note was taken after the change."""
        since = self.recall.at if self.recall else self.due.since if self.due else None
        return since is not None and any(row.kind == Kind.TOLD and row.at >= since for row in self.receipts)

    @property
    def must_note(self) -> bool:
        """Whether a recall or a correction due waits for its note; a correction that came asks for its own acknowledgement."""
        changed = (self.recall is not None and not self.recall.by_correction) or (
            self.stub is None and self.due is not None
        )
        return changed and not self.told

    @property
    def waits(self) -> bool:
        """Whether something is asked of the recipient."""
        return self.must_note or (self.stub is None and self.acknowledged is None)


@dataclass(frozen=True)
class Inbox:
    """The rows newest first, and what waits."""

    rows: list[InboxRow] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many wait for an acknowledgement."""
        return sum(row.stub is None and row.acknowledged is None for row in self.rows)

    @property
    def changes(self) -> list[InboxRow]:
        """Recalls and corrections due of which no note was taken, newest first."""
        return [row for row in self.rows if row.must_note]


def inbox(viewer: Viewer | None) -> Inbox:
    """What was released to the viewer's agency, unit or self, newest first; one audit entry says which ids were shown."""
    if viewer is None:
        return Inbox()
    rows = released_to(viewer)
    record_list(viewer, [row.key for row in rows])
    return Inbox(rows)


def released_to(viewer: Viewer, limit: int = LIST) -> list[InboxRow]:
    """The same rows for a reader that writes down by itself what it showed."""
    mine = Delivery.objects.seen_by(viewer).filter(addressed_to(viewer, "recipient__"))
    newest = mine.select_related("release__sheet__replaced_by").order_by("-delivered_at", "-id")[:limit]
    return _rows(viewer, list(newest))


def _rows(viewer: Viewer, deliveries: list[Delivery]) -> list[InboxRow]:
    keys = list(dict.fromkeys(row.release_id for row in deliveries))
    face, stub = faces(viewer, keys), stubs(viewer, keys)
    recalls = {row.release_id: row for row in Recall.objects.seen_by(viewer).filter(release__in=keys)}
    due = {
        row.release_id: row
        for row in CorrectionDue.objects.seen_by(viewer).filter(release__in=keys, until__isnull=True)
    }
    receipts: dict[uuid.UUID, list[Receipt]] = defaultdict(list)
    said = (
        Receipt.objects.seen_by(viewer).filter(delivery__in=deliveries).select_related("request", "seat").order_by("at")
    )
    for receipt in said:
        receipts[receipt.delivery_id].append(receipt)
    found, taken = [], set()
    for row in deliveries:
        key = row.release_id
        if key in taken or key not in face:
            continue
        taken.add(key)
        recall = recalls.get(key)
        # Who holds another ground still sees it in the archive; as what he was sent it is struck all the same.
        whole = None if face[key] == STRUCK or recall else row.release
        struck = stub.get(key) or (_stub_of(row.release, recall) if recall else None)
        found.append(
            InboxRow(
                key, row.release.sheet.reference, row, whole, struck, recall, due.get(key), tuple(receipts[row.id])
            )
        )
    return found


def _stub_of(release: Release, recall: Recall) -> Stub:
    newer = release.sheet.replaced_by.reference if release.sheet.replaced_by else ""
    return Stub(release.sheet.reference, recall.because, recall.at, newer)


@dataclass(frozen=True)
class Asked:
    """A question about a release and where it stands."""

    receipt: Receipt
    state: str


@dataclass(frozen=True)
class Letter:
    """One release as its recipient reads it: the row, the text, the questions; `closed`: the handling text comes first (H3)."""

    row: InboxRow
    paragraphs: list[Paragraph] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    closed: bool = False

    @property
    def spoke(self) -> bool:
        """Whether the recipient said anything that is worth showing again."""
        return any(one.kind not in (Kind.OPENED, Kind.ACKNOWLEDGED) for one in self.row.receipts)


def letter(viewer: Viewer | None, key: uuid.UUID | None, *, opened: bool = False) -> Letter:
    """One release, opened (which leaves a receipt); with a handling text (H3) only after that was read: `opened`."""
    delivery = access_delivery(viewer, key)
    before = _one(viewer, delivery)
    release = before.release
    if release and release.handling_text and before.first(Kind.OPENED) is None and not opened:
        return Letter(before, closed=True)
    row = _one(viewer, open_release(viewer, release=key))
    paragraphs = Paragraph.objects.seen_by(viewer).filter(release=row.key, state="kept").order_by("position")
    return Letter(row, list(paragraphs) if row.release else [], _asked(viewer, row))


def _one(viewer: Viewer | None, delivery: Delivery) -> InboxRow:
    assert viewer is not None
    return _rows(viewer, [delivery])[0]


def _asked(viewer: Viewer | None, row: InboxRow) -> list[Asked]:
    receipts = [one for one in row.receipts if one.kind == Kind.ASKED and one.request_id]
    keys = [one.request_id for one in receipts if one.request_id]
    states = _states(viewer, keys) if viewer and viewer.is_home else words_before_asker(viewer, keys)
    return [Asked(one, states[one.request_id]) for one in receipts if one.request_id in states]


def _states(viewer: Viewer, keys: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = RequestState.objects.seen_by(viewer).filter(request__in=keys, until__isnull=True)
    return {one.request_id: one.get_state_display() for one in rows}


def waiting(viewer: Viewer | None) -> int:
    """How many releases wait for an acknowledgement or a note, for the rail."""
    if viewer is None:
        return 0
    mine = (
        Delivery.objects.seen_by(viewer)
        .filter(addressed_to(viewer, "recipient__"))
        .select_related("release__sheet__replaced_by")
    )
    return sum(row.waits for row in _rows(viewer, list(mine.order_by("-delivered_at")[:LIST])))


def order_of(viewer: Viewer | None, key: uuid.UUID | None) -> tuple[InboxRow, list[Paragraph]]:
    """A release as its recipient prints it: audited like opening it."""
    found = letter(viewer, key, opened=True)
    return found.row, found.paragraphs
