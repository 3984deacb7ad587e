"""Writing an audit entry: in the transaction of the act it tells of."""

import uuid
from collections.abc import Iterable
from typing import Protocol

from vedette.audit.codes import sentence
from vedette.audit.leaves import body_of, leaf_of, seal_reason
from vedette.audit.models import Entry
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now


class Actor(Protocol):
    """Anyone who acts: known by the seat."""

    @property
    def seat_id(self) -> uuid.UUID: ...


def record(
    by: Actor | None, code: str, objects: Iterable[uuid.UUID | None], reason: str = "", *, document: bytes = b""
) -> Entry:
    """Append one entry; an undeclared code raises KeyError before anything is written.

    `document`: SHA-256 of the canonical JSON of what this act signed or sent; a proof then binds the document.
    """
    sentence(code)
    entry = Entry(
        id=new_id(),
        real_at=real_now(),
        shown_at=now(),
        actor=by.seat_id if by else None,
        code=code,
        objects_ids=[item for item in objects if item],
        reason=reason[:300],
        reason_seal=seal_reason(reason[:300]),
        document=document,
    )
    entry.leaf = leaf_of(body_of(entry))
    entry.save(force_insert=True)
    return entry
