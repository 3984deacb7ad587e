"""What a leaf of the log commits to: hashes only, so that a lawful purge leaves the tree whole. Imports no Django."""

import hashlib
import os
from typing import TYPE_CHECKING, Any

from vedette.audit.tree import leaf_hash
from vedette.kit.canonical import canonical_bytes

if TYPE_CHECKING:
    from vedette.audit.models import Entry

SALT = 16


def seal_reason(reason: str) -> bytes:
    """A salt and the hash of salt and reason: a proof handed to a partner does not give a typed reason away."""
    if not reason:
        return b""
    salt = os.urandom(SALT)
    return salt + hashlib.sha256(salt + reason.encode()).digest()


def reason_stands(reason: str, seal: bytes) -> bool:
    """Whether a reason is the one that was sealed; one that was purged with its salt leaves only the hash."""
    if not reason:
        return len(seal) in (0, 32)
    return hashlib.sha256(seal[:SALT] + reason.encode()).digest() == seal[SALT:]


def body_of(entry: "Entry") -> dict[str, Any]:
    """An entry as its leaf holds it: without its place in the log, reason and document as hashes."""
    seal = bytes(entry.reason_seal)
    return {
        "id": entry.id,
        "real_at": entry.real_at,
        "shown_at": entry.shown_at,
        "actor": entry.actor,
        "code": entry.code,
        "objects": list(entry.objects_ids),
        "reason": seal[-32:],
        "document": bytes(entry.document),
    }


def leaf_of(body: dict[str, Any]) -> bytes:
    """The leaf of an entry's body: sha256(0x00 || canonical JSON) (RFC 9162 section 2.1.1, RFC 8785)."""
    return leaf_hash(canonical_bytes(body))
