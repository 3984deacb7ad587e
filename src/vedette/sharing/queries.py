"""Reads of sharing: the releases list, one release at the desk, the blast radius of a report, who is silent."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from vedette.agencies.keys import jwks, verify
from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import ClockView, clocks_of, running_clocks
from vedette.handling.actions import open_one, record_list
from vedette.handling.models import Sheet
from vedette.handling.policy import newest, visible_sheets
from vedette.incidents.models import Incident
from vedette.kit.errors import Missing
from vedette.kit.signing import BadSignature
from vedette.kit.time import now
from vedette.sharing.actions.receiving import addressed_to
from vedette.sharing.loading import name_of
from vedette.sharing.models import (
    CorrectionDue,
    Delivery,
    Paragraph,
    Recall,
    Receipt,
    Recipient,
    Release,
    Rest,
    Sending,
)
from vedette.sharing.rules import DraftedBy, drafted_by
from vedette.sharing.tallies import Draft, acknowledged_of, deliveries_of, drafts_of, under_way

Kind = Receipt.Kind
LIST = 60


@dataclass(frozen=True)
class Reach:
    """One recipient of one release at a moment: when it was delivered, opened, acknowledged, acted on, a recall noted."""

    recipient: Recipient
    name: str
    release: Release
    delivery: Delivery | None = None
    receipts: tuple[Receipt, ...] = ()
    clock: ClockView | None = None
    recalled: bool = False
    moment: datetime.datetime = field(default_factory=now)

    def first(self, kind: str) -> datetime.datetime | None:
        """When this was first done."""
        return min((row.at for row in self.receipts if row.kind == kind), default=None)

    @property
    def delivered(self) -> datetime.datetime | None:
        """When it was delivered."""
        return self.delivery.delivered_at if self.delivery else None

    @property
    def opened(self) -> datetime.datetime | None:
        """When it was first opened."""
        return self.first(Kind.OPENED)

    @property
    def acknowledged(self) -> datetime.datetime | None:
        """When it was first acknowledged: informed."""
        return self.first(Kind.ACKNOWLEDGED)

    @property
    def acted(self) -> datetime.datetime | None:
        """When the recipient said what was done."""
        return self.first(Kind.ACTED)

    @property
    def told(self) -> datetime.datetime | None:
        """When the recipient took note of a recall or correction due."""
        return self.first(Kind.TOLD)

    @property
    def ours(self) -> bool:
        """One of our own commands."""
        return self.recipient.unit_id is not None

    @property
    def silent_minutes(self) -> int | None:
        """For how many minutes nobody has acknowledged; None when somebody has, or when it was recalled."""
        if self.delivery is None or self.acknowledged or self.recalled:
            return None
        return int((self.moment - self.delivery.delivered_at).total_seconds() // 60)

    @property
    def late(self) -> bool:
        """Silent past the time that was asked for."""
        due = self.delivery.due_at if self.delivery else None
        return self.silent_minutes is not None and due is not None and due <= self.moment


@dataclass(frozen=True)
class ReleaseRow:
    """A release as a list shows it."""

    release: Release
    recall: Recall | None
    reached: int
    acknowledged: int
    due: CorrectionDue | None = None
    sending: Sending | None = None
    draft: Draft | None = None
    rule: DraftedBy | None = None

    @property
    def state(self) -> str:
        """draft, sending, signed, due, recalled or corrected."""
        if not self.release.signed:
            return "draft"
        if self.recall:
            return "corrected" if self.recall.by_correction else "recalled"
        if self.due:
            return "due"
        return "sending" if self.sending else "signed"


def releases(viewer: Viewer | None, incident: Incident | None = None) -> list[ReleaseRow]:
    """The releases the home desk may see, newest first, with how many acknowledged."""
    if viewer is None or not viewer.is_home:
        return []
    if incident is not None:
        found = Release.objects.seen_by(viewer).filter(incident=incident)
    else:
        found = Release.objects.seen_by(viewer).filter(pk__in=newest(viewer, ["release"], LIST))
    rows = list(
        found.select_related("sheet", "incident__sheet", "drafted_by", "signed_by").order_by("-sheet__filed_at", "-pk")
    )
    record_list(viewer, [row.pk for row in rows])
    recalls = {row.release_id: row for row in Recall.objects.seen_by(viewer).filter(release__in=rows)}
    due = {
        row.release_id: row
        for row in CorrectionDue.objects.seen_by(viewer).filter(release__in=rows, until__isnull=True)
    }
    reached, informed, sending = deliveries_of(viewer, rows), acknowledged_of(viewer, rows), under_way(viewer, rows)
    drafts, ruled = drafts_of(viewer, rows), drafted_by(viewer, rows)
    return [
        ReleaseRow(
            row,
            recalls.get(row.pk),
            reached.get(row.pk, 0),
            informed.get(row.pk, 0),
            due.get(row.pk),
            sending.get(row.pk),
            drafts.get(row.pk),
            ruled.get(row.pk),
        )
        for row in rows
    ]


def reach_of(
    viewer: Viewer | None,
    rows: Iterable[Release],
    moment: datetime.datetime | None = None,
    only: Iterable[uuid.UUID] | None = None,
) -> list[Reach]:
    """Every recipient of these releases with what became of it: the whole for the home desk, else one's own line alone.

    With a moment: what had become of it by then. With `only`: of these recipients.
    """
    if viewer is None:
        return []
    releases, shown = {row.pk: row for row in rows}, moment or now()
    recipients = (
        Recipient.objects.seen_by(viewer).filter(release__in=releases).select_related("agency", "unit", "seat__agency")
    )
    if not viewer.on_desk:
        recipients = recipients.filter(addressed_to(viewer))
    if only is not None:
        recipients = recipients.filter(id__in=list(only))
    addressed = list(recipients)
    deliveries = {
        row.recipient_id: row
        for row in Delivery.objects.seen_by(viewer)
        .filter(_by(moment, "delivered_at"), recipient__in=addressed)
        .select_related("recipient")
    }
    receipts: dict[uuid.UUID, list[Receipt]] = defaultdict(list)
    wanted = [row.id for row in deliveries.values()]
    for receipt in (
        Receipt.objects.seen_by(viewer)
        .filter(_by(moment, "at"), delivery__in=wanted)
        .select_related("seat", "request")
        .order_by("at")
    ):
        receipts[receipt.delivery_id].append(receipt)
    clocks = clocks_of(viewer, wanted, "release", moment)
    recalls = Recall.objects.seen_by(viewer).filter(_by(moment, "at"), release__in=releases)
    recalled = set(recalls.values_list("release", flat=True))
    found = []
    for row in addressed:
        delivery = deliveries.get(row.id)
        said = tuple(receipts[delivery.id]) if delivery else ()
        clock = clocks.get(delivery.id) if delivery else None
        found.append(
            Reach(row, name_of(row), releases[row.release_id], delivery, said, clock, row.release_id in recalled, shown)
        )
    return sorted(found, key=lambda one: (not one.ours, one.name))


def _by(moment: datetime.datetime | None, name: str) -> Q:
    """What had been done by a moment; all of it when none is given."""
    return Q() if moment is None else Q(**{f"{name}__lte": moment})


@dataclass(frozen=True)
class ParagraphRow:
    """A paragraph with the sheets under it that the viewer may read."""

    paragraph: Paragraph
    rests: list[Sheet] = field(default_factory=list)


def paragraphs_of(viewer: Viewer | None, release: Release) -> list[ParagraphRow]:
    """The paragraphs in order, cut ones too while it is a draft, each with its lineage."""
    rows = list(Paragraph.objects.seen_by(viewer).filter(release=release).order_by("position"))
    rests: dict[uuid.UUID, list[Sheet]] = defaultdict(list)
    lineage = (
        Rest.objects.seen_by(viewer).filter(paragraph__in=rows).select_related("sheet").order_by("sheet__filed_at")
    )
    for rest in lineage:
        rests[rest.paragraph_id].append(rest.sheet)
    return [ParagraphRow(row, rests[row.id]) for row in rows]


def open_at_desk(viewer: Viewer | None, key: uuid.UUID | None, reason: str = "") -> Release:
    """A release opened at the home desk, with a trace; Missing for everyone else."""
    if viewer is None or not viewer.is_home:
        raise Missing
    row = open_one(viewer, Release, key, reason)
    return access_release(viewer, row.pk)


def access_release(viewer: Viewer | None, key: uuid.UUID | None) -> Release:
    """A release on which a verb is about to act; Missing when there is nothing the viewer may see."""
    parts = ("sheet__access_class", "incident__sheet", "drafted_by", "signed_by", "corrects__sheet")
    rows = Release.objects.seen_by(viewer).select_related(*parts) if viewer and viewer.is_home else None
    found: Release | None = rows.filter(pk=key).first() if rows is not None and key else None
    if found is None:
        raise Missing
    return found


def together_with(viewer: Viewer | None, release: Release) -> list[Release]:
    """The versions that were drafted together, this one among them."""
    rows = Release.objects.seen_by(viewer).filter(together=release.together).select_related("sheet")
    return list(rows.order_by("drafted_at", "pk"))


def standing_of(viewer: Viewer | None, release: Release) -> ReleaseRow:
    """How one release stands, without its figures of receipts."""
    recall = Recall.objects.seen_by(viewer).filter(release=release).select_related("by").first()
    due = (
        CorrectionDue.objects.seen_by(viewer)
        .filter(release=release, until__isnull=True)
        .select_related("report")
        .first()
    )
    sending = under_way(viewer, [release]).get(release.pk) if viewer else None
    return ReleaseRow(release, recall, 0, 0, due, sending)


def correction_of(viewer: Viewer | None, release: Release) -> Release | None:
    """The version that corrects this one, drafted or signed."""
    found: Release | None = Release.objects.seen_by(viewer).filter(corrects=release).select_related("sheet").first()
    return found


def verdict_of(release: Release) -> tuple[bool, str]:
    """Whether the signature stands over the stored text, and why not when it does not."""
    if not release.signed or release.body is None:
        return False, "It is not signed."
    try:
        verify(release.jws, jwks(), _document(bytes(release.body)))
    except (BadSignature, ValueError) as error:
        return False, str(error)
    return True, ""


def _document(body: bytes) -> dict[str, Any]:
    import json

    read = json.loads(body)
    if not isinstance(read, dict):
        raise ValueError("What is stored is not a document.")
    return read


@dataclass(frozen=True)
class Blast:
    """Everything that rests on a report and whom it reached, of what the viewer may see."""

    releases: list[Release] = field(default_factory=list)
    reached: list[Reach] = field(default_factory=list)

    @property
    def agencies(self) -> int:
        """How many recipients of other agencies it reached."""
        return len({one.name for one in self.reached if not one.ours and one.delivery})

    @property
    def commands(self) -> int:
        """How many of our own commands it reached."""
        return len({one.name for one in self.reached if one.ours and one.delivery})


def blast_radius(viewer: Viewer | None, sheet: uuid.UUID) -> Blast:
    """The releases resting on a report and everyone they reached; nothing when the viewer may not see the report."""
    if viewer is None or not visible_sheets(viewer, [sheet]):
        return Blast()
    rests = Rest.objects.seen_by(viewer).filter(sheet=sheet, paragraph__state="kept").values("paragraph__release")
    rows = list(Release.objects.seen_by(viewer).filter(pk__in=rests).select_related("sheet").order_by("drafted_at"))
    return Blast(rows, reach_of(viewer, [row for row in rows if row.signed]))


def silent(viewer: Viewer | None) -> list[Reach]:
    """The deliveries whose clock runs, longest silent first: who has not acknowledged, at the home desk only."""
    if viewer is None or not viewer.on_desk:
        return []
    views = {view.clock.subject: view for view in running_clocks(viewer, ["release"]) if view.clock.subject}
    rows = (
        Delivery.objects.seen_by(viewer)
        .filter(id__in=views)
        .select_related(
            "recipient__agency", "recipient__unit", "recipient__seat__agency", "release__sheet", "release__incident"
        )
    )
    found = [Reach(row.recipient, name_of(row.recipient), row.release, row, (), views[row.id]) for row in rows]
    return sorted(found, key=lambda one: one.delivered or now())
