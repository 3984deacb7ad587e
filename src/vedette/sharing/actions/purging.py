"""Purging: a record's content is blanked for good, on an order that one person asks for and another approves."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling import purging
from vedette.handling.actions import next_reference, record_handling
from vedette.handling.models import PurgeDecision, PurgeItem, PurgeOrder, PurgeResult, Sheet
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.sharing.actions.correcting import in_force_among, record_correction_due, record_recall
from vedette.sharing.actions.withdrawing import loses_a_paragraph, releases_on
from vedette.sharing.models import CorrectionDue, Release
from vedette.sharing.purge_orders import Proposal, order_of, paired, proposed

LEAST = 8
OUTSIDE = "a record on which it rests was purged"


def order_purge(
    by: Viewer | None, *, sheet: uuid.UUID | None, also: Iterable[uuid.UUID], basis: str, because: str, words: str = ""
) -> PurgeOrder:
    """Ask that a record be purged, and of what holds its content the ones chosen; the others stand on the order as left.

    `words` finds further records and is kept nowhere. Nothing is blanked before a second person approves.
    """
    viewer = require(by, "order_purge")
    found = proposed(viewer, sheet, words)
    reason = clean_line("because", because, limit=300, required=True)
    if len(reason) < LEAST:
        raise Refused("because", "It is too short to be a reason.", "Say in a few words why, without the record’s own.")
    if basis not in PurgeOrder.Basis.values:
        raise Refused("basis", "There is no such legal basis.", "Choose one of the list.")
    if words.strip() and words.strip().casefold() in reason.casefold():
        raise Refused("because", "The reason repeats the words to be purged, and it is kept.", "Say it without them.")
    return _write_order(viewer, found, set(also), basis, reason)


@transaction.atomic
def _write_order(viewer: Viewer, found: Proposal, wanted: set[uuid.UUID], basis: str, reason: str) -> PurgeOrder:
    """The short part, in one transaction: looking for words may take longer than one should last."""
    waiting = PurgeOrder.objects.filter(items__sheet=found.sheet, items__why="asked", decision__isnull=True).first()
    if waiting is not None:
        raise Conflict(f"{waiting.reference} asks for it already.", "Let it be decided first.")
    order = PurgeOrder.objects.create(
        reference=next_reference("PUR", now()), basis=basis, because=reason, by_id=viewer.seat_id, at=now()
    )
    rows = [PurgeItem(order=order, sheet=found.sheet, why=PurgeItem.Why.ASKED, taken=True)]
    rows += [PurgeItem(order=order, sheet=row.sheet, why=row.why, taken=row.sheet.id in wanted) for row in found.others]
    PurgeItem.objects.bulk_create(rows)
    record(viewer, "purge.ordered", [order.id, *(row.sheet_id for row in rows if row.taken)], reason)
    announce("purge.ordered")
    return order


def _open_order(viewer: Viewer, key: uuid.UUID | None) -> PurgeOrder:
    """The order that waits, locked; decided only by another person than the one who asked."""
    if key is None or order_of(viewer, key) is None:
        raise Missing
    # Orders are append-only, so nobody may lock one: two who decide at once meet at the record it is about.
    Sheet.objects.select_for_update(of=("self",)).get(purge_items__order=key, purge_items__why=PurgeItem.Why.ASKED)
    row = PurgeOrder.objects.select_related("by").get(id=key)
    if PurgeDecision.objects.filter(order=row).exists():
        raise Conflict("It was decided already.", "Load the page anew.")
    return row


@transaction.atomic
def refuse_purge(by: Viewer | None, *, order: uuid.UUID | None, because: str) -> PurgeDecision:
    """Say no to a purge, with the reason; whoever asked may take it back so too. Nothing was blanked."""
    viewer = require(by, "refuse_purge")
    row = _open_order(viewer, order)
    reason = clean_line("because", because, limit=300, required=True)
    made = PurgeDecision.objects.create(order=row, approved=False, because=reason, by_id=viewer.seat_id, at=now())
    record(viewer, "purge.refused", [row.id], reason)
    announce("purge.refused")
    return made


@transaction.atomic
def approve_purge(by: Viewer | None, *, order: uuid.UUID | None) -> PurgeResult:
    """Approve a purge and carry it out at once: every place blanked, every release that held it taken back.

    28 CFR 23.20(h): what is left is a tombstone without content. Ids, hashes and dates stay, so every proof verifies.
    """
    viewer = require(by, "approve_purge")
    row = _open_order(viewer, order)
    if row.by.person_id == viewer.person_id:
        raise Forbidden("You asked for this yourself: it takes a second person.", "Ask another who may decide.")
    if not paired(viewer, row):
        raise Forbidden("One of the two who purge is a privacy officer.", "Let a privacy officer decide.")
    decision = PurgeDecision.objects.create(order=row, approved=True, by_id=viewer.seat_id, at=now())
    taken = [item.sheet for item in row.items.filter(taken=True).select_related("sheet__access_class")]
    keys = [sheet.id for sheet in taken]
    counts = purging.blank_everywhere(row.id)
    _reach_everyone(viewer, row, set(keys))
    for sheet in taken:
        sheet.refresh_from_db()
        if not _stays_as_stub(sheet):
            record_handling(sheet, viewer, because=f"purged by {row.reference}", purged_at=decision.at)
    made = PurgeResult.objects.create(order=row, counts=counts, at=now())
    record(viewer, "sheet.purged", [row.id, *keys], row.because)
    announce("sheet.purged")
    for step in purging.AFTERWARDS:
        transaction.on_commit(step)
    return made


def _stays_as_stub(sheet: Sheet) -> bool:
    """A release that went out stays as the struck stub of its recall: whom it reached must be able to take note."""
    return sheet.kind == "release" and sheet.addressees.exists()


def _reach_everyone(viewer: Viewer, order: PurgeOrder, keys: set[uuid.UUID]) -> None:
    """Releases in force that the order takes, or that lose a paragraph's only basis, are recalled; others are due for correction."""
    resting = {release: key for key in keys for release in releases_on(key)}
    for release in in_force_among({*resting, *keys}):
        said = f"purged by {order.reference}" if release.inside else OUTSIDE
        if release.pk in keys or loses_a_paragraph(release, keys):
            record_recall(viewer, release, said)
            announce("release.recalled", release.pk)
        elif not _due_already(release, resting[release.pk]):
            record_correction_due(viewer, release, Sheet.objects.get(id=resting[release.pk]), OUTSIDE)
            announce("release.correction_due", release.pk)


def _due_already(release: Release, sheet: uuid.UUID) -> bool:
    rows = CorrectionDue.objects.as_house("a correction is due once for a record")
    return rows.filter(release=release, report=sheet, until__isnull=True).exists()
