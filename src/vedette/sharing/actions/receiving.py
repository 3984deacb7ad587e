"""What a recipient does: opens, acknowledges, acts, asks, gives feedback, takes note of a recall."""

import uuid

from django.db import transaction
from django.db.models import Q

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import open_one, record_list
from vedette.handling.policy import WHOLE, faces, require
from vedette.kit.errors import Conflict, Missing
from vedette.kit.text import clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.reporting.actions.requests import record_lodged
from vedette.sharing import clocks
from vedette.sharing.models import Delivery, Recall, Receipt, Release

Kind = Receipt.Kind
ONCE = (Kind.OPENED, Kind.ACKNOWLEDGED, Kind.ACTED)


def addressed_to(viewer: Viewer, prefix: str = "") -> Q:
    """The condition: a recipient row that names the viewer's agency, unit or seat."""
    mine = Q(**{f"{prefix}seat": viewer.seat_id})
    if not viewer.is_home:
        mine |= Q(**{f"{prefix}agency": viewer.agency_id})
    if viewer.unit_id:
        mine |= Q(**{f"{prefix}unit": viewer.unit_id})
    return mine


def access_delivery(viewer: Viewer | None, release: uuid.UUID | None) -> Delivery:
    """The viewer's own delivery of a release; Missing when there is none, whatever else exists."""
    if viewer is None or release is None:
        raise Missing
    rows = Delivery.objects.seen_by(viewer).filter(addressed_to(viewer, "recipient__"), release=release)
    found: Delivery | None = (
        rows.select_related("release__sheet__replaced_by", "recipient").order_by("delivered_at").first()
    )
    if found is None:
        raise Missing
    return found


def _receipt(
    viewer: Viewer, delivery: Delivery, kind: str, text: str = "", request: uuid.UUID | None = None
) -> tuple[Receipt, bool]:
    """Part of a verb: the receipt, and whether it is new; what is said once is not said again."""
    values = {"at": now(), "text": text, "request_id": request}
    if kind in ONCE:
        rows = Receipt.objects.as_house("a receipt is written once").filter(
            delivery=delivery, kind=kind, seat=viewer.seat_id
        )
        known = rows.first()
        if known is not None:
            return known, False
    return Receipt.objects.create(delivery=delivery, kind=kind, seat_id=viewer.seat_id, **values), True


def in_force(viewer: Viewer, release: Release) -> bool:
    """Whether the release still stands as it was sent: neither taken back nor replaced."""
    recalled = Recall.objects.as_house("whether a release was taken back").filter(release=release).exists()
    return not recalled and faces(viewer, [release.pk]).get(release.pk) == WHOLE


def _must_be_whole(viewer: Viewer, release: Release) -> None:
    if not in_force(viewer, release):
        raise Conflict("It was recalled or replaced.", "Read the reason, and say that you took note.")


@transaction.atomic
def open_release(by: Viewer | None, *, release: uuid.UUID | None) -> Delivery:
    """Open a release one was sent: the first time leaves the receipt `opened`; each time is audited."""
    delivery = access_delivery(by, release)
    if by is None:
        raise Missing
    if not in_force(by, delivery.release):
        # Only the stub is left of it; that it was looked at is written down all the same.
        record_list(by, [delivery.release_id])
        return delivery
    open_one(by, Release, delivery.release_id)
    _row, fresh = _receipt(by, delivery, Kind.OPENED)
    if fresh:
        announce("delivery.opened", delivery.release_id)
    return delivery


@transaction.atomic
def acknowledge_release(by: Viewer | None, *, release: uuid.UUID | None) -> Receipt:
    """Acknowledge: only this counts as informed. Twice is once; it stops the clock."""
    delivery = access_delivery(by, release)
    viewer = require(by, "acknowledge_release", delivery.release.sheet)
    _must_be_whole(viewer, delivery.release)
    _receipt(viewer, delivery, Kind.OPENED)
    receipt, fresh = _receipt(viewer, delivery, Kind.ACKNOWLEDGED)
    if fresh:
        clocks.meet(delivery, clocks.RELEASE, viewer.seat_id)
        record(viewer, "delivery.acknowledged", [delivery.release_id])
        announce("delivery.acknowledged", delivery.release_id)
    return receipt


@transaction.atomic
def act_on_release(by: Viewer | None, *, release: uuid.UUID | None, text: str) -> Receipt:
    """Say what was done on it."""
    delivery = access_delivery(by, release)
    viewer = require(by, "act_on_release", delivery.release.sheet)
    _must_be_whole(viewer, delivery.release)
    said = clean_text("text", text, limit=2000, required=True)
    receipt, fresh = _receipt(viewer, delivery, Kind.ACTED, said)
    if fresh:
        record(viewer, "delivery.acted", [delivery.release_id])
        announce("delivery.acted", delivery.release_id)
    return receipt


@transaction.atomic
def give_feedback(by: Viewer | None, *, release: uuid.UUID | None, text: str) -> Receipt:
    """Tell the desk what it was worth, or what is wrong with it."""
    delivery = access_delivery(by, release)
    viewer = require(by, "give_feedback", delivery.release.sheet)
    receipt, _fresh = _receipt(viewer, delivery, Kind.FEEDBACK, clean_text("text", text, limit=2000, required=True))
    record(viewer, "delivery.feedback", [delivery.release_id])
    announce("delivery.feedback", delivery.release_id)
    return receipt


@transaction.atomic
def take_note(by: Viewer | None, *, release: uuid.UUID | None) -> Receipt:
    """Say that one took note of a recall or of a correction due, and told those one had told."""
    delivery = access_delivery(by, release)
    viewer = require(by, "take_note", delivery.release.sheet)
    receipt, _fresh = _receipt(viewer, delivery, Kind.TOLD)
    clocks.meet(delivery, clocks.RECALL, viewer.seat_id)
    record(viewer, "delivery.told", [delivery.release_id])
    announce("delivery.told", delivery.release_id)
    return receipt


@transaction.atomic
def ask_about_release(by: Viewer | None, *, release: uuid.UUID | None, question: str) -> Receipt:
    """Ask the desk about a release: a question with a clock, lodged by the asker's agency, seen by it and our desk alone."""
    delivery = access_delivery(by, release)
    viewer = require(by, "ask_about_release", delivery.release.sheet)
    text = clean_text("question", question, limit=4000, required=True)
    agency = None if viewer.is_home else Agency.objects.get(id=viewer.agency_id)
    why = f"About {delivery.release.sheet.reference}."
    asked = record_lodged(viewer, agency, question=text, why=why, where="", urgency="8h")
    receipt, _fresh = _receipt(viewer, delivery, Kind.ASKED, text, asked.pk)
    record(viewer, "delivery.asked", [delivery.release_id, asked.pk])
    announce("request.asked", asked.pk)
    announce("delivery.asked", delivery.release_id)
    return receipt
