"""Correction and recall: both reach everyone the release reached, agencies and our own commands alike."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_handling
from vedette.handling.models import Addressee, Sheet
from vedette.handling.policy import require
from vedette.kit.errors import Conflict
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.sharing.actions.drafting import IN_FORCE, Address, record_draft
from vedette.sharing.actions.sending import start_sending, stop_sending
from vedette.sharing.models import CorrectionDue, Recall, Recipient, Release, Sending

What = Sending.What
HOUSE = "a recall reaches everyone the release reached"


def _signed(release: Release) -> None:
    if not release.signed:
        raise Conflict("It has not left the desk.", "Change the draft itself.")


@transaction.atomic
def correct_release(by: Viewer | None, *, release: Release, because: str) -> Release:
    """Draft the next version from what stands now, for everyone who had this one; signing it strikes this one."""
    viewer = require(by, "correct_release", release.sheet)
    _signed(release)
    reason = clean_line("because", because, limit=300, required=True)
    waiting = Release.objects.as_house("one correction is drafted at a time").filter(corrects=release).first()
    if waiting is not None:
        raise Conflict(f"{waiting.sheet.reference} corrects it already.", "Go on from that one.")
    if release.incident is None:
        raise Conflict("It rests on no incident.", "Recall it and draft another.")
    rows = Recipient.objects.as_house(HOUSE).filter(release=release).values_list("agency", "unit", "seat")
    fresh = record_draft(
        viewer,
        incident=release.incident,
        version=release.version,
        recipients=[Address(*row) for row in rows],
        label=release.label,
        expires_at=max(release.expires_at or now(), now() + IN_FORCE),
        corrects=release,
        because=reason,
    )
    record(viewer, "release.corrected", [release.pk, fresh.pk], reason)
    announce("release.drafted", fresh.pk)
    return fresh


def supersede(by: Viewer, old: Release, new: Release) -> None:
    """Part of a verb: a signed correction strikes the version before it, which points to the new one."""
    because = f"corrected by {new.sheet.reference}: {new.because}"[:300]
    stop_sending(old)
    if not Recall.objects.as_house(HOUSE).filter(release=old).exists():
        _take_back(by, old, because, by_correction=True)
    start_sending(old, What.SUPERSEDED)
    record_handling(old.sheet, by, because=because, replaced_by=new.sheet)
    CorrectionDue.objects.as_house("a correction settles what was due").filter(release=old, until__isnull=True).update(
        until=now()
    )
    announce("release.superseded", old.pk)


def _take_back(by: Viewer, release: Release, because: str, *, by_correction: bool) -> None:
    moment = now()
    Recall.objects.create(release=release, because=because, at=moment, by_id=by.seat_id, by_correction=by_correction)
    standing = Addressee.objects.filter(sheet=release.sheet, recalled_at__isnull=True)
    standing.update(recalled_at=moment, recalled_because=because)


@transaction.atomic
def recall_release(by: Viewer | None, *, release: Release, because: str) -> Release:
    """Take a signed release back from everyone it reached; they see a struck stub with the reason and say they took note."""
    viewer = require(by, "recall_release", release.sheet)
    _signed(release)
    reason = clean_line("because", because, limit=300, required=True)
    record_recall(viewer, release, reason)
    record(viewer, "release.recalled", [release.pk], reason)
    announce("release.recalled", release.pk)
    return release


def record_recall(by: Viewer, release: Release, because: str) -> None:
    """Part of a verb: struck for everyone at once, and each is asked to take note."""
    if Recall.objects.as_house("a release is recalled once").filter(release=release).exists():
        raise Conflict("It was recalled already.", "Load the page anew.")
    stop_sending(release)
    _take_back(by, release, because, by_correction=False)
    start_sending(release, What.RECALL)


def record_correction_due(by: Viewer, release: Release, report: Sheet, because: str) -> None:
    """Part of a verb: part of its basis is gone while the rest holds; everyone it reached is told at once."""
    CorrectionDue.objects.create(release=release, report=report, because=because, since=now(), by_id=by.seat_id)
    start_sending(release, What.DUE)


def in_force_among(ids: Iterable[uuid.UUID]) -> list[Release]:
    """Part of a verb: of these releases the signed ones that nobody took back."""
    rows = Release.objects.as_house("what a withdrawal touches").filter(
        pk__in=list(ids), signed_at__isnull=False, recall__isnull=True
    )
    return list(rows.select_related("sheet", "incident").order_by("signed_at"))
