"""Reads about sheets themselves: how one is handled, and why a viewer can or cannot see it."""

import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Q, Subquery, Value, When

from vedette.agencies.viewer import Viewer
from vedette.handling.facts import facts_of
from vedette.handling.judging import NO, face
from vedette.handling.models import Sheet, SheetChange
from vedette.handling.policy import STRUCK, delivered_to, faces, grounds, visible, visible_sheets


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
class Stub:
    """What is left of a sheet that was withdrawn or recalled: its reference, why, when, what replaces it."""

    reference: str
    because: str
    at: datetime.datetime | None
    replaced_by: str = ""


def stubs(viewer: Viewer | None, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Stub]:
    """The stubs of those sheets that stand struck before the viewer; `replaced_by` is a reference he may see, or empty."""
    struck = [key for key, face in faces(viewer, ids).items() if face == STRUCK]
    if viewer is None or not struck:
        return {}
    recalled = delivered_to(viewer, "pk").filter(recalled_at__isnull=False).order_by("-recalled_at")
    rows = Sheet.objects.filter(id__in=struck).annotate(
        taken_at=Subquery(recalled.values("recalled_at")[:1]),
        taken_because=Subquery(recalled.values("recalled_because")[:1]),
    )
    found = list(rows)
    newer = visible_sheets(viewer, [row.replaced_by_id for row in found if row.replaced_by_id])
    return {row.id: _stub(row, newer) for row in found}


def _stub(row: Any, newer: dict[uuid.UUID, Sheet]) -> Stub:
    replacement = newer[row.replaced_by_id].reference if row.replaced_by_id in newer else ""
    if row.withdrawn_at is not None:
        return Stub(row.reference, row.withdrawn_because, row.withdrawn_at, replacement)
    return Stub(row.reference, row.taken_because or "", row.taken_at, replacement)


@dataclass(frozen=True)
class Ground:
    """One ground on which a sheet may be seen: whether it holds for this viewer, and why."""

    name: str
    holds: bool
    why: str


def explain(viewer: Viewer | None, sheet_id: uuid.UUID) -> list[Ground] | None:
    """Why the viewer sees a sheet, ground by ground; None when he does not see it (a refusal explains nothing)."""
    if viewer is None:
        return None
    columns = {f"by_{name}": _holds(condition) for name, condition in grounds(viewer).items()}
    rows = Sheet.objects.filter(visible(viewer), id=sheet_id).select_related("access_class", "holder")
    sheet = rows.annotate(**columns).first()
    if sheet is None:
        return None
    names = ("holder", "author", "delivery", "lodged", "recalled")
    holds = {name: bool(getattr(sheet, f"by_{name}", False)) for name in names}
    taken_back = holds["recalled"] and not holds["delivery"]
    return [
        Ground("holder", holds["holder"], _holder_words(sheet, viewer, holds["holder"])),
        Ground("author", holds["author"], "You wrote it." if holds["author"] else "You did not write it."),
        Ground("delivery", holds["delivery"], _delivery_words(holds["delivery"], taken_back)),
        Ground("lodged", holds["lodged"], _lodged_words(holds["lodged"])),
    ]


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _lodged_words(holds: bool) -> str:
    return (
        "Your agency lodged it, or your desk received it." if holds else "Neither your agency nor your desk has it so."
    )


def _delivery_words(in_force: bool, taken_back: bool) -> str:
    if in_force:
        return "It was released to you and is in force."
    return (
        "It was released to you and recalled: only its stub is left." if taken_back else "It was not released to you."
    )


def _holder_words(sheet: Sheet, viewer: Viewer, holds: bool) -> str:
    if sheet.holder_id != viewer.agency_id:
        return "Another agency holds it."
    needs = [f"sensitivity {sheet.access_class.get_sensitivity_display()}"]
    if sheet.access_class.groups:
        needs.append(f"groups {', '.join(sheet.access_class.groups)}")
    if sheet.access_class.named_subject:
        needs.append("standing to know names")
    verdict = "yours contain it" if holds else "not on this ground"
    if holds and viewer.glass_broken and not _seen_without_glass(sheet, viewer):
        verdict = "only your broken glass shows it"
    return f"Your agency holds it; it asks {', '.join(needs)}: {verdict}."


def _seen_without_glass(sheet: Sheet, viewer: Viewer) -> bool:
    plain = dataclasses.replace(viewer, broken_glass_until=None)
    return Sheet.objects.filter(grounds(plain)["holder"], id=sheet.id).exists()


def lost_sight(sheet_id: uuid.UUID, viewers: Sequence[Viewer]) -> list[Viewer]:
    """Of these viewers the ones who saw a sheet until its handling was last changed, and do not any more."""
    now_stands = facts_of([sheet_id], viewers).get(sheet_id)
    last = SheetChange.objects.filter(sheet=sheet_id, until__isnull=False).order_by("-until").first()
    if now_stands is None or last is None:
        return []
    was = last.handling
    groups, named = frozenset(was["groups"]), was["named_subject"]
    before = dataclasses.replace(now_stands, sensitivity=was["sensitivity"], groups=groups, named=named)
    return [viewer for viewer in viewers if face(viewer, now_stands) == NO and face(viewer, before) != NO]
