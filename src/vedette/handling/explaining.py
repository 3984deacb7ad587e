"""What the explain page tells of a sheet: the grounds on which it is seen, how it is handled, and how that changed."""

import datetime
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sensitivity, Sheet, SheetChange
from vedette.handling.policy import visible
from vedette.handling.queries import Ground, Stub, explain, stubs
from vedette.kit.errors import Missing

REFERENCE = re.compile(r"[\w-]{3,40}")
OTHERS = re.compile(r"\b[\w-]{1,12}-\d{2}-\d{4,}\b")
INSIDE = frozenset({"holder", "author", "lodged"})


@dataclass(frozen=True)
class Change:
    """How a sheet was handled from a moment on: who set it so, why, and what was other than before (all of it at first)."""

    since: datetime.datetime
    until: datetime.datetime | None
    who: str
    because: str
    handling: dict[str, Any]
    differs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Explained:
    """Why a viewer sees a sheet. `stub`: how it was struck, if it was; `inside`: he sees it as home, not by delivery."""

    sheet: Sheet
    grounds: list[Ground]
    stub: Stub | None
    inside: bool
    changes: list[Change]

    @property
    def only_stub(self) -> bool:
        """The sheet was taken back from this viewer, who has no other ground."""
        return self.stub is not None and not any(ground.holds for ground in self.grounds)


def explained(viewer: Viewer | None, reference: str) -> Explained:
    """Why a viewer sees the sheet of this reference; Missing for what he does not see and for what there is not.

    How a sheet is classed, and how that changed, is the house's own business: whoever has it by delivery is told the
    grounds, whose word it is and until when, and no more.
    """
    sheet = _sheet_of(viewer, reference)
    found = explain(viewer, sheet.id) if sheet else None
    if viewer is None or sheet is None or found is None:
        raise Missing
    inside = viewer.is_home and any(ground.holds for ground in found if ground.name in INSIDE)
    changes = _changes(viewer, sheet) if inside else []
    return Explained(sheet, found, stubs(viewer, [sheet.id]).get(sheet.id), inside, changes)


def _sheet_of(viewer: Viewer | None, reference: str) -> Sheet | None:
    if not REFERENCE.fullmatch(reference):
        return None
    rows = Sheet.objects.filter(visible(viewer), reference__iexact=reference)
    return rows.select_related("access_class", "originator", "holder", "lodged_by").first()


def _changes(viewer: Viewer, sheet: Sheet) -> list[Change]:
    rows = list(SheetChange.objects.filter(sheet=sheet).order_by("since", "id"))
    seats = labels(row.by for row in rows)
    reasons = _reasons(viewer, sheet, rows)
    found: list[Change] = []
    for number, row in enumerate(rows):
        before = rows[number - 1].handling if number else {}
        differs = [name for name, value in row.handling.items() if before.get(name) != value]
        who = seats.get(row.by, "") if row.by else ""
        found.append(Change(row.since, row.until, who, reasons[row.id], _in_words(row.handling), differs))
    return found


def _reasons(viewer: Viewer, sheet: Sheet, rows: Iterable[SheetChange]) -> dict[uuid.UUID, str]:
    """The reasons as typed; a record they name that the viewer may not see stands as "another record"."""
    said = {row.id: row.because for row in rows}
    named = {name for text in said.values() for name in OTHERS.findall(text)}
    seen = set(Sheet.objects.filter(visible(viewer), reference__in=named).values_list("reference", flat=True))
    hidden = named - seen - {sheet.reference}
    return {
        key: OTHERS.sub(lambda found: "another record" if found.group() in hidden else found.group(), text)
        for key, text in said.items()
    }


def _in_words(handling: dict[str, Any]) -> dict[str, Any]:
    level = handling.get("sensitivity")
    return {**handling, "sensitivity": Sensitivity(level).label if level in Sensitivity.values else level}
