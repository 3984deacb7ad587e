"""The roles, databases, extensions and default privileges that the embedded server must have; safe to repeat."""

import re
from collections.abc import Mapping

import psycopg
from psycopg import sql

from vedette.config.postgres.errors import DatabaseUnavailable

OWNER = "vedette_owner"
APP = "vedette_app"
# All three are "trusted": the owner of a database may create them without a superuser.
NEEDED_EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
WELCOME_EXTENSIONS = ("vector",)


def ensure_roles(superuser_url: str, passwords: Mapping[str, str]) -> None:
    """The owner makes databases and tables; the application's role owns nothing, migrations grant it more."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        # Two first starts of one server are kept apart by the start lock, so look-then-create is safe here.
        for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER" if known else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
                    verb, sql.Identifier(role), sql.SQL(rights), sql.Literal(passwords[role])
                )
            )


def prepare(superuser_url: str, owner: str = OWNER, app: str = APP) -> None:
    """Extensions and default privileges in one database; done in template1 too, so that test databases inherit them."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SET client_min_messages = error")
        available = {row[0] for row in connection.execute("SELECT name FROM pg_available_extensions")}
        missing = [name for name in NEEDED_EXTENSIONS if name not in available]
        if missing:
            raise DatabaseUnavailable(
                f"This PostgreSQL lacks the extensions {', '.join(missing)}: install its contrib package."
            )
        for name in (*NEEDED_EXTENSIONS, *(name for name in WELCOME_EXTENSIONS if name in available)):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        grant_defaults(connection, owner, app)


def grant_defaults(connection: psycopg.Connection[tuple[object, ...]], owner: str, app: str) -> None:
    """What the application may do with tables to come: read, add and change rows; never delete or empty them."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE ON SEQUENCES TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names))


def ensure_database(superuser_url: str, name: str, owner: str = OWNER, app: str = APP) -> bool:
    """Create the owner's database unless it is there, closed to all but owner and application; True if made."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise ValueError(f"not a database name: {name!r}")
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        names = {"name": sql.Identifier(name), "owner": sql.Identifier(owner), "app": sql.Identifier(app)}
        try:
            connection.execute(sql.SQL("CREATE DATABASE {name} OWNER {owner}").format(**names))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {name} TO {app}").format(**names))
    return True
