"""Making a bundle: entries with their documents and proofs, which anyone verifies without our server."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vedette.audit.checkpoints import latest_checkpoint
from vedette.audit.leaves import body_of
from vedette.audit.models import Entry
from vedette.audit.nodes import stored_inclusion
from vedette.audit.notes import LogKey
from vedette.audit.offline import FORM
from vedette.kit.canonical import plain
from vedette.kit.errors import Conflict, Missing


@dataclass(frozen=True)
class Item:
    """An entry, and what it tells of: the document as it was signed or sent, with its JWS when there is one."""

    entry: uuid.UUID
    document: dict[str, Any] | None = None
    jws: str = ""


def make_bundle(items: Iterable[Item], *, log_keys: Sequence[LogKey], jwks: dict[str, Any]) -> dict[str, Any]:
    """The bundle of these entries under the newest checkpoint; Conflict while one of them still waits for it."""
    wanted = list(items)
    rows = {row.id: row for row in Entry.objects.filter(id__in=[item.entry for item in wanted])}
    note = latest_checkpoint()
    if not wanted or any(item.entry not in rows for item in wanted):
        raise Missing
    if note is None or any(row.seq is None or row.seq >= note.size for row in rows.values()):
        raise Conflict("The log has not been signed since this happened.", "Ask again in some seconds.")
    return {
        "form": FORM,
        "checkpoint": note.note,
        "log_keys": [key.text() for key in log_keys],
        "keys": jwks,
        "items": [_item(item, rows[item.entry], note.size) for item in wanted],
    }


def _item(item: Item, row: Entry, size: int) -> dict[str, Any]:
    index = row.seq or 0
    made: dict[str, Any] = {
        "entry": plain(body_of(row)),
        "index": index,
        "path": [step.hex() for step in stored_inclusion(index, size)],
    }
    if item.document is not None:
        made["document"] = plain(item.document)
    if item.jws:
        made["jws"] = item.jws
    return made


def entries_of(subject: uuid.UUID, codes: Iterable[str] = ()) -> list[Item]:
    """Every entry that tells of a sheet, release or other object, oldest first; of these codes when any are named."""
    rows = Entry.objects.filter(objects_ids__contains=[subject])
    if wanted := list(codes):
        rows = rows.filter(code__in=wanted)
    return [Item(key) for key in rows.order_by("real_at", "id").values_list("id", flat=True)]
