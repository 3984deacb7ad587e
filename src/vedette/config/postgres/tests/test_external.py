"""A server that the environment names: here one of ours plays the house's own."""

import re
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from vedette.config.postgres import external, roles
from vedette.config.postgres.cluster import Cluster
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.running import running_database
from vedette.config.settings import _database
from vedette.config.testing import throwaway_database

pytestmark = pytest.mark.fault


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch):
    """A server with a database `house`, owned by a login that is no superuser and may make no roles."""
    with Cluster(home / "server", throwaway=True) as running:
        for statement in (
            "CREATE ROLE plain LOGIN PASSWORD 'plain'",
            "CREATE ROLE house_owner LOGIN CREATEROLE CREATEDB PASSWORD 'house'",
            "CREATE DATABASE house OWNER house_owner TEMPLATE template0",
            "CREATE DATABASE narrow OWNER plain TEMPLATE template0",
            "CREATE DATABASE latin OWNER house_owner ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
        ):
            run(running.superuser_url(), statement)
        monkeypatch.setenv("VEDETTE_HOME", str(home / "own"))
        yield running


def run(url: str, statement: str) -> list[tuple]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def url_of(server, login: str, database: str) -> str:
    host = server.superuser_url().partition("?")[2]
    return f"postgresql://{login}@/{database}?{host}"


def test_missing_extensions_are_named_with_the_statement_to_run(server, monkeypatch):
    monkeypatch.setattr(roles, "NEEDED_EXTENSIONS", ("pg_trgm", "earthdistance"))
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, "house_owner:house", "house"))
    with pytest.raises(
        DatabaseUnavailable, match=r"lacks the extensions earthdistance; .*CREATE EXTENSION earthdistance;"
    ):
        external.database_urls("real", Path("/nonexistent"))


def test_an_owner_who_may_make_roles_gets_an_application_login_that_cannot_delete(server, monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, "house_owner:house", "house"))
    for _ in range(2):  # the second time with the kept password
        with running_database("real") as settings:
            run(settings["VEDETTE_DB_OWNER"], "CREATE TABLE IF NOT EXISTS thing (id int)")
            run(settings["VEDETTE_DB"], "INSERT INTO thing VALUES (1)")
            assert run(settings["VEDETTE_DB"], "SELECT current_user") == [("house_app",)]
            for refused in ("DELETE FROM thing", "TRUNCATE thing", "CREATE TABLE other (id int)"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    run(settings["VEDETTE_DB"], refused)
    kept = Path(settings["VEDETTE_HOME"]) / external.PASSWORDS
    assert kept.stat().st_mode & 0o777 == 0o600


def test_an_owner_who_may_make_no_roles_is_told_what_to_run(server, monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, "plain:plain", "narrow"))
    with (
        pytest.raises(DatabaseUnavailable, match=r'CREATE ROLE "narrow_app" LOGIN.*VEDETTE_APP_DATABASE_URL'),
        running_database("real"),
    ):
        pass
    run(server.superuser_url(), "CREATE ROLE narrow_app LOGIN PASSWORD 'given'")
    monkeypatch.setenv("VEDETTE_APP_DATABASE_URL", url_of(server, "narrow_app:given", "narrow"))
    with running_database("real") as settings:
        assert run(settings["VEDETTE_DB"], "SELECT current_user") == [("narrow_app",)]


def test_the_owner_is_refused_as_the_application(server, monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", server.superuser_url("house"))
    monkeypatch.setenv("VEDETTE_APP_DATABASE_URL", server.superuser_url("house"))
    with pytest.raises(DatabaseUnavailable, match="names the owner itself"), running_database("real"):
        pass


def test_a_demonstration_gets_a_database_beside_the_real_one(server, monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", server.superuser_url("house"))
    with running_database("demo") as settings:
        assert run(settings["VEDETTE_DB"], "SELECT current_database()") == [("house_demo",)]
        assert settings["VEDETTE_HOME"].endswith("/demo")
    assert run(server.superuser_url("house"), "SELECT count(*) FROM pg_extension WHERE extname = 'unaccent'") == [(0,)]


@pytest.mark.parametrize(
    ("login", "database", "sentence"),
    [
        ("house_owner:wrong", "house", "check the name and the password"),
        ("house_owner:house", "absent", 'create it with: CREATE DATABASE "absent"'),
        ("house_owner:house", "narrow", 'ALTER DATABASE "narrow" OWNER TO "house_owner"'),
        ("house_owner:house", "latin", "is in LATIN1; make one with ENCODING 'UTF8'"),
        ("house_owner:house", "x" * 62, "is too long"),
        ("house_owner:ho@use", "house", "more than one @: .*write @ as %40"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_the_password(server, monkeypatch, login, database, sentence):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, login, database))
    with pytest.raises(DatabaseUnavailable, match=sentence) as refusal, running_database("real"):
        pass
    assert login.partition(":")[2] not in re.sub(r'house_owner|/house|"house"', "", str(refusal.value))


def test_a_server_that_is_away_and_an_address_that_is_none(monkeypatch, home):
    monkeypatch.setenv("VEDETTE_HOME", str(home))
    for address, sentence in (
        ("postgresql://a@127.0.0.1:9/x", "check that it runs"),
        ("postgresql://a@nowhere.invalid/x", "check that it runs"),
        ("nonsense", "is not a PostgreSQL"),
        ("mysql://a:secret@127.0.0.1/x", "is not a PostgreSQL"),
        ("postgresql://a:secret%zz@127.0.0.1/x", "is not a PostgreSQL"),
    ):
        monkeypatch.setenv("VEDETTE_DATABASE_URL", address)
        with pytest.raises(DatabaseUnavailable, match=sentence) as refusal, running_database("real"):
            pass
        assert "secret" not in str(refusal.value)


def test_a_login_and_a_database_with_unusual_names_reach_every_process_as_they_are(server, monkeypatch):
    run(server.superuser_url(), """CREATE ROLE "dé owner" LOGIN CREATEROLE CREATEDB PASSWORD 'p@ss/w:rd %+1 ä?#'""")
    run(server.superuser_url(), 'CREATE DATABASE "dé house" OWNER "dé owner" TEMPLATE template0')
    login = f"{quote('dé owner')}:{quote('p@ss/w:rd %+1 ä?#', safe='')}"
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, login, quote("dé house")))
    with running_database("real") as settings:
        assert run(settings["VEDETTE_DB_OWNER"], "SELECT current_user, current_database()") == [
            ("dé owner", "dé house")
        ]
        assert run(settings["VEDETTE_DB"], "SELECT current_user") == [("dé house_app",)]
        seen = _database(settings["VEDETTE_DB_OWNER"])
        assert (seen["USER"], seen["NAME"], seen["PASSWORD"]) == ("dé owner", "dé house", "p@ss/w:rd %+1 ä?#")


def test_an_application_login_that_owns_or_may_do_everything_is_refused(server, monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, "plain:plain", "narrow"))
    monkeypatch.setenv("VEDETTE_APP_DATABASE_URL", url_of(server, "almighty:x", "narrow"))
    for statement, sentence in (
        ("SELECT 1", r'does not exist; as a superuser run: CREATE ROLE "almighty"'),
        ("CREATE ROLE almighty LOGIN PASSWORD 'x'", ""),
        ("GRANT plain TO almighty", "must have a login that owns nothing"),
        ("REVOKE plain FROM almighty", ""),
        ("ALTER ROLE almighty SUPERUSER", "must have a login that owns nothing"),
    ):
        run(server.superuser_url(), statement)
        with pytest.raises(DatabaseUnavailable, match=sentence) if sentence else nullcontext():
            external.database_urls("real", Path("/nonexistent"))


def test_the_database_of_the_tests_is_gone_afterwards_with_its_login(server, monkeypatch):
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, "house_owner:house", "house"))
    with throwaway_database() as settings:
        assert run(settings["VEDETTE_DB"], "SELECT current_database(), current_user") == [
            ("house_test", "house_test_app")
        ]
    assert run(server.superuser_url(), "SELECT 1 FROM pg_database WHERE datname = 'house_test'") == []
    assert run(server.superuser_url(), "SELECT 1 FROM pg_roles WHERE rolname = 'house_test_app'") == []


def test_a_server_older_than_the_oldest_is_refused_by_its_version(server, monkeypatch):
    monkeypatch.setattr(external, "OLDEST", 99)
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url_of(server, "house_owner:house", "house"))
    with pytest.raises(DatabaseUnavailable, match=r"Vedette needs 99 or later"), running_database("real"):
        pass
