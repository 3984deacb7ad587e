"""Which sheets an asker may hear of here: the auditor of every one, by reference; all others of what they may see."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sheet
from vedette.handling.policy import visible
from vedette.kit.errors import Missing

WHY = "an auditor reads trails and receipts, which hold no content"


def oversees(viewer: Viewer | None) -> bool:
    """The home agency's auditor: trails and ids of every record, content of none (but through open_one, with a reason)."""
    return viewer is not None and viewer.is_home and viewer.holds("auditor")


def sheets_for(viewer: Viewer | None) -> QuerySet[Sheet]:
    """The sheets whose trail this viewer may read."""
    return Sheet.objects.all() if oversees(viewer) else Sheet.objects.filter(visible(viewer))


def rows_for(viewer: Viewer | None, model: Any) -> QuerySet[Any]:
    """The rows of a table of receipts, links or states that this viewer may hear of."""
    rows: QuerySet[Any] = model.objects.as_house(WHY) if oversees(viewer) else model.objects.seen_by(viewer)
    return rows


def references(viewer: Viewer | None, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The references of those ids that are sheets this viewer may hear of."""
    return dict(sheets_for(viewer).filter(id__in=set(ids)).values_list("id", "reference"))


def sheet_named(viewer: Viewer | None, reference: str) -> Sheet:
    """The sheet a reference names; Missing tells nothing."""
    asked = reference.strip()[:40]
    found = sheets_for(viewer).filter(reference__iexact=asked).select_related("originator", "access_class").first()
    if found is None:
        raise Missing
    return found
