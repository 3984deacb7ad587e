"""What a database holds, as one hash a table: the same wherever the rows lie and in whatever order they were stored."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

# Rows that run out by themselves and are not carried along.
LEFT_OUT = ("django_session",)
# A row's text depends on these; set, it is the same on every server.
PLAIN = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
HASH = """
SELECT count(*), coalesce(encode(sha256(string_agg(line, ''::bytea ORDER BY line)), 'hex'), '')
FROM (SELECT sha256(convert_to(item::text, 'UTF8')) AS line FROM public.{table} AS item) AS lines
"""
TABLES = """
SELECT relation.relname FROM pg_class AS relation
WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'p') AND NOT relation.relispartition
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = relation.oid AND deptype = 'e')
ORDER BY 1
"""


def tables(connection: Connection) -> list[str]:
    """The house's tables."""
    return [str(row[0]) for row in connection.execute(TABLES).fetchall()]


def content_hashes(connection: Connection) -> dict[str, dict[str, object]]:
    """Rows and hash of every table, in the caller's transaction."""
    for name, value in PLAIN.items():
        connection.execute("SELECT set_config(%s, %s, true)", [name, value])
    found: dict[str, dict[str, object]] = {}
    for table in tables(connection):
        if table in LEFT_OUT:
            continue
        row = connection.execute(sql.SQL(HASH).format(table=sql.Identifier(table))).fetchone()
        rows, digest = row or (0, "")
        found[table] = {"rows": rows, "sha256": digest}
    return found


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The tables that are not the same."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
