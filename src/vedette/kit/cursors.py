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
        position = signing.loads(text, salt="vedette.cursor")
    except signing.BadSignature as error:
        raise Refused("after", "This page mark was not made here or was changed.", AGAIN) from error
    if not isinstance(position, dict):
        raise Refused("after", "This page mark belongs to another list.", AGAIN)
    return position


def place_in(cursor: dict[str, Any] | None) -> tuple[datetime.datetime, uuid.UUID] | None:
    """The moment and id that the mark of a list by time names; Refused when it is another list's."""
    if cursor is None:
        return None
    try:
        moment, key = datetime.datetime.fromisoformat(str(cursor["at"])), uuid.UUID(str(cursor["id"]))
    except (KeyError, ValueError) as error:
        raise Refused("after", "This page mark belongs to another list.", AGAIN) from error
    if moment.tzinfo is None:
        raise Refused("after", "This page mark belongs to another list.", AGAIN)
    return moment, key
