"""Sealing: each committed entry gets one place, in commit order, whatever writes beside it."""

import threading
import time
import uuid

import pytest
from django.db import connection, transaction

from vedette.audit.actions import record
from vedette.audit.models import Entry, Sealing
from vedette.audit.sealing import seal, seal_batch, unsealed
from vedette.audit.verify import verify

WRITERS = 8


def in_thread(work) -> threading.Thread:
    """A thread whose connection is closed at its end."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def places() -> list[int]:
    return list(Entry.objects.order_by("seq").values_list("seq", flat=True))


def test_entries_get_places_from_nought_without_a_gap(log):
    log.sealed(3)
    log.sealed(4)
    assert places() == list(range(7))
    assert Sealing.objects.get().size == 7


@pytest.mark.fault
def test_an_open_transaction_holds_nobody_back_and_loses_nothing(committed_log):
    began, end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(None, "sheet.opened", [uuid.uuid4()], "slow")
            began.set()
            end.wait(10)

    thread = in_thread(slow)
    began.wait(10)
    committed_log.write(2, "quick")
    assert seal() == 2
    end.set()
    thread.join()
    assert seal() == 1
    assert list(Entry.objects.order_by("seq").values_list("reason", flat=True)) == ["quick", "quick", "slow"]


@pytest.mark.fault
def test_a_second_sealer_steps_back(committed_log):
    committed_log.write(2)
    held, end = threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic():
            Sealing.objects.get_or_create(only=True)
            Sealing.objects.select_for_update().get()
            held.set()
            end.wait(10)

    Sealing.objects.create(only=True)
    thread = in_thread(other)
    held.wait(10)
    assert seal() == 0
    end.set()
    thread.join()
    assert seal() == 2


def test_a_rolled_back_act_leaves_no_entry_and_no_gap(log):
    log.write(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        log.write(1)
        raise RuntimeError
    log.write(1)
    assert seal() == 2
    assert places() == [0, 1]


def test_small_batches_make_the_same_tree_as_one(log):
    log.write(23)
    while seal_batch(limit=5):
        pass
    assert places() == list(range(23))
    assert verify([log.key]).stands


@pytest.mark.fault
def test_a_restored_database_seals_what_came_with_ids_of_the_other_cluster(committed_log):
    log = committed_log
    log.sealed(2)
    log.write(2, "before the restore")
    with connection.cursor() as cursor:
        # As after a restore: the sealer remembers another cluster, whose transaction ids ran far higher.
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
        cursor.execute("UPDATE audit_entry SET xid = '900000000000' WHERE seq IS NULL")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")
    Sealing.objects.update(system_identifier="another cluster")
    log.write(2, "after")
    assert seal() == 4
    assert seal() == 1, "that the log moved is itself an entry"
    rows = list(Entry.objects.order_by("seq").values_list("reason", "code"))
    assert [reason for reason, _ in rows[2:6]] == ["before the restore"] * 2 + ["after"] * 2
    assert rows[6][1] == "log.moved"
    assert seal() == 0
    assert verify([log.key]).stands


@pytest.mark.fault
def test_eight_writers_and_a_sealer_lose_none_and_double_none(committed_log):
    log = committed_log
    stop, written, lock = threading.Event(), [], threading.Lock()

    def writer() -> None:
        for number in range(60):
            with transaction.atomic():
                entries = log.write(1 + number % 3)
                time.sleep(0.001 * (number % 4))
            with lock:
                written.extend(entry.id for entry in entries)

    def sealer() -> None:
        while not stop.is_set():
            seal()

    sealers = [in_thread(sealer) for _ in range(2)]
    writers = [in_thread(writer) for _ in range(WRITERS)]
    for thread in writers:
        thread.join()
    deadline = time.monotonic() + 2
    while unsealed() and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for thread in sealers:
        thread.join()
    assert unsealed() == 0
    assert places() == list(range(len(written)))
    assert set(Entry.objects.values_list("id", flat=True)) == set(written)
    assert verify([log.key]).stands
