"""Changing a draft: reword, cut and keep paragraphs, choose recipients, label and day of expiry."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Max

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import record_handling
from vedette.kit.errors import Missing, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.sharing.actions.drafting import Address, check_label, draft_of, narrow, sheets_under
from vedette.sharing.loading import load_of, quoted_reports
from vedette.sharing.models import Paragraph, Recipient, Release, Rest

State = Paragraph.State


def _paragraph(release: Release, key: uuid.UUID | None) -> Paragraph:
    rows = Paragraph.objects.as_house("a paragraph of the draft at hand").filter(release=release, id=key)
    found: Paragraph | None = rows.first() if key else None
    if found is None:
        raise Missing
    return found


def _done(viewer: Viewer, release: Release, what: str) -> Release:
    narrow(release, viewer)
    record(viewer, "release.edited", [release.pk], what)
    announce("release.edited", release.pk)
    return release


@transaction.atomic
def edit_paragraph(by: Viewer | None, *, release: Release, paragraph: uuid.UUID | None, text: str) -> Release:
    """Reword a paragraph; it goes on resting on what it rested on, and on any report whose words it now repeats."""
    viewer = draft_of(by, "edit_release", release)
    row = _paragraph(release, paragraph)
    row.text, row.origin, row.by_id = (
        clean_text("text", text, limit=4000, required=True),
        Paragraph.Origin.TYPED,
        viewer.seat_id,
    )
    row.state = State.KEPT
    row.save(update_fields=["text", "origin", "by", "state"])
    _rest_on_quoted(release, row)
    return _done(viewer, release, f"paragraph {row.position} reworded")


@transaction.atomic
def add_paragraph(by: Viewer | None, *, release: Release, text: str) -> Release:
    """Add a paragraph in a person's own words; repeated words of a report make it rest on that report."""
    viewer = draft_of(by, "edit_release", release)
    said = clean_text("text", text, limit=4000, required=True)
    rows = Paragraph.objects.as_house("a new paragraph stands last").filter(release=release)
    position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    row = Paragraph.objects.create(
        release=release,
        position=position,
        topic="typed",
        text=said,
        origin=Paragraph.Origin.TYPED,
        by_id=viewer.seat_id,
    )
    _rest_on_quoted(release, row)
    return _done(viewer, release, f"paragraph {position} added")


def _rest_on_quoted(release: Release, paragraph: Paragraph) -> None:
    known = set(
        Rest.objects.as_house("what a paragraph rests on already")
        .filter(paragraph=paragraph)
        .values_list("sheet", flat=True)
    )
    fresh = [key for key in quoted_reports(load_of(release), paragraph) if key not in known]
    Rest.objects.bulk_create([Rest(paragraph=paragraph, sheet_id=key) for key in fresh])


@transaction.atomic
def keep_paragraph(by: Viewer | None, *, release: Release, paragraph: uuid.UUID | None, kept: bool) -> Release:
    """Cut a paragraph from the version, or take it back in."""
    viewer = draft_of(by, "edit_release", release)
    row = _paragraph(release, paragraph)
    row.state = State.KEPT if kept else State.CUT
    row.save(update_fields=["state"])
    return _done(viewer, release, f"paragraph {row.position} {'kept' if kept else 'cut'}")


@transaction.atomic
def add_recipient(by: Viewer | None, *, release: Release, address: Address) -> Release:
    """Address the draft to one more; the same one twice changes nothing."""
    viewer = draft_of(by, "edit_release", release)
    to = {"agency_id": address.agency, "unit_id": address.unit, "seat_id": address.seat}
    Recipient.objects.bulk_create([Recipient(release=release, **to)], ignore_conflicts=True)
    return _done(viewer, release, "recipient added")


@transaction.atomic
def drop_recipient(by: Viewer | None, *, release: Release, recipient: uuid.UUID | None) -> Release:
    """Leave a recipient out; whoever had the version that this corrects stays, because he must learn of it."""
    viewer = draft_of(by, "edit_release", release)
    rows = Recipient.objects.as_house("a recipient of the draft at hand").filter(release=release, id=recipient)
    row = rows.first() if recipient else None
    if row is None:
        raise Missing
    if release.corrects_id and not _recalled(release):
        raise Refused(
            "recipient", "Everyone who had the first version gets its correction.", "Recall the first version instead."
        )
    rows.delete()
    return _done(viewer, release, "recipient left out")


def _recalled(release: Release) -> bool:
    from vedette.sharing.models import Recall

    return (
        Recall.objects.as_house("whether the first version was recalled").filter(release=release.corrects_id).exists()
    )


@transaction.atomic
def set_terms(
    by: Viewer | None,
    *,
    release: Release,
    title: str = "",
    label: str = "",
    days: str = "",
    handling_text: str | None = None,
) -> Release:
    """Word the title, take another label, set the day on which it ends (days, or `basis`), a text shown before opening."""
    viewer = draft_of(by, "edit_release", release)
    if title:
        release.title = clean_line("title", title, required=True)
    release.label = check_label(label) or release.label
    if days:
        release.expires_at = _until(release, days)
    if handling_text is not None:
        release.handling_text = clean_line("handling_text", handling_text, limit=500)
        codes = {code for code in release.codes if code != "H3"} | ({"H3"} if release.handling_text else set())
        release.codes = sorted(codes)
        record_handling(release.sheet, viewer, because="handling codes", codes=release.codes)
    release.save(update_fields=["title", "label", "expires_at", "handling_text", "codes"])
    return _done(viewer, release, "terms changed")


def _until(release: Release, days: str) -> datetime.datetime:
    if days == "basis":
        ends = [sheet.expires_at for sheet in sheets_under(release) if sheet.expires_at]
        if ends:
            return min(ends)
    if not days.isdigit() or not 1 <= int(days) <= 1825:
        raise Refused("days", f"“{days}” is not a number of days.", "Give 1 to 1,825 days (five years).")
    return now() + datetime.timedelta(days=int(days))
