"""What the application's role may do, set by the owner after each migration and held in one table."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

# Append-only tables and the columns that may still be set in them (the database's triggers guard the same).
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "audit_entry": ("seq",),
    "audit_node": (),
    "audit_checkpoint": (),
    "reporting_version": (),
    "kit_installation": (),
    "sharing_delivery": (),
    "sharing_receipt": (),
    "sharing_recall": (),
    "sharing_withdrawal": (),
    "handling_purgeorder": (),
    "handling_purgeitem": (),
    "handling_purgedecision": (),
    "handling_purgeresult": (),
}
# The only tables whose rows the application drops: what runs out by itself (sessions, the outbox, counted attempts),
# and the parts of a release that is still a draft (a trigger keeps those of a signed one).
MAY_DELETE = ("django_session", "live_event", "agencies_attempt", "sharing_recipient")
READ_ONLY = ("django_migrations",)
GUARD = "vedette_append_only"
# What every blanking function asks before anything else; nobody calls it by himself.
CHECK = "purge_check"


@dataclass(frozen=True)
class Table:
    """A table of the house with what the application may do in it."""

    name: str
    rights: tuple[str, ...]
    columns: tuple[str, ...] = ()


def grant(connection: Connection, role: str) -> list[Table]:
    """Set the application's rights on every table that is there; safe to repeat. What was set is answered."""
    tables = [rights_of(name, guarded) for name, guarded in _tables(connection)]
    app = sql.Identifier(role)
    with connection.transaction():
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
        connection.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}, PUBLIC").format(app))
        connection.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app))
        for table in tables:
            name = sql.Identifier(table.name)
            connection.execute(sql.SQL("REVOKE ALL ON TABLE {} FROM {}, PUBLIC").format(name, app))
            rights = sql.SQL(", ").join(sql.SQL(right) for right in table.rights)
            connection.execute(sql.SQL("GRANT {} ON TABLE {} TO {}").format(rights, name, app))
            for column in table.columns:
                statement = sql.SQL("GRANT UPDATE ({}) ON TABLE {} TO {}")
                connection.execute(statement.format(sql.Identifier(column), name, app))
        for function in _blanking(connection):
            named = sql.Identifier(function)
            connection.execute(sql.SQL("REVOKE ALL ON FUNCTION {}(uuid) FROM {}, PUBLIC").format(named, app))
            if function != CHECK:
                connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {}(uuid) TO {}").format(named, app))
    return tables


def _blanking(connection: Connection) -> list[str]:
    """The functions a purge runs as the owner: each asks for an approved order itself, and nobody else may call it."""
    rows = connection.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND proname LIKE 'purge\\_%' ORDER BY proname"
    ).fetchall()
    return [str(row[0]) for row in rows]


def rights_of(name: str, guarded: bool = False) -> Table:
    """What the application may do in a table; one that carries the guard is append-only, declared or not."""
    if name in READ_ONLY:
        return Table(name, ("SELECT",))
    if name in APPEND_ONLY or guarded:
        return Table(name, ("SELECT", "INSERT"), APPEND_ONLY.get(name, ()))
    drops = ("DELETE",) if name in MAY_DELETE else ()
    return Table(name, ("SELECT", "INSERT", "UPDATE", *drops))


def _tables(connection: Connection) -> list[tuple[str, bool]]:
    """Every table in the house's schema, and whether the append-only guard stands before updates of it."""
    rows = connection.execute(
        """
        SELECT relation.relname, EXISTS (
            SELECT 1 FROM pg_trigger AS guard JOIN pg_proc AS function ON function.oid = guard.tgfoid
            WHERE guard.tgrelid = relation.oid AND function.proname = %s
              AND guard.tgtype & 16 <> 0 AND guard.tgattr = ''
        )
        FROM pg_class AS relation
        WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'p')
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend WHERE objid = relation.oid AND deptype = 'e'
          )
        ORDER BY relation.relname
        """,
        [GUARD],
    ).fetchall()
    return [(str(name), bool(guarded)) for name, guarded in rows]


def guarded_tables(connection: Connection) -> set[str]:
    """The tables whose rows the database itself refuses to change."""
    return {name for name, guarded in _tables(connection) if guarded}


def role_in(url: str) -> str:
    """The role that an address signs in as."""
    return unquote(urlsplit(url).username or "")


def grant_by_urls(owner_url: str, app_url: str) -> None:
    """As the owner, set the rights of the application's role; nothing when one role serves for both (development)."""
    role = role_in(app_url)
    if not role or role == role_in(owner_url):
        return
    with psycopg.connect(owner_url, autocommit=True) as connection:
        grant(connection, role)
