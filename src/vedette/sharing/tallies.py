"""How many a release has reached, counted in the database: a list of thousands is counted, not read."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from vedette.agencies.viewer import Viewer
from vedette.sharing.loading import name_of
from vedette.sharing.models import Delivery, Paragraph, Receipt, Recipient, Release, Sending

Kind = Receipt.Kind
# So many recipients are shown one by one; of a longer list the silent ones stand first and the rest is counted.
SHOWN = 200
# So many recipients of a draft are named in the list.
NAMED = 2


@dataclass(frozen=True)
class Tally:
    """To how many a release is addressed, how many have it, opened it, acknowledged it, took note; what is on its way."""

    addressed: int = 0
    delivered: int = 0
    opened: int = 0
    acknowledged: int = 0
    told: int = 0
    sending: Sending | None = None

    @property
    def left_out(self) -> int:
        """How many recipients are counted but not shown one by one."""
        return max(0, self.addressed - SHOWN)


def tally_of(viewer: Viewer | None, release: Release) -> Tally:
    """The figures of one release for the home desk; nothing for anyone else."""
    if viewer is None or not viewer.on_desk:
        return Tally()
    said = Receipt.objects.seen_by(viewer).filter(delivery__release=release)
    by_kind = dict(said.values("kind").annotate(n=Count("delivery", distinct=True)).values_list("kind", "n"))
    return Tally(
        addressed=Recipient.objects.seen_by(viewer).filter(release=release).count(),
        delivered=deliveries_of(viewer, [release]).get(release.pk, 0),
        opened=by_kind.get(Kind.OPENED, 0),
        acknowledged=by_kind.get(Kind.ACKNOWLEDGED, 0),
        told=by_kind.get(Kind.TOLD, 0),
        sending=under_way(viewer, [release]).get(release.pk),
    )


def deliveries_of(viewer: Viewer, releases: Iterable[Release]) -> dict[uuid.UUID, int]:
    """How many have each of these releases."""
    rows = Delivery.objects.seen_by(viewer).filter(release__in=list(releases))
    return dict(rows.values("release").annotate(n=Count("id", distinct=True)).values_list("release", "n"))


@dataclass(frozen=True)
class Draft:
    """What tells a draft from another of the same incident: whom it is for, how much stands in it."""

    names: tuple[str, ...] = ()
    recipients: int = 0
    paragraphs: int = 0

    @property
    def others(self) -> int:
        """How many recipients are counted but not named."""
        return self.recipients - len(self.names)


def drafts_of(viewer: Viewer, releases: Iterable[Release]) -> dict[uuid.UUID, Draft]:
    """What tells the unsigned ones of these releases apart."""
    drafts = [row.pk for row in releases if not row.signed]
    numbered = Recipient.objects.seen_by(viewer).filter(release__in=drafts)
    of_each = F("release")
    numbered = numbered.annotate(place=Window(RowNumber(), partition_by=of_each, order_by=F("id").asc()))
    numbered = numbered.annotate(whole=Window(Count("id"), partition_by=of_each)).filter(place__lte=NAMED)
    kept = Paragraph.objects.seen_by(viewer).filter(release__in=drafts, state=Paragraph.State.KEPT)
    parts = dict(kept.values("release").annotate(n=Count("id", distinct=True)).values_list("release", "n"))
    names: dict[uuid.UUID, list[str]] = {}
    whole: dict[uuid.UUID, int] = {}
    for row in numbered.select_related("agency", "unit", "seat__agency").order_by("place"):
        names.setdefault(row.release_id, []).append(name_of(row))
        whole[row.release_id] = row.whole
    return {key: Draft(tuple(names.get(key, ())), whole.get(key, 0), parts.get(key, 0)) for key in drafts}


def acknowledged_of(viewer: Viewer, releases: Iterable[Release]) -> dict[uuid.UUID, int]:
    """How many acknowledged each of these releases."""
    rows = Receipt.objects.seen_by(viewer).filter(delivery__release__in=list(releases), kind=Kind.ACKNOWLEDGED)
    found = rows.values("delivery__release").annotate(n=Count("delivery", distinct=True))
    return dict(found.values_list("delivery__release", "n"))


def under_way(viewer: Viewer, releases: Iterable[Release]) -> dict[uuid.UUID, Sending]:
    """Which of these releases are still on their way to somebody."""
    rows = Sending.objects.seen_by(viewer).filter(
        release__in=list(releases), what=Sending.What.RELEASE, until__isnull=True
    )
    return {row.release_id: row for row in rows}


def shown_of(viewer: Viewer, release: Release) -> list[uuid.UUID]:
    """The recipients that are shown one by one, the silent first."""
    said = Receipt.objects.as_house("whose line stands first; the line itself is asked for the viewer").filter(
        delivery__recipient=OuterRef("pk"), kind=Kind.ACKNOWLEDGED
    )
    rows = Recipient.objects.seen_by(viewer).filter(release=release).annotate(informed=Exists(said))
    return list(rows.order_by("informed", "id").values_list("id", flat=True)[:SHOWN])
