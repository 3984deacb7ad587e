"""Writing an audit entry: in the transaction of the act it tells of."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Protocol

from vedette.audit.codes import sentence
from vedette.audit.models import Entry
from vedette.kit.canonical import canonical_bytes
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now


class Actor(Protocol):
    """Anyone who acts: known by the seat."""

    @property
    def seat_id(self) -> uuid.UUID: ...


def leaf_hash(entry: Entry) -> bytes:
    """The leaf of an entry: sha256(0x00 || canonical JSON of it without its place in the log) (RFC 9162 section 2.1.1)."""
    body = {
        "id": entry.id,
        "real_at": entry.real_at,
        "shown_at": entry.shown_at,
        "actor": entry.actor,
        "code": entry.code,
        "objects": entry.objects_ids,
        "reason": entry.reason,
    }
    return hashlib.sha256(b"\x00" + canonical_bytes(body)).digest()


def record(by: Actor | None, code: str, objects: Iterable[uuid.UUID | None], reason: str = "") -> Entry:
    """Append one entry; an undeclared code raises KeyError before anything is written."""
    sentence(code)
    entry = Entry(
        id=new_id(),
        real_at=real_now(),
        shown_at=now(),
        actor=by.seat_id if by else None,
        code=code,
        objects_ids=[item for item in objects if item],
        reason=reason[:300],
    )
    entry.leaf = leaf_hash(entry)
    entry.save(force_insert=True)
    return entry
