"""The disk runs full while the house runs: disks of its own, filled to the last byte for real."""

import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.flows.conftest import House, running_house, wait_until
from tests.flows.test_intake_faults import rows_of_desk
from vedette.demo.people import Person

pytestmark = pytest.mark.fault
MEGABYTE = 1024 * 1024
OTHERS = (
    "VEDETTE_DB",
    "VEDETTE_DB_OWNER",
    "VEDETTE_DATABASE_URL",
    "VEDETTE_SECRET",
    "VEDETTE_KEY_FILE",
    "VEDETTE_FILES",
)


def mounted(place: Path, size: str) -> None:
    """A disk of its own at a place; only where the machine lets nobody mount anything is there nothing to test."""
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"this machine mounts no disk for a test: {done.stderr.decode().strip()}")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="vedette-disk-", dir="/var/tmp"))
    for name in (*OTHERS, "PYTEST_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VEDETTE_HOME", str(place / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(sys.modules["vedette"].__path__[0]).parent))
    mounted(place, "600m")
    try:
        mounted(place / "home" / "demo" / "files", "3m")
        yield place
    finally:
        for folder in (place / "home" / "demo" / "files", place):
            subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)
        place.rmdir()


def fill(ballast: Path) -> None:
    """Write until not a byte more goes on the disk."""
    with ballast.open("ab", buffering=0) as out:
        for size in (4 * MEGABYTE, 4096, 1):
            while True:
                try:
                    if out.write(b"\0" * size) < size:
                        break
                except OSError:
                    break


class Post:
    """An officer who files and attaches, and keeps every receipt and every refusal."""

    def __init__(self, officer: Person) -> None:
        self.officer = officer
        self.receipts: dict[str, str] = {}
        self.refused: list[tuple[dict[str, Any], httpx.Response]] = []

    def file(self, text: str = "A crowd", body: dict[str, Any] | None = None) -> httpx.Response:
        body = body or {
            "client_id": str(uuid.uuid4()),
            "kind": "spot",
            "text": text,
            "observed_t": "2015-11-13T12:00:00Z",
        }
        answer = self.officer.post_raw("/api/v1/reports", body)
        if answer.status_code == 200:
            self.receipts[body["client_id"]] = answer.json()["id"]
        else:
            self.refused.append((body, answer))
        return answer

    def attach(self, report: str, size: int) -> httpx.Response:
        http, content = self.officer.http, (b"twelve words " * (size // 13 + 1))[:size]
        token = {"X-CSRFToken": http.cookies["vedette_csrf"]}
        return http.post(f"/api/v1/reports/{report}/files?name=note.txt", content=content, headers=token)


def stored(disk: Path) -> list[str]:
    """Every file that lies in the store, those being looked over included."""
    return [path.name for path in (disk / "home" / "demo" / "files").rglob("*") if path.is_file()]


def test_a_full_disk_is_said_plainly_stores_nothing_in_part_and_heals_without_a_restart(disk: Path) -> None:
    with running_house(disk) as house:
        post, watch = Post(house.cast().officer("par")), house.cast().watch
        first = post.file().json()["id"]
        the_files_have_no_room(disk, post, first)
        database = house.database_pid()
        the_database_has_no_room(disk, house, post, watch, first)
        assert house.database_pid() == database
        assert house.server is not None and house.server.poll() is None
        not_a_byte_is_left_even_for_the_log(disk, house, post, watch)
        held(house, post)


def the_files_have_no_room(disk: Path, post: Post, report: str) -> None:
    assert post.attach(report, 100_000).status_code == 200
    before = stored(disk)
    # There is room for it to land, and none to write it anew; then not even to land.
    for size in (2 * MEGABYTE, 4 * MEGABYTE):
        refused = post.attach(report, size)
        assert (refused.status_code, refused.json()["error"]) == (507, "noroom"), refused.text
        assert "no room for this file" in refused.json()["reason"]
        assert stored(disk) == before
    assert post.attach(report, 90_000).status_code == 200


def the_database_has_no_room(disk: Path, house: House, post: Post, watch: Person, report: str) -> None:
    ballast = disk / "ballast"
    fill(ballast)
    answers = Counter(post.file("word " * 800).status_code for _ in range(10))
    assert set(answers) <= {200, 507} and answers[507] >= 9
    said = post.refused[-1][1].json()
    assert (said["error"], "Nothing of this was stored" in said["reason"]) == ("disk-full", True)
    assert post.attach(report, 1000).status_code == 507
    pages = [f"/desk/reports/{report}/", "/", "/incidents/", "/search/?q=crowd"]
    assert Counter(watch.page(page).status_code for _ in range(8) for page in pages) == {200: 32}
    page = watch.http.post("/reports/new/", headers={"Accept": "text/html"})
    assert page.status_code in (403, 507)
    alarm = house.cast().watch.http.post("/api/v1/handsets/alarm", content=b"x", headers={"X-Device-Time": "0"})
    assert alarm.status_code == 401, "an alarm is turned away for a token that is none, never for want of room"
    assert house.cast().officer("ldn").http.get("/reports/mine/").status_code == 200, "nobody can sign in"
    ballast.unlink()
    heals(post)


def not_a_byte_is_left_even_for_the_log(disk: Path, house: House, post: Post, watch: Person) -> None:
    """Another program takes the reserve's room as well: what cannot be logged is not shown, and all of it says why."""
    ballast = disk / "ballast"
    fill(ballast)
    watch.page("/")
    fill(ballast)
    answers: Counter[int] = Counter()
    until = time.monotonic() + 20
    while answers[507] < 2 and time.monotonic() < until:
        answers[watch.http.get("/", headers={"Accept": "text/html"}).status_code] += 1
    assert answers[507] and set(answers) <= {200, 503, 507}, answers
    ballast.unlink()
    wait_until(lambda: watch.http.get("/", headers={"Accept": "text/html"}).status_code == 200, 30)
    heals(post)


def heals(post: Post) -> None:
    """What was refused is sent again under its own id, and goes in."""
    body, _answer = post.refused[-1]
    wait_until(lambda: post.file(body=body).status_code == 200, 30)
    assert post.file().status_code == 200


def held(house: House, post: Post) -> None:
    """Each acknowledged report stands on the desk once, nothing else does, and the log tells of each."""
    rows = rows_of_desk(house)
    assert rows == Counter(post.receipts.values())
    assert house.cast().auditor.get("/api/v1/audit/counts")["codes"]["report.filed"] == sum(rows.values())
