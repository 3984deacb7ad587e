"""After a purge: writing the purged tables anew, so that the database's own files hold no old version of a row."""

import re
import time
from collections.abc import Callable

import psycopg
from psycopg import sql

from vedette.config.postgres.errors import DatabaseUnavailable

Connection = psycopg.Connection[tuple[object, ...]]
# Samples of what stood in the columns lie among the planner's statistics: they are drawn anew and written anew too.
STATISTICS = sql.SQL("pg_catalog.pg_statistic")
PURGED = r"""
SELECT substring(proname from 7) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
   AND prosecdef AND proname LIKE 'purge\_%' AND proname <> 'purge_check' ORDER BY proname
"""
ENDED = "SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::text::xid8"
KEPT = re.compile(r"([1-9]\d*) dead row versions cannot be removed yet")
STILL_OPEN = "Something that began before the purge still runs and sees the old rows: end it, or run this again later."


def scrub(url: str, say: Callable[[str], object] = print, wait: float = 60.0) -> list[str]:
    """Write every table that a purge blanks anew, as the owner; each is closed to others while it is written.

    DatabaseUnavailable with one sentence when something that began before still sees the old rows after `wait` seconds.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        _wait_for_all_that_runs(connection, wait)
        kept: list[str] = []
        connection.add_notice_handler(lambda notice: kept.extend(KEPT.findall(notice.message_detail or "")))
        tables = [str(row[0]) for row in connection.execute(PURGED)]
        for table in tables:
            named = sql.Identifier("public", table)
            connection.execute(sql.SQL("VACUUM (FULL, ANALYZE, VERBOSE) {}").format(named))
            if kept:
                raise DatabaseUnavailable(STILL_OPEN)
            say(f"written anew: {table}")
        connection.execute(sql.SQL("VACUUM (FULL) {}").format(STATISTICS))
    say("No old version of a purged row is left in the database's tables. Its log of changes and older backups remain.")
    return tables


def _wait_for_all_that_runs(connection: Connection, wait: float) -> None:
    """Until every transaction that runs now has ended: a row it may still see is not removed."""
    row = connection.execute("SELECT pg_current_xact_id()::text").fetchone()
    until = time.monotonic() + wait
    while not (ended := connection.execute(ENDED, row).fetchone()) or not ended[0]:
        if time.monotonic() > until:
            raise DatabaseUnavailable(STILL_OPEN)
        time.sleep(0.2)
