"""Reads of what others sent: the list with its trace, and one opened."""

import datetime
import uuid
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.files.models import StoredFile
from vedette.files.queries import files_by_sheet
from vedette.handling.actions import open_one, record_list
from vedette.handling.policy import newest, visible_sheets
from vedette.reporting.models import Received

Position = tuple[datetime.datetime, uuid.UUID]


@dataclass(frozen=True)
class ReceivedRow:
    """One thing received: the row, the reference it is about (when the viewer may see that), its files."""

    received: Received
    about: str = ""
    files: list[StoredFile] = field(default_factory=list)


def received_page(
    viewer: Viewer | None, limit: int = 30, before: Position | None = None
) -> tuple[list[ReceivedRow], Position | None]:
    """The newest things received that the viewer may see, newest first, and where the rest begins; one audit entry."""
    ids = newest(viewer, ["received"], limit + 1, before)
    rows = _rows(viewer, ids[:limit])
    if viewer is not None:
        record_list(viewer, [row.received.pk for row in rows])
    more = len(ids) > limit and rows
    return rows, (rows[-1].received.sheet.filed_at, rows[-1].received.pk) if more else None


def received_about(viewer: Viewer | None, sheet_id: uuid.UUID) -> list[ReceivedRow]:
    """What others sent about one record."""
    ids = Received.objects.seen_by(viewer).filter(about=sheet_id).order_by("received_at").values_list("pk", flat=True)
    return _rows(viewer, list(ids))


def open_received(viewer: Viewer | None, key: uuid.UUID | None, reason: str = "") -> Received:
    """One thing received, opened with a trace; Missing when there is nothing the viewer may see."""
    return open_one(viewer, Received, key, reason)


def _rows(viewer: Viewer | None, ids: list[uuid.UUID]) -> list[ReceivedRow]:
    found = {
        row.pk: row
        for row in Received.objects.seen_by(viewer)
        .filter(pk__in=ids)
        .select_related("sheet", "sheet__originator", "sheet__access_class", "sender_agency")
    }
    about = visible_sheets(viewer, [row.about_id for row in found.values() if row.about_id])
    files = files_by_sheet(viewer, found)
    return [
        ReceivedRow(row, about[row.about_id].reference if row.about_id in about else "", files.get(key, []))
        for key in ids
        if (row := found.get(key))
    ]
