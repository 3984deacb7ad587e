"""The sealer: gives committed entries their place in the log, in commit order, and grows the Merkle tree over them."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from vedette.audit.actions import record
from vedette.audit.tree import Growing, Node, edge

# So many entries a transaction: some tenths of a second, well under the second that no transaction may exceed.
BATCH = 2000

# What has no place yet, never from a stored lower bound: an entry that commits while we look is taken the next time.
# Visible is committed, so nothing waits for an open transaction beside it (docs/decisions/sealing.md).
# Ids at or above xmax belong to no transaction that has ended in this cluster: such a row came with a restore from
# another one, whose ids ran higher, and is older than all that was written here.
DUE = """
SELECT id, leaf FROM audit_entry WHERE seq IS NULL
ORDER BY xid >= pg_snapshot_xmax(pg_current_snapshot()) DESC, xid, real_at, id
LIMIT %s
"""
PLACE = """
UPDATE audit_entry SET seq = given.seq
FROM unnest(%s::uuid[], %s::bigint[]) AS given(id, seq)
WHERE audit_entry.id = given.id
"""
GROW = "INSERT INTO audit_node (level, place, hash) SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])"


class LogDamaged(RuntimeError):
    """The stored tree does not fit its size: nothing more is sealed until a person has looked (`vedette verify`)."""


def seal() -> int:
    """Seal what is due, batch after batch; how many entries got their place. Another sealer at work means 0."""
    total = 0
    while True:
        done = seal_batch()
        total += done
        if done < BATCH:
            return total


def seal_batch(limit: int = BATCH) -> int:
    """Seal one batch in one short transaction under the lock of the Sealing row."""
    if not unsealed():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        held = _lock(cursor)
        if held is None:
            return 0
        size, cluster = held
        cursor.execute(DUE, [limit])
        rows = cursor.fetchall()
        if rows:
            _append(cursor, size, [row[0] for row in rows], [bytes(row[1]) for row in rows])
        _note_cluster(cursor, cluster)
        return len(rows)


def unsealed() -> int:
    """How many committed entries have no place yet, counted to a thousand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM audit_entry WHERE seq IS NULL LIMIT 1000) AS waiting")
        return int(cursor.fetchone()[0])


def _lock(cursor: CursorWrapper) -> tuple[int, str] | None:
    """The size and the cluster last seen, locked; None while another sealer holds them."""
    ask = "SELECT size, system_identifier FROM audit_sealing FOR UPDATE SKIP LOCKED"
    cursor.execute(ask)
    row = cursor.fetchone()
    if row is None:
        cursor.execute("INSERT INTO audit_sealing VALUES (true, 0, '') ON CONFLICT DO NOTHING")
        cursor.execute(ask)
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else None


def _append(cursor: CursorWrapper, size: int, ids: list[object], leaves: list[bytes]) -> None:
    tree = Growing(size, _subtrees(cursor, size))
    nodes: list[Node] = tree.extend(leaves)
    cursor.execute(PLACE, [ids, list(range(size, tree.size))])
    if cursor.rowcount != len(ids):
        raise LogDamaged("Entries vanished while they were being sealed.")
    cursor.execute(GROW, [list(column) for column in zip(*nodes, strict=True)])
    cursor.execute("UPDATE audit_sealing SET size = %s", [tree.size])


def _subtrees(cursor: CursorWrapper, size: int) -> dict[int, bytes]:
    """The full subtrees at the right edge of the stored tree."""
    found: dict[int, bytes] = {}
    for level, place in edge(size):
        cursor.execute("SELECT hash FROM audit_node WHERE level = %s AND place = %s", [level, place])
        row = cursor.fetchone()
        if row is None:
            raise LogDamaged(f"The subtree at level {level}, place {place} is missing from a log of {size}.")
        found[level] = bytes(row[0])
    return found


def _note_cluster(cursor: CursorWrapper, known: str) -> None:
    """A database that wakes up in another cluster was restored: that is itself an entry of the log."""
    cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
    current = cursor.fetchone()[0]
    if current != known:
        cursor.execute("UPDATE audit_sealing SET system_identifier = %s", [current])
        if known:
            record(None, "log.moved", [])
