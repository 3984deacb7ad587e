"""Reads of purges: what one would take, the orders, and what is left to show of a purged record."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling import purging
from vedette.handling.models import PurgeItem, PurgeOrder, Sheet
from vedette.handling.policy import once_visible, require, visible
from vedette.kit.errors import Missing
from vedette.kit.statements import fetch
from vedette.search.repeats import repeating

MOST = 200
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)
# What holds a purged record's words by its nature is offered ticked; the rest only named.
TICKED = {"quotes", "holds"}
DRAWN_FROM_IT = {"release", "incident"}


@dataclass(frozen=True)
class Related:
    """A record that may hold the content of another: how it came to be found, and whether it is offered ticked."""

    sheet: Sheet
    why: str
    ticked: bool

    @property
    def words(self) -> str:
        """How it came to be found, in words."""
        return str(PurgeItem.Why(self.why).label)


@dataclass(frozen=True)
class Proposal:
    """What a purge of a record would be about."""

    sheet: Sheet
    others: list[Related] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Order:
    """A purge order as its page shows it: what it takes and leaves, who asked, what came to hold its words `since`."""

    row: PurgeOrder
    taken: list[PurgeItem]
    left: list[PurgeItem]
    state: str
    mine: bool
    paired: bool
    since: list[Related] = field(default_factory=list)

    @property
    def about(self) -> str:
        """The reference of the record it was asked for."""
        return next((item.sheet.reference for item in self.taken if item.why == "asked"), "")

    @property
    def blanked(self) -> list[tuple[str, int]]:
        """How many rows of each kind of place were blanked, those of none left out."""
        if self.state != "done":
            return []
        counts = self.row.result.counts
        return [(place.what, counts[name]) for name, place in purging.PLACES.items() if counts.get(name)]


def heard_of(viewer: Viewer) -> QuerySet[Sheet]:
    """The records one may ask to purge: the privacy officer and the auditor of every one by reference, others what they see."""
    if viewer.is_home and viewer.holds("privacy", "auditor"):
        return Sheet.objects.all()
    return Sheet.objects.filter(visible(viewer))


def proposal(by: Viewer | None, sheet: uuid.UUID | None, words: str = "") -> Proposal:
    """What holds a record's content besides itself, of what the asker hears of: by lineage, by repeated words, by `words`."""
    viewer = require(by, "see_purges")
    found = proposed(viewer, sheet, words)
    record(viewer, "purge.looked", [found.sheet.id])
    return found


def proposed(viewer: Viewer, sheet: uuid.UUID | None, words: str) -> Proposal:
    """Part of a verb: what a purge would take; Missing for what the viewer does not hear of and what is purged already."""
    rows = heard_of(viewer).filter(purged_at__isnull=True).select_related("originator")
    row = rows.filter(id=sheet).first() if sheet else None
    if row is None:
        raise Missing
    found = dict.fromkeys(purging.holding(words, {row.id}) if len(words.strip()) > 2 else (), "holds")
    found |= {key: "quotes" for key in repeating(row.id) if key not in found}
    found |= {key: why for key, why in purging.resting_deep({row.id, *found}).items() if key not in found}
    found.pop(row.id, None)
    related = [_related(item, found[item.id]) for item in rows.filter(id__in=found).order_by("filed_at", "id")]
    return Proposal(row, related[:MOST], max(0, len(related) - MOST))


def _related(sheet: Sheet, why: str) -> Related:
    return Related(sheet, why, why in TICKED or (why == "rests" and sheet.kind in DRAWN_FROM_IT))


def proposal_for(by: Viewer | None, reference: str, words: str = "") -> Proposal:
    """The proposal for the record of a reference; Missing tells nothing."""
    viewer = require(by, "see_purges")
    found = heard_of(viewer).filter(reference__iexact=reference.strip()[:40]).values_list("id", flat=True).first()
    return proposal(viewer, found, words)


def _orders(viewer: Viewer) -> QuerySet[PurgeOrder]:
    rows = PurgeOrder.objects.select_related("by", "decision__by", "result")
    if viewer.holds("privacy", "auditor"):
        return rows
    seen = Sheet.objects.filter(visible(viewer)).values("id")
    return rows.filter(Q(by=viewer.seat_id) | Q(items__why="asked", items__sheet__in=seen)).distinct()


def order_of(viewer: Viewer, key: uuid.UUID | None) -> PurgeOrder | None:
    """An order the viewer may see: the privacy officer and the auditor every one, others their own and of what they see."""
    return _orders(viewer).filter(id=key).first() if key else None


def orders(by: Viewer | None) -> list[Order]:
    """The purge orders, those that wait first, then the newest; looking is written down."""
    viewer = require(by, "see_purges")
    rows = list(_orders(viewer).order_by("-at", "-id")[:MOST])
    found = _told(viewer, rows)
    record(viewer, "purge.looked", [row.id for row in rows])
    return sorted(found, key=lambda order: order.state != "waiting")


def access_order(by: Viewer | None, key: uuid.UUID | None) -> Order:
    """One order; Missing tells nothing."""
    viewer = require(by, "see_purges")
    row = order_of(viewer, key)
    if row is None:
        raise Missing
    record(viewer, "purge.looked", [row.id])
    found = _told(viewer, [row])[0]
    return replace(found, since=_since(viewer, found)) if found.state == "waiting" else found


def _since(viewer: Viewer, order: Order) -> list[Related]:
    """What has come to repeat or rest on the record after its purge was asked for; only a new order takes it along."""
    asked = next(item.sheet_id for item in order.taken if item.why == "asked")
    try:
        found = proposed(viewer, asked, "")
    except Missing:
        return []
    known = set(order.row.items.values_list("sheet", flat=True))
    return [row for row in found.others if row.sheet.id not in known]


def _told(viewer: Viewer, rows: Iterable[PurgeOrder]) -> list[Order]:
    """Orders with their records; one this viewer does not hear of is not among them, unless it was purged with it."""
    wanted = list(rows)
    items = PurgeItem.objects.filter(order__in=wanted).select_related("sheet").order_by("sheet__filed_at", "id")
    heard = set(heard_of(viewer).filter(id__in=items.values("sheet")).values_list("id", flat=True))
    by_order: dict[uuid.UUID, list[PurgeItem]] = {row.id: [] for row in wanted}
    for item in items:
        if item.sheet_id in heard or item.why == "asked":
            by_order[item.order_id].append(item)
    return [_order(viewer, row, by_order[row.id]) for row in wanted]


def paired(viewer: Viewer, row: PurgeOrder) -> bool:
    """Whether, with this viewer deciding, one of the two who purge is a privacy officer."""
    return viewer.holds("privacy") or "privacy" in row.by.roles


def _order(viewer: Viewer, row: PurgeOrder, items: list[PurgeItem]) -> Order:
    decision = getattr(row, "decision", None)
    done = getattr(row, "result", None)
    state = "waiting" if decision is None else ("done" if done else "refused")
    return Order(
        row,
        [item for item in items if item.taken],
        [item for item in items if not item.taken],
        state,
        row.by.person_id == viewer.person_id,
        paired(viewer, row),
    )


PURGED = """SELECT id FROM handling_sheet WHERE purged_at IS NOT NULL
  AND (id = ANY(%(keys)s::uuid[]) OR reference = ANY(%(references)s::varchar[]))"""


@dataclass(frozen=True)
class Tombstone:
    """What is left to show of a purged record: its reference, when, by which order, on which basis."""

    reference: str
    order: str
    at: object
    basis: str


def tombstone(viewer: Viewer | None, named: Iterable[str]) -> Tombstone | None:
    """What is left of a purged record that one of these ids or references names, for who would see it had it stayed."""
    if viewer is None:
        return None
    texts = list(named)
    keys = [text for text in texts if UUID.fullmatch(text)]
    references = [text for text in texts if not UUID.fullmatch(text)]
    # Every record that is not found leads here, and hardly any of them was purged.
    purged = [row[0] for row in fetch(PURGED, {"keys": keys, "references": references})]
    if not purged:
        return None
    rows = Sheet.objects.filter(id__in=purged)
    if not (viewer.is_home and viewer.holds("privacy", "auditor")):
        rows = rows.filter(once_visible(viewer))
    item = (
        PurgeItem.objects.filter(sheet__in=rows, taken=True, order__result__isnull=False)
        .select_related("sheet", "order")
        .first()
    )
    if item is None:
        return None
    return Tombstone(item.sheet.reference, item.order.reference, item.sheet.purged_at, item.order.get_basis_display())
