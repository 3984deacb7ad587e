"""Announcing what happened: a row, and a wake-up that PostgreSQL sends when the transaction commits."""

import uuid

from vedette.kit.statements import fetch
from vedette.kit.time import real_now

CHANNEL = "vedette"
# Row and wake-up in one statement: every act pays for it (bench B10).
ANNOUNCE = """WITH event AS (INSERT INTO live_event (kind, ids, at) VALUES (%(kind)s, %(ids)s::uuid[], %(at)s) RETURNING seq)
SELECT pg_notify(%(channel)s, json_build_array(seq, %(kind)s::text, %(ids)s::text[])::text) FROM event"""


def announce(kind: str, *ids: uuid.UUID) -> None:
    """Put an event in the outbox and wake the streams after commit; the wake-up carries ids only, in commit order."""
    fetch(ANNOUNCE, {"kind": kind, "ids": [str(item) for item in ids], "at": real_now(), "channel": CHANNEL})
