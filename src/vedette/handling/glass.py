"""What is seen under broken glass: written down for each record's originator, who hears of it at once and acknowledges."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from vedette.agencies.models import GlassBreak
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import GlassOpening, GlassReceipt, Sheet
from vedette.handling.policy import readable, require
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.live.actions import announce

# A wake-up of PostgreSQL carries 8,000 bytes at most.
TOGETHER = 100


@dataclass
class Notice:
    """One breaking of the glass, as an originator of what was seen hears of it; the reason stays within the home agency."""

    broken: GlassBreak
    because: str
    opened: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)


def record_openings(viewer: Viewer, ids: Iterable[uuid.UUID], *, opened: bool) -> None:
    """Part of every reading: under broken glass, name the records that the seat would not have read without it."""
    if viewer.glass_broken:
        _record(viewer, ids, opened=opened)


@transaction.atomic
def _record(viewer: Viewer, ids: Iterable[uuid.UUID], *, opened: bool) -> None:
    broken = _in_force(viewer)
    beyond = Sheet.objects.filter(id__in=list(ids)).exclude(readable(without_glass(viewer)))
    known = GlassOpening.objects.as_house("a record is named once a breaking").filter(glass=broken, opened=opened)
    fresh = list(beyond.exclude(id__in=known.values("sheet")).order_by("id").values_list("id", flat=True))
    moment = now()
    rows = [GlassOpening(glass=broken, sheet_id=key, opened=opened, at=moment) for key in fresh]
    GlassOpening.objects.bulk_create(rows, ignore_conflicts=True)
    for start in range(0, len(fresh), TOGETHER):
        announce("glass.opened", *fresh[start : start + TOGETHER])


def without_glass(viewer: Viewer) -> Viewer:
    """The viewer as he stands without broken glass."""
    return replace(viewer, broken_glass_until=None)


def _in_force(viewer: Viewer) -> GlassBreak:
    moment = now()
    found = GlassBreak.objects.filter(seat=viewer.seat_id, since__lte=moment, until__gt=moment)
    return found.order_by("-until")[0]


def _mine(viewer: Viewer | None) -> QuerySet[GlassOpening]:
    """The openings this seat is told of: of what it wrote, what its agency lodged here, and as commander of our own word.

    Whoever broke the glass is not told by another seat of his that he did.
    """
    if viewer is None:
        return GlassOpening.objects.seen_by(None)
    mine = Q(sheet__author=viewer.seat_id)
    if not viewer.is_home:
        mine |= Q(sheet__lodged_by=viewer.agency_id)
    elif viewer.holds("commander"):
        mine |= Q(sheet__originator=viewer.agency_id)
    rows = GlassOpening.objects.seen_by(without_glass(viewer)).filter(mine)
    return rows.exclude(glass__seat__person=viewer.person_id)


def _unacknowledged(viewer: Viewer) -> QuerySet[GlassOpening]:
    mine = GlassReceipt.objects.seen_by(without_glass(viewer)).filter(opening=OuterRef("pk"), seat=viewer.seat_id)
    return _mine(viewer).filter(~Exists(mine))


def waits(viewer: Viewer | None) -> bool:
    """Whether a notice waits for this seat: one short question on every page, and none where no glass was ever broken."""
    return viewer is not None and viewer.glass_ever and _unacknowledged(viewer).exists()


def notices(viewer: Viewer | None) -> list[Notice]:
    """What this seat has not acknowledged yet, by breaking of the glass, the newest first."""
    if viewer is None:
        return []
    found: dict[uuid.UUID, Notice] = {}
    rows = _unacknowledged(viewer).select_related("glass__seat__agency", "sheet").order_by("-glass__since", "at", "id")
    for row in rows:
        reason = row.glass.because if viewer.is_home else ""
        notice = found.setdefault(row.glass_id, Notice(row.glass, reason))
        (notice.opened if row.opened else notice.listed).append(row.sheet.reference)
    for notice in found.values():
        notice.listed = [reference for reference in notice.listed if reference not in notice.opened]
    return list(found.values())


@transaction.atomic
def acknowledge_glass(by: Viewer | None, *, glass: uuid.UUID | None) -> int:
    """The originator has taken notice of what was seen so far in one breaking; what is opened later is told anew."""
    viewer = require(by, "acknowledge_glass")
    rows = list(_unacknowledged(viewer).filter(glass=glass)) if glass else []
    if not rows:
        raise Missing
    moment = now()
    receipts = [GlassReceipt(opening=row, seat_id=viewer.seat_id, at=moment) for row in rows]
    GlassReceipt.objects.bulk_create(receipts, ignore_conflicts=True)
    record(viewer, "glass.acknowledged", [rows[0].glass_id, *sorted({row.sheet_id for row in rows})][:TOGETHER])
    announce("glass.acknowledged", rows[0].glass_id)
    return len(rows)
