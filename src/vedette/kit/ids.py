"""Ids: UUIDv7 made by the application, so that a row has its id before it is stored (RFC 9562 section 5.7)."""

import os
import time
import uuid


def new_id() -> uuid.UUID:
    """A fresh UUIDv7; ids made later sort later to the millisecond."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def parse_id(text: str) -> uuid.UUID | None:
    """The id a text spells, or None; never an error, so that a door answers a bad id as it answers an unknown one."""
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
