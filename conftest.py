"""Fixtures every test may ask for: the clock read anew, one fixed cast in a database of kind "test"."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from django.test import override_settings
from psycopg.conninfo import conninfo_to_dict
from pytest_django.plugin import DjangoDbBlocker

from vedette.kit import time
from vedette.kit.time import forget_clock

if TYPE_CHECKING:
    from tests.cast import Cast

ROOT = Path(__file__).parent
# What is asked over HTTP: the screens, the JSON, and what a phone sends.
DOORS = tuple(ROOT / "src" / "vedette" / room for room in ("web", "api", "handsets"))
# The phone's tests in a browser are a tier of their own.
PHONE = (ROOT / "src" / "vedette" / "field", ROOT / "tests" / "field")
# Files that start a whole house take longest: what is short fills the gaps behind them.
HOUSES = (ROOT / "tests" / "flows", ROOT / "tests" / "field")


@pytest.fixture(autouse=True)
def clock_read_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the shown clock of the one before it, and none asks for it again by real time: counts would differ."""
    monkeypatch.setattr(time, "STALE_AFTER", 3600)
    forget_clock()
    yield
    forget_clock()


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Passwords cost next to nothing here; who measures their time takes the real hasher back."""
    with override_settings(PASSWORD_HASHERS=["vedette.agencies.tests.hashing.QuickArgon2"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The test database is a copy of the one that `vedette test` gave its tables, where it did."""
    template = os.environ.get("VEDETTE_TEST_TEMPLATE")
    if template:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = conninfo_to_dict(template)["dbname"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end nobody is left at the test database: a listener that is still hanging up would keep it from being dropped."""
    yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="module")
def kept_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["Cast"]:
    """The fixed cast (tests/cast.py), in place for the tests of one file; a test that commits is in a file without it."""
    from tests.cast import the_cast
    from tests.kept import for_a_file

    with for_a_file(django_db_blocker):
        yield the_cast()


@pytest.fixture
def cast(kept_cast: "Cast", db: None) -> "Cast":
    """The fixed cast, as it was before the test before this one."""
    return kept_cast


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Some tiers are told by place: before the marks choose, the tests of the doors and the phone's get theirs.

    After all else was put in order, the files that start a house come first.
    """
    for item in items:
        if any(item.path.is_relative_to(place) for place in DOORS):
            item.add_marker("page")
        if item.get_closest_marker("browser") and any(item.path.is_relative_to(place) for place in PHONE):
            item.add_marker("phone")
    yield
    items.sort(key=lambda item: not any(item.path.is_relative_to(place) for place in HOUSES))


def pytest_collection_finish() -> None:
    """The loaded house and the collected tests are never garbage: looking through them again and again cost every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
