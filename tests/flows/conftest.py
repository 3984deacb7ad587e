"""The whole product, started for real in an empty home: its own database, its own server, people at its doors."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.flows.walking import Walk, started_browser, walking
from vedette.config.postgres.account import OPEN_GROUND
from vedette.config.postgres.running import running_database
from vedette.config.serve import answers, child_environment, server_command
from vedette.demo.command import fresh_database
from vedette.demo.feed import DATA, Chronology, read_chronology
from vedette.demo.people import Cast
from vedette.demo.play import Play

FIRST_HOURS = 16
# Read before any test hides it: the folder of this run of `vedette test`; a plain run of pytest has none.
RUN = Path(os.environ.get("VEDETTE_HOME", "/")).parent
KEPT = RUN / "a-house-that-was-set-up" if RUN.name.startswith("vedette-test-") else None


@dataclass
class House:
    """A running demonstration: where it answers, and how to hurt it."""

    settings: dict[str, str]
    port: int
    chronology: Chronology
    server: "subprocess.Popen[bytes] | None" = None
    casts: list[Cast] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        given = {**child_environment(self.settings), "VEDETTE_PUBLIC_URL": self.address}
        self.server = subprocess.Popen(server_command("127.0.0.1", self.port), env=given, start_new_session=True)
        wait_until(lambda: answers(self.address), 40)

    def kill_server(self) -> None:
        """kill -9 of the server and every process it started."""
        assert self.server
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(10)

    def database_pid(self) -> int:
        record = next(Path(self.settings["VEDETTE_HOME"]).rglob("postmaster.pid"), None)
        if record is None:
            hint = next(Path("/var/lib/vedette").rglob("postmaster.pid"))
            record = hint
        return int(record.read_text().split("\n", 1)[0])

    def keeper_pid(self) -> int:
        status = Path(f"/proc/{self.database_pid()}/status").read_text()
        found = re.search(r"PPid:\s+(\d+)", status)
        assert found
        return int(found.group(1))

    def cast(self) -> Cast:
        self.casts.append(Cast(self.address, self.chronology.home))
        return self.casts[-1]


def wait_until(done: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.1)


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running_house(home: Path, paused: bool = False) -> Iterator[House]:
    """A demonstration in an empty home; when a house of this run has ended well, in a copy of it, emptied by the product."""
    chronology = read_chronology("paris-2015", DATA)
    place, unhurt, disk = _lay_out(), False, ""
    try:
        with running_database("demo") as settings:
            disk = settings["VEDETTE_DISK"]
            fresh_database(settings, chronology.name, DATA, 1.0, paused=paused)
            house = House(dict(settings), free_port(), chronology)
            house.start()
            database = house.database_pid()
            try:
                yield house
                unhurt = house.server is not None and house.server.poll() is None and house.database_pid() == database
            finally:
                _close(house)
        if unhurt:
            _keep(place)
    finally:
        _clear_away(place, disk)


def _close(house: House) -> None:
    for cast in house.casts:
        cast.close()
    if house.server and house.server.poll() is None:
        house.server.terminate()
        house.server.wait(15)


def _lay_out() -> Path:
    """Tables and the gazetteer are half of what a house costs; who copies them still empties and fills the rest by the product."""
    place = Path(os.environ["VEDETTE_HOME"])
    if KEPT and KEPT.is_dir() and not place.exists():
        subprocess.run(["cp", "-a", KEPT, place], check=True)
    return place


def _keep(place: Path) -> None:
    """The first house of a run that ended well is copied, without the files that were stored in it; its database is down."""
    if KEPT and not KEPT.exists() and (place / "demo" / "postgres" / "data").is_dir():
        mine = KEPT.with_name(f"{KEPT.name}-{os.getpid()}")
        subprocess.run(["cp", "-a", place, mine], check=True)
        shutil.rmtree(mine / "demo" / "files", ignore_errors=True)
        with suppress(OSError):
            mine.rename(KEPT)


def _clear_away(place: Path, disk: str) -> None:
    """Only what is this house's own: its folder in the run's, and as root its data on open ground, which nothing else removes."""
    if KEPT and place.parent.parent == RUN:
        shutil.rmtree(place.parent, ignore_errors=True)
    if disk.startswith(f"{OPEN_GROUND}/database-"):
        shutil.rmtree(disk, ignore_errors=True)


def as_for_a_person(home: Path, patch: pytest.MonkeyPatch) -> None:
    """The environment of an empty home: nothing of the test runner may reach what runs in it."""
    home.chmod(0o711)
    # In the folder of this run, which the database's account may pass: there one house may be a copy of another.
    ground = RUN / f"house-{uuid.uuid4().hex[:8]}" if KEPT else home
    ground.mkdir(mode=0o711, exist_ok=True)
    patch.setenv("VEDETTE_HOME", str(ground / "home"))
    for name in ("VEDETTE_DB", "VEDETTE_DB_OWNER", "VEDETTE_DATABASE_URL", "VEDETTE_SECRET", "VEDETTE_KEY_FILE"):
        patch.delenv(name, raising=False)
    patch.delenv("PYTEST_VERSION", raising=False)
    patch.setenv("PYTHONPATH", str(Path(sys.modules["vedette"].__path__[0]).parent))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    as_for_a_person(tmp_path, monkeypatch)
    with running_house(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """The first hours of the chronology, played once for a file of tests through the doors that people have."""
    home = tmp_path_factory.mktemp("evening")
    with pytest.MonkeyPatch.context() as patch:
        as_for_a_person(home, patch)
        with running_house(home, paused=True) as found:
            first = replace(found.chronology, messages=found.chronology.messages[:FIRST_HOURS])
            play = Play(found.cast(), first)
            play.run(lambda: None)
            yield play


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started_browser() as started:
        yield started


@pytest.fixture
def walk(browser: Browser, evening: Play) -> Iterator[Walk]:
    """A walk through the evening."""
    with walking(browser, evening.cast.base) as found:
        yield found
