"""Canonical JSON (RFC 8785): the one byte form that is hashed and signed."""

import datetime
import hashlib
import uuid
from typing import Any

import rfc8785


def plain(value: Any) -> Any:
    """A value as JSON knows it: ids and moments become text, moments in UTC with microseconds and Z."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, bytes):
        return value.hex()
    return value


def canonical_bytes(value: Any) -> bytes:
    """The canonical JSON of a value (RFC 8785); floats beyond JSON's range raise ValueError."""
    return rfc8785.dumps(plain(value))


def digest(value: Any) -> bytes:
    """SHA-256 of the canonical JSON of a value, 32 bytes."""
    return hashlib.sha256(canonical_bytes(value)).digest()
