"""Writing an audit entry: in the transaction of the act it tells of."""

import uuid
from collections.abc import Iterable
from typing import Protocol

from django.db import connection

from vedette.audit.codes import sentence
from vedette.audit.leaves import body_of, leaf_of, seal_reason
from vedette.audit.models import Entry
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now

COLUMNS = (
    "id", "real_at", "shown_at", "actor", "code", "objects_ids", "reason", "reason_seal", "document", "leaf",
)  # fmt: skip
INSERT = """
INSERT INTO audit_entry (id, real_at, shown_at, actor, code, objects, reason, reason_seal, document, leaf)
VALUES (%s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s)
"""


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
    _insert(entry)
    return entry


def _insert(entry: Entry) -> None:
    """Written in plain SQL: every act pays for this line, and the ORM's way round costs it twice over (bench B8)."""
    values = [getattr(entry, column) for column in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
    entry._state.adding = False
