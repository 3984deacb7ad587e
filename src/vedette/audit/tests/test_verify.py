"""Verifying names the entry: altered, removed, inserted, re-ordered, cut, or covered up together with its tree."""

import pytest
from django.db import connection

from vedette.audit.leaves import body_of, leaf_of
from vedette.audit.models import Checkpoint, Entry
from vedette.audit.notes import read_checkpoint
from vedette.audit.sealing import seal
from vedette.audit.tree import Growing
from vedette.audit.verify import verify


def tamper(statement: str, *values) -> None:
    """What someone with the owner's own rights could do: past every trigger."""
    with connection.cursor() as cursor:
        for switch in ("DISABLE", "ENABLE"):
            for table in ("audit_entry", "audit_node", "audit_checkpoint"):
                cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
            if switch == "DISABLE":
                cursor.execute(statement, values)


@pytest.fixture
def entries(log) -> list[Entry]:
    """Nine sealed entries under two checkpoints."""
    made = log.sealed(4, "to read it")
    log.checkpoint()
    made += log.sealed(5)
    log.checkpoint()
    return made


def found(log, **options) -> list[tuple[str, int | None]]:
    return [(finding.kind, finding.place) for finding in verify([log.key], **options).findings]


def test_an_honest_log_stands_with_its_checkpoints(log, entries):
    outcome = verify([log.key])
    assert outcome.stands
    assert (outcome.entries, outcome.checkpoints, outcome.unsealed) == (9, 2, 0)


def test_what_waits_for_its_seal_is_counted_and_no_fault(log, entries):
    log.write(2)
    outcome = verify([log.key])
    assert outcome.stands
    assert outcome.unsealed == 2


@pytest.mark.parametrize(
    "change",
    [
        "code = 'sheet.listed'",
        "actor = gen_random_uuid()",
        "real_at = real_at + interval '1 second'",
        "objects = '{}'",
        "reason = 'another'",
        "document = 'x'",
    ],
)
def test_an_altered_row_is_named(log, entries, change):
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", entries[2].id)
    outcome = verify([log.key])
    assert [(finding.kind, finding.place, finding.entry) for finding in outcome.findings] == [
        ("altered", 2, entries[2].id)
    ]
    assert str(entries[2].id) in outcome.findings[0].sentence


def test_a_row_altered_together_with_its_hash_is_named(log, entries):
    tamper("UPDATE audit_entry SET code = 'sheet.listed' WHERE id = %s", entries[5].id)
    row = Entry.objects.get(id=entries[5].id)
    tamper("UPDATE audit_entry SET leaf = %s WHERE id = %s", leaf_of(body_of(row)), row.id)
    assert found(log) == [("altered", 5)]


def test_a_removed_row_is_named(log, entries):
    tamper("DELETE FROM audit_entry WHERE id = %s", entries[3].id)
    assert found(log) == [("removed", 3)]


def test_an_inserted_row_is_named(log, entries):
    extra = log.write(1)[0]
    tamper("UPDATE audit_entry SET seq = 9 WHERE id = %s", extra.id)
    assert found(log) == [("inserted", 9)]


def test_two_rows_that_changed_places_are_named(log, entries):
    tamper("UPDATE audit_entry SET seq = -1 WHERE id = %s", entries[1].id)
    tamper("UPDATE audit_entry SET seq = 1 WHERE id = %s", entries[2].id)
    tamper("UPDATE audit_entry SET seq = 2 WHERE id = %s", entries[1].id)
    assert found(log) == [("altered", 1), ("altered", 2)]


def rebuild() -> None:
    """Make the whole stored tree anew over the rows as they are, as a forger with time would."""
    tree = Growing()
    rows = Entry.objects.filter(seq__isnull=False).order_by("seq")
    nodes = [node for row in rows for node in tree.add(leaf_of(body_of(row)))]
    tamper("DELETE FROM audit_node")
    for node in nodes:
        tamper("INSERT INTO audit_node (level, place, hash) VALUES (%s, %s, %s)", *node)


def test_a_forged_tree_does_not_fit_the_signed_checkpoints(log, entries):
    tamper("UPDATE audit_entry SET code = 'sheet.listed' WHERE id = %s", entries[6].id)
    row = Entry.objects.get(id=entries[6].id)
    tamper("UPDATE audit_entry SET leaf = %s WHERE id = %s", leaf_of(body_of(row)), row.id)
    rebuild()
    outcome = verify([log.key])
    assert [finding.kind for finding in outcome.findings] == ["checkpoint"]
    assert "between 4 and 8" in outcome.findings[0].sentence


def test_a_log_that_was_cut_is_known_by_its_checkpoint(log, entries):
    tamper("DELETE FROM audit_entry WHERE seq >= 4")
    tamper("UPDATE audit_sealing SET size = 4")
    assert ("removed", 4) in found(log)


def test_a_checkpoint_kept_outside_catches_a_forger_who_removed_ours(log, entries):
    kept = read_checkpoint(Checkpoint.objects.get(size=9).note)
    tamper("DELETE FROM audit_checkpoint")
    tamper("UPDATE audit_entry SET code = 'sheet.listed' WHERE id = %s", entries[6].id)
    row = Entry.objects.get(id=entries[6].id)
    tamper("UPDATE audit_entry SET leaf = %s WHERE id = %s", leaf_of(body_of(row)), row.id)
    rebuild()
    assert found(log) == []
    assert found(log, held=[kept]) == [("checkpoint", None)]


def test_a_checkpoint_signed_by_a_stranger_is_named(log, entries):
    from vedette.audit.tests.conftest import Log

    assert [kind for kind, _ in found(Log())] == ["checkpoint", "checkpoint"]


def test_the_log_grows_on_after_verifying(log, entries):
    log.write(3)
    assert seal() == 3
    assert log.checkpoint().size == 12
    assert verify([log.key]).stands


def test_a_purged_reason_leaves_the_tree_whole(log, entries):
    tamper(
        "UPDATE audit_entry SET reason = '', reason_seal = substring(reason_seal FROM 17) WHERE id = %s", entries[1].id
    )
    assert verify([log.key]).stands
