"""What was acknowledged is there, whatever is killed while reports come in."""

import os
import signal
import threading
import time
import uuid
from collections import Counter
from typing import Any

import httpx
import pytest

from tests.flows.conftest import House, wait_until
from vedette.demo.client import DoorRefused, Person

pytestmark = pytest.mark.fault


class Intake:
    """Officers who file without pause and keep every receipt; what gets no receipt is sent again under its own id."""

    def __init__(self, house: House, officers: int = 3) -> None:
        self.receipts: dict[str, str] = {}
        self.answers: Counter[int] = Counter()
        self.stop = threading.Event()
        cast = house.cast()
        posts = ["par", "ldn", "mad", "lyo"][:officers]
        self.threads = [threading.Thread(target=self._file, args=(cast.officer(post),), daemon=True) for post in posts]

    def __enter__(self) -> "Intake":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(30)

    def _file(self, officer: Person) -> None:
        while not self.stop.is_set():
            client_id = str(uuid.uuid4())
            body = {
                "client_id": client_id,
                "kind": "spot",
                "text": f"Report {client_id}",
                "observed_t": "2015-11-13T12:00:00Z",
            }
            while not self.stop.is_set() and client_id not in self.receipts:
                self._try(officer, client_id, body)

    def _try(self, officer: Person, client_id: str, body: dict[str, Any]) -> None:
        try:
            answer = officer.post_raw("/api/v1/reports", body)
        except httpx.HTTPError:
            time.sleep(0.2)
            return
        self.answers[answer.status_code] += 1
        if answer.status_code == 200:
            self.receipts[client_id] = answer.json()["id"]
        else:
            time.sleep(0.2)


def rows_of_desk(house: House) -> Counter[str]:
    """Every row of the watch officer's desk, however many pages it has."""
    from vedette.demo.play import Play

    return Counter(Play(house.cast(), house.chronology).desk_rows())


def held(house: House, receipts: dict[str, str]) -> None:
    """Each acknowledged report stands on the desk once, and has its one entry in the log."""
    rows = rows_of_desk(house)
    assert [key for key in receipts.values() if rows[key] != 1] == []
    assert len(set(receipts.values())) == len(receipts)
    filed = house.cast().auditor.get("/api/v1/audit/counts")["codes"]["report.filed"]
    assert filed == sum(rows.values()) >= len(receipts)


def test_killing_the_server_during_intake_loses_no_acknowledged_report(house: House) -> None:
    with Intake(house) as intake:
        wait_until(lambda: len(intake.receipts) > 20, 30)
        house.kill_server()
        before = len(intake.receipts)
        house.start()
        wait_until(lambda: len(intake.receipts) > before + 10, 30)
    held(house, intake.receipts)


def test_killing_the_database_during_intake_loses_no_acknowledged_report_and_heals_by_itself(house: House) -> None:
    with Intake(house) as intake:
        wait_until(lambda: len(intake.receipts) > 20, 30)
        os.kill(house.database_pid(), signal.SIGKILL)
        before = len(intake.receipts)
        wait_until(lambda: len(intake.receipts) > before + 10, 60)
    held(house, intake.receipts)


def test_killing_both_during_intake_loses_no_acknowledged_report(house: House) -> None:
    with Intake(house) as intake:
        wait_until(lambda: len(intake.receipts) > 20, 30)
        os.kill(house.database_pid(), signal.SIGKILL)
        house.kill_server()
        before = len(intake.receipts)
        house.start()
        wait_until(lambda: len(intake.receipts) > before + 10, 60)
    held(house, intake.receipts)


def test_a_database_that_is_away_is_said_plainly_and_heals_without_a_restart(house: House) -> None:
    officer = house.cast().officer("par")
    keeper = house.keeper_pid()
    os.kill(keeper, signal.SIGSTOP)
    try:
        os.kill(house.database_pid(), signal.SIGKILL)
        body = {
            "client_id": str(uuid.uuid4()),
            "kind": "flash",
            "text": "Is anyone there",
            "observed_t": "2015-11-13T12:00:00Z",
        }
        refused = officer.post_raw("/api/v1/reports", body)
        page = httpx.get(f"{house.address}/sign-in/", timeout=30)
        assert refused.status_code == page.status_code == 503
        assert "Nothing was stored" in refused.json()["reason"]
        assert "database is away" in page.text
        time.sleep(5)
    finally:
        os.kill(keeper, signal.SIGCONT)
    wait_until(lambda: officer.post_raw("/api/v1/reports", body).status_code == 200, 60)
    with pytest.raises(DoorRefused):
        officer.post("/api/v1/reports", {**body, "text": "Another body under the same id"})
    assert sum(rows_of_desk(house).values()) == 1
