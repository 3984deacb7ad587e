"""The store of sessions: Django's own table, read by one statement of ours, since every request asks it (bench B10)."""

from typing import Any

from django.contrib.sessions.backends import db

from vedette.kit.statements import fetch
from vedette.kit.time import real_now

KEPT = "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s"


class SessionStore(db.SessionStore):
    """A session as the database keeps it."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, when it is not kept or has run out (real time)."""
        rows = fetch(KEPT, {"key": self.session_key, "now": real_now()})
        if rows:
            found: dict[str, Any] = self.decode(rows[0][0])
            return found
        self._session_key = None
        return {}
