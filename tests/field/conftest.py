"""A running house and officers' phones beside it; what the house holds is asked of its own database."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.field.phones import OFFICER, Phone
from tests.flows.conftest import House, as_for_a_person, running_house
from tests.flows.walking import CHROMIUM
from vedette.demo.client import Person

Rows = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for a file of tests; a test that hurts it starts it again."""
    home = tmp_path_factory.mktemp("field")
    with pytest.MonkeyPatch.context() as patch:
        as_for_a_person(home, patch)
        with running_house(home) as found:
            yield found


@pytest.fixture
def officer(base: House) -> Iterator[Person]:
    """The officer in Paris at another door than his phone."""
    with closing(Person(base.address, OFFICER)) as found:
        yield found


def put_away(phone: Phone) -> None:
    """Nothing went wrong on it, and it is taken out of use: a seat has five phones at most."""
    phone.switch_off()
    assert phone.wrong == []
    if phone.number:
        said = {"because": "The test is over.", "own": True}
        with closing(Person(phone.address, OFFICER)) as officer:
            officer.post_raw(f"/api/v1/handsets/{phone.number}/revoke", said)


@pytest.fixture
def phone(driver: Playwright, base: House, tmp_path: Path) -> Iterator[Phone]:
    """A phone set up for LO Paris."""
    made = Phone(driver, tmp_path / "phone", base.address).set_up()
    yield made
    put_away(made)


@pytest.fixture
def bare_phone(driver: Playwright, base: House, tmp_path: Path) -> Iterator[Phone]:
    """A phone on which nobody has opened the app."""
    made = Phone(driver, tmp_path / "phone", base.address)
    yield made
    put_away(made)


@pytest.fixture
def rows(base: House) -> Rows:
    """Ask the house's own database."""

    def ask(question: str, *values: Any) -> list[Any]:
        with psycopg.connect(base.settings["VEDETTE_DB_OWNER"]) as connection:
            return connection.execute(question.encode(), values).fetchall()

    return ask


@pytest.fixture
def end_sessions(base: House) -> Callable[[], None]:
    """Every session at the server runs out; the phones keep their cookies."""

    def end() -> None:
        with psycopg.connect(base.settings["VEDETTE_DB_OWNER"]) as connection:
            connection.execute("UPDATE django_session SET expire_date = now() - interval '1 hour'")

    return end


def reports_saying(rows: Rows, text: str) -> int:
    """How many reports the house holds with these words."""
    found: int = rows("SELECT count(*) FROM reporting_version WHERE text = %s", text)[0][0]
    return found


def words() -> str:
    """Words that no other test files."""
    return f"Column of smoke over the north bank {uuid.uuid4().hex[:8]}"
