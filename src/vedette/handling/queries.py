"""Reads about sheets themselves: how one is handled, and why a viewer can or cannot see it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists

from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sheet
from vedette.handling.policy import NEVER_NAMES, classes_of, delivered_to, visible


def handling_of(sheet: Sheet) -> dict[str, Any]:
    """The part of a sheet that decides who sees it, as it is kept in its dated changes."""
    return {
        "sensitivity": sheet.access_class.sensitivity,
        "groups": sorted(sheet.access_class.groups),
        "named_subject": sheet.access_class.named_subject,
        "codes": sheet.codes,
        "caveats": sheet.caveats,
        "expires_at": sheet.expires_at.isoformat() if sheet.expires_at else None,
        "withdrawn": sheet.withdrawn_at is not None,
        "purged": sheet.purged_at is not None,
    }


def sheet_by_reference(viewer: Viewer | None, reference: str) -> Sheet | None:
    """The sheet a speakable reference names, if the viewer may see it."""
    return Sheet.objects.filter(visible(viewer), reference__iexact=reference.strip()).first()


@dataclass(frozen=True)
class Ground:
    """One ground on which a sheet may be seen: whether it holds for this viewer, and why."""

    name: str
    holds: bool
    why: str


def explain(viewer: Viewer, sheet_id: uuid.UUID) -> list[Ground] | None:
    """Why the viewer sees a sheet, ground by ground; None when he does not see it (a refusal explains nothing)."""
    sheet = Sheet.objects.filter(visible(viewer), id=sheet_id).select_related("access_class", "holder").first()
    if sheet is None:
        return None
    contained = classes_of(viewer).filter(id=sheet.access_class_id).exists()
    to_me = Sheet.objects.filter(Exists(delivered_to(viewer, "pk")), id=sheet.id).exists()
    held = sheet.holder_id == viewer.agency_id
    return [
        Ground("holder", held and contained, _class_words(sheet, viewer, contained) if held else "Another agency holds it."),
        Ground("author", sheet.author_id == viewer.seat_id, "You wrote it." if sheet.author_id == viewer.seat_id else "You did not write it."),
        Ground("delivery", to_me, "It was released to you and is in force." if to_me else "It was not released to you."),
        Ground(
            "lodged",
            sheet.lodged_by_id is not None and (sheet.lodged_by_id == viewer.agency_id or viewer.on_desk),
            "Your agency lodged it, or your desk received it." if sheet.lodged_by_id else "Nobody outside lodged it.",
        ),
    ]


def _class_words(sheet: Sheet, viewer: Viewer, contained: bool) -> str:
    needs = [f"sensitivity {sheet.access_class.get_sensitivity_display()}"]
    if sheet.access_class.groups:
        needs.append(f"groups {', '.join(sheet.access_class.groups)}")
    if sheet.access_class.named_subject:
        needs.append("standing to know names")
    verdict = "yours contain it" if contained else "yours do not contain it"
    if viewer.agency_kind in NEVER_NAMES:
        verdict += "; your kind of agency never receives a named subject"
    return f"Your agency holds it; it asks {', '.join(needs)}: {verdict}."
