"""Announcing what happened: a row, and a wake-up that PostgreSQL sends when the transaction commits."""

import json
import uuid

from django.db import connection

from vedette.kit.time import real_now
from vedette.live.models import Event

CHANNEL = "vedette"


def announce(kind: str, *ids: uuid.UUID) -> Event:
    """Put an event in the outbox and wake the streams after commit; the wake-up carries ids only, in commit order."""
    event = Event.objects.create(kind=kind, ids=list(ids), at=real_now())
    payload = json.dumps([event.seq, kind, [str(item) for item in ids]])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
    return event
