"""The application's role, signed in for real: what it may do, and the database's own refusal of everything else."""

import os
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from vedette.audit.actions import record
from vedette.audit.models import Entry
from vedette.config.postgres.privileges import APPEND_ONLY, MAY_DELETE, grant, guarded_tables, role_in
from vedette.kit.actions import install

REFUSED = psycopg.errors.InsufficientPrivilege
pytestmark = pytest.mark.fault


def address(**others: str) -> str:
    """The test database, under another login when one is given."""
    facts = connection.get_connection_params()
    known = {name: facts[name] for name in ("dbname", "user", "password", "host", "port") if facts.get(name)}
    return psycopg.conninfo.make_conninfo(**{**known, **others})


def app_login() -> dict[str, str]:
    """The application's login: the launcher's, else that of a development server."""
    named = os.environ.get("VEDETTE_DB", "")
    if not os.environ.get("VEDETTE_DB_OWNER") or role_in(named) == connection.settings_dict["USER"]:
        return {"user": "vedette_app", "password": "x"}
    parts = psycopg.conninfo.conninfo_to_dict(named)
    return {name: str(parts[name]) for name in ("user", "password") if parts.get(name)}


@pytest.fixture
def app(transactional_db) -> Iterator[psycopg.Connection]:
    """A connection of the application's role to a migrated database whose rights the owner has set."""
    record(None, "sheet.opened", [uuid.uuid4()])
    install("test", None)
    login = app_login()
    with psycopg.connect(address(), autocommit=True) as owner:
        grant(owner, login["user"])
    with psycopg.connect(address(**login), autocommit=True) as session:
        yield session


def tables(app: psycopg.Connection) -> list[str]:
    return [row[0] for row in app.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]


def first_column(app: psycopg.Connection, table: str) -> str:
    asked = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
    rows = [row[0] for row in app.execute(asked, [f'public."{table}"'])]
    return next(name for name in rows if name not in APPEND_ONLY.get(table, ()))


def test_no_table_may_be_emptied_altered_or_dropped(app):
    for table in tables(app):
        for statement in ("TRUNCATE", "DROP TABLE"):
            with pytest.raises(REFUSED):
                app.execute(f'{statement} public."{table}" CASCADE')
        with pytest.raises(REFUSED):
            app.execute(f'ALTER TABLE public."{table}" DISABLE TRIGGER ALL')


def test_rows_may_be_deleted_only_where_they_run_out_by_themselves(app):
    for table in tables(app):
        if table in MAY_DELETE:
            app.execute(f'DELETE FROM public."{table}"')
        else:
            with pytest.raises(REFUSED, match="permission denied"):
                app.execute(f'DELETE FROM public."{table}"')


def test_append_only_tables_refuse_every_update_by_right_and_not_only_by_trigger(app):
    for table in set(APPEND_ONLY) & set(tables(app)):
        column = first_column(app, table)
        with pytest.raises(REFUSED, match="permission denied"):
            app.execute(f'UPDATE public."{table}" SET "{column}" = "{column}"')


def test_the_application_writes_and_seals_entries_but_changes_none(app):
    key = Entry.objects.get().id
    for change in ("code = 'sheet.listed'", "leaf = ''", "xid = '1'", "reason = 'x'"):
        with pytest.raises(REFUSED, match="permission denied"):
            app.execute(f"UPDATE audit_entry SET {change} WHERE id = %s", [key])
    app.execute("UPDATE audit_entry SET seq = 0 WHERE id = %s", [key])
    with pytest.raises(REFUSED, match="append-only"):
        app.execute("UPDATE audit_entry SET seq = 1 WHERE id = %s", [key])


def test_the_application_may_not_step_round_the_triggers_or_take_the_owners_place(app):
    for statement in (
        "SET session_replication_role = replica",
        "SET ROLE vedette_owner",
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ):
        with pytest.raises(REFUSED):
            app.execute(statement)


def test_every_table_guarded_by_the_append_only_trigger_is_closed_declared_or_not(app):
    with psycopg.connect(address()) as owner:
        guarded = guarded_tables(owner)
    assert guarded <= set(tables(app))
    assert set(APPEND_ONLY) - {"audit_entry"} <= guarded
    for table in guarded:
        with pytest.raises(REFUSED, match="permission denied"):
            app.execute(f'UPDATE public."{table}" SET "{first_column(app, table)}" = DEFAULT')


def test_the_migrations_table_is_read_only(app):
    assert app.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0
    with pytest.raises(REFUSED):
        app.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())")
