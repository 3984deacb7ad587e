"""Keyset cursors: signed, stateless, carrying the filters they were made with."""

import datetime
import uuid
from typing import Any

from django.core import signing

from vedette.kit.errors import Refused

AGAIN = "Start again from the first page."


def write_cursor(position: dict[str, Any]) -> str:
    """A position in a list as an opaque signed text."""
    return signing.dumps(position, salt="vedette.cursor", compress=True)


def read_cursor(text: str) -> dict[str, Any] | None:
    """The position a cursor names; None for an empty text; Refused when it was not made here."""
    if not text:
        return None
    try:
        position: dict[str, Any] = signing.loads(text, salt="vedette.cursor")
    except signing.BadSignature as error:
        raise Refused(
            "after", "This page mark was not made here or was changed.", "Start again from the first page."
        ) from error
    return position
