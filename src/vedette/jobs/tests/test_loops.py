"""The loops: what each does, that an error is kept and healed, that they end cleanly."""

import datetime
import os
import signal
import subprocess
import sys
import time
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection

from vedette.audit.actions import record
from vedette.audit.models import Entry
from vedette.jobs import running
from vedette.jobs.loops import LOOPS, Loop, add_loop
from vedette.jobs.running import Jobs, Runner, run_once
from vedette.kit.time import real_now
from vedette.live.heartbeats import heartbeats, record_beat, silent_or_failing
from vedette.live.models import Event

LONG_AGO = datetime.timedelta(days=1, seconds=5)
FAILS = {"times": 0, "error": OperationalError("the server closed the connection")}


def failing_step() -> int:
    if FAILS["times"] > 0:
        FAILS["times"] -= 1
        raise FAILS["error"]
    return 1


LOOP = Loop("failing", f"{__name__}:failing_step", 0.01)


def test_one_round_seals_and_prunes(db):
    record(None, "sheet.opened", [uuid.uuid4()])
    Event.objects.create(kind="report.filed", ids=[], at=real_now() - LONG_AGO)
    young = Event.objects.create(kind="report.filed", ids=[], at=real_now())
    Session.objects.create(session_key="old", session_data="", expire_date=real_now() - datetime.timedelta(hours=1))
    Session.objects.create(session_key="new", session_data="", expire_date=real_now() + datetime.timedelta(hours=1))
    done = run_once(["sealing", "outbox", "sessions"])
    assert done == {"sealing": 1, "outbox": 1, "sessions": 1}
    assert list(Event.objects.values_list("seq", flat=True)) == [young.seq]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_a_failing_loop_is_shown_waits_longer_and_heals(db, monkeypatch):
    monkeypatch.setattr(running.connections, "close_all", lambda: None)
    monkeypatch.setattr(running, "close_old_connections", lambda: None)
    runner = Runner(Loop("failing", LOOP.step, 1.0))
    FAILS.update(times=3, error=ValueError("out of range"))
    assert [runner.turn() for _ in range(3)] == [1.0, 2.0, 4.0]
    row = heartbeats()[0]
    assert (row.name, row.attempts, row.last_error) == ("failing", 3, "ValueError: out of range")
    assert row in silent_or_failing()
    assert runner.turn() == 1.0
    row = heartbeats()[0]
    assert (row.attempts, row.last_error, row.next_try_at, row.done) == (0, "", None, 1)
    assert silent_or_failing() == []


def test_a_loop_that_rests_for_an_hour_is_missed_a_minute_after_it_was_due_and_not_before(db, monkeypatch):
    moment = real_now()
    record_beat("rests", 0, every_seconds=3600.0)
    record_beat("runs", 0, every_seconds=1.0)
    monkeypatch.setattr("vedette.live.heartbeats.real_now", lambda: moment + datetime.timedelta(minutes=59))
    assert [row.name for row in silent_or_failing()] == ["runs"]
    monkeypatch.setattr("vedette.live.heartbeats.real_now", lambda: moment + datetime.timedelta(minutes=62))
    assert [row.name for row in silent_or_failing()] == ["rests", "runs"]


def test_the_message_of_the_database_is_not_kept_because_it_may_quote_a_row(db, monkeypatch):
    monkeypatch.setattr(running.connections, "close_all", lambda: None)
    monkeypatch.setattr(running, "close_old_connections", lambda: None)
    FAILS.update(times=1, error=OperationalError("Failing row contains (Informant name)"))
    Runner(LOOP).turn()
    assert heartbeats()[0].last_error == "OperationalError"


def test_no_pause_is_longer_than_half_a_minute(db, monkeypatch):
    monkeypatch.setattr(running.connections, "close_all", lambda: None)
    monkeypatch.setattr(running, "close_old_connections", lambda: None)
    runner = Runner(Loop("failing", LOOP.step, 1.0))
    FAILS.update(times=9, error=OperationalError("away"))
    assert [runner.turn() for _ in range(9)][-1] == running.LONGEST_PAUSE
    FAILS["times"] = 0


def test_the_same_name_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        add_loop("sealing", LOOP.step, 1.0)
    assert len({loop.name for loop in LOOPS}) == len(LOOPS)


def wait_until(true, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.fault
def test_a_happening_wakes_the_sealer_before_its_time(transactional_db):
    from vedette.live.actions import announce

    jobs = Jobs([Loop("sealing", "vedette.audit.sealing:seal", 60.0, woken=True)])
    jobs.start()
    try:
        time.sleep(1.0)
        record(None, "sheet.opened", [uuid.uuid4()])
        began = time.monotonic()
        announce("sheet.changed", uuid.uuid4())
        wait_until(lambda: not Entry.objects.filter(seq__isnull=True).exists())
        assert time.monotonic() - began < 5
    finally:
        assert jobs.end()


@pytest.mark.fault
def test_the_process_seals_outlives_lost_connections_and_ends_on_sigterm(transactional_db):
    facts = connection.settings_dict
    url = f"postgresql://{facts['USER']}:{facts['PASSWORD']}@/{facts['NAME']}?host={facts['HOST']}&port={facts['PORT']}"
    given = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    given |= {"VEDETTE_DB": url.removesuffix("&port="), "VEDETTE_AS_OWNER": "", "VEDETTE_SECRET": "for this test"}
    given["VEDETTE_KEY_FILE"] = "/nonexistent/vedette.key"
    process = subprocess.Popen([sys.executable, "-m", "vedette.jobs"], env=given, stderr=subprocess.DEVNULL)
    try:
        record(None, "sheet.opened", [uuid.uuid4()])
        wait_until(lambda: not Entry.objects.filter(seq__isnull=True).exists(), 30)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        record(None, "sheet.opened", [uuid.uuid4()])
        wait_until(lambda: not Entry.objects.filter(seq__isnull=True).exists(), 30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()


def test_every_loop_of_a_room_that_is_there_names_a_step_that_can_be_called():
    for loop in running.loops():
        assert callable(loop.function()), loop.name


def test_a_step_that_cannot_be_loaded_fails_as_a_loop_and_leaves_the_others_alone(db, monkeypatch):
    monkeypatch.setattr(running.connections, "close_all", lambda: None)
    monkeypatch.setattr(running, "close_old_connections", lambda: None)
    Runner(Loop("broken", "vedette.audit.sealing:no_such_step", 1.0)).turn()
    assert "no_such_step" in heartbeats()[0].last_error
