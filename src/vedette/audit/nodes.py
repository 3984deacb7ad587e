"""The stored tree as proofs ask for it: every node a proof needs is fetched in one statement."""

from collections.abc import Callable
from typing import TypeVar

from django.db import connection

from vedette.audit.proofs import Getter, consistency_proof, inclusion_proof, span_root

Answer = TypeVar("Answer")
FETCH = """
SELECT level, place, hash FROM audit_node
JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted(level, place) USING (level, place)
"""


def over_stored(compute: Callable[[Getter], Answer]) -> Answer:
    """Run a computation over the stored tree: once to learn which nodes it asks for, once with them."""
    wanted: dict[tuple[int, int], bytes] = {}

    def note(level: int, place: int) -> bytes:
        wanted[level, place] = b""
        return b""

    compute(note)
    with connection.cursor() as cursor:
        cursor.execute(FETCH, [[level for level, _ in wanted], [place for _, place in wanted]])
        for level, place, value in cursor.fetchall():
            wanted[level, place] = bytes(value)
    missing = [key for key, value in wanted.items() if not value]
    if missing:
        raise LookupError(f"The tree lacks the node at level {missing[0][0]}, place {missing[0][1]}.")
    return compute(lambda level, place: wanted[level, place])


def stored_root(size: int) -> bytes:
    """The root of the stored tree at a size."""
    return over_stored(lambda get: span_root(get, 0, size))


def stored_inclusion(index: int, size: int) -> list[bytes]:
    """The inclusion proof of an entry's place in the tree of a size (RFC 9162 section 2.1.3.1)."""
    return over_stored(lambda get: inclusion_proof(get, index, size))


def stored_consistency(first: int, second: int) -> list[bytes]:
    """The proof that the log of one size is the beginning of the log of another (RFC 9162 section 2.1.4.1)."""
    return over_stored(lambda get: consistency_proof(get, first, second))
