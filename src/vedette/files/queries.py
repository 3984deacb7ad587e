"""Reads of stored files: which hang on a sheet, as the viewer may see them."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from vedette.agencies.viewer import Viewer
from vedette.files.models import StoredFile


def files_of(viewer: Viewer | None, sheet_id: uuid.UUID) -> list[StoredFile]:
    """The files of one sheet that the viewer may see, oldest first."""
    return list(_stored(viewer).filter(sheet=sheet_id).order_by("at"))


def files_by_sheet(viewer: Viewer | None, sheets: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[StoredFile]]:
    """The files of many sheets, in one question."""
    found: dict[uuid.UUID, list[StoredFile]] = {}
    for row in _stored(viewer).filter(sheet__in=list(sheets)).order_by("at"):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def _stored(viewer: Viewer | None) -> QuerySet[StoredFile]:
    return StoredFile.objects.seen_by(viewer).filter(state=StoredFile.State.STORED).select_related("by")
