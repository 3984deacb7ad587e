"""Verifying the whole log: every leaf from its entry, the tree from the leaves, every checkpoint from the tree."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from vedette.audit.leaves import body_of, leaf_of, reason_stands
from vedette.audit.models import Checkpoint, Entry, Sealing
from vedette.audit.notes import BadNote, LogKey, read_checkpoint
from vedette.audit.notes import Checkpoint as Note
from vedette.audit.tree import Growing

CHUNK = 2000
# Beyond so many a log is not damaged but replaced; the list would help nobody.
MOST_FINDINGS = 200
NODES = """
SELECT node.level, node.place, node.hash FROM audit_node AS node
JOIN unnest(%s::smallint[], %s::bigint[], %s::bigint[]) AS span(level, low, high)
  ON node.level = span.level AND node.place BETWEEN span.low AND span.high
"""
OUTSIDE = "SELECT id, seq FROM audit_entry WHERE seq < 0 OR seq >= coalesce((SELECT max(size) FROM audit_sealing), 0)"
WAITING = "SELECT count(*), min(real_at) FROM audit_entry WHERE seq IS NULL"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: altered, removed, inserted, tree or checkpoint; the place in the log and the entry."""

    kind: str
    sentence: str
    place: int | None = None
    entry: uuid.UUID | None = None


@dataclass
class Outcome:
    """What was looked at and what was found; an entry that waits for its seal is no fault."""

    entries: int = 0
    checkpoints: int = 0
    unsealed: int = 0
    covered: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Nothing is wrong."""
        return not self.findings

    def add(self, kind: str, sentence: str, place: int | None = None, entry: uuid.UUID | None = None) -> None:
        """Write down a finding, up to a number that a person reads."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, sentence, place, entry))


def verify(keys: Sequence[LogKey], progress: Progress | None = None, held: Iterable[Note] = ()) -> Outcome:
    """Recompute the log and say what does not fit; `held` are checkpoints that someone kept outside.

    The tree is rebuilt once from the first leaf on, so that all checkpoints that fit it are consistent with each other.
    """
    size = Sealing.objects.values_list("size", flat=True).first() or 0
    outcome, tree = Outcome(entries=size), Growing()
    outside = {note.size: note for note in held}
    for start in range(0, size, CHUNK):
        end = min(start + CHUNK, size)
        _check_chunk(outcome, tree, range(start, end), keys, outside)
        if progress:
            progress(end, size)
    _check_ends(outcome, size, outside)
    return outcome


def _check_chunk(
    outcome: Outcome, tree: Growing, span: range, keys: Sequence[LogKey], outside: dict[int, Note]
) -> None:
    start, end = span.start, span.stop
    entries = {row.seq: row for row in Entry.objects.filter(seq__gte=start, seq__lt=end)}
    nodes = _stored_nodes(start, end)
    rows = {row.size: row for row in Checkpoint.objects.filter(size__gt=start, size__lte=end)}
    for place in span:
        leaf = _check_leaf(outcome, place, entries.get(place), nodes.get((0, place)))
        for level, at, value in tree.add(leaf)[1:]:
            if nodes.get((level, at)) != value:
                outcome.add("tree", f"The stored tree differs at level {level}, place {at}.", place)
        if tree.size in rows:
            _check_checkpoint(outcome, rows[tree.size], tree.root(), keys)
        if tree.size in outside and outside[tree.size].root != tree.root():
            outcome.add("checkpoint", f"The checkpoint of size {tree.size} kept outside has another root than the log.")


def _stored_nodes(start: int, end: int) -> dict[tuple[int, int], bytes]:
    """The stored nodes that the leaves start to end complete."""
    levels = range(end.bit_length())
    spans = [list(levels), [start >> level for level in levels], [(end >> level) - 1 for level in levels]]
    with connection.cursor() as cursor:
        cursor.execute(NODES, spans)
        return {(level, place): bytes(value) for level, place, value in cursor.fetchall()}


def _check_leaf(outcome: Outcome, place: int, entry: Entry | None, stored: bytes | None) -> bytes:
    """Compare one entry with its leaf; the leaf that the tree goes on with, so that one fault is named once."""
    if entry is None:
        outcome.add("removed", f"Entry {place} is gone; the tree still holds its hash.", place)
        return stored or b""
    name = f"Entry {place} ({entry.id}, {entry.code}, {entry.real_at:%Y-%m-%d %H:%M:%S} UTC)"
    leaf = leaf_of(body_of(entry))
    if stored is None:
        outcome.add(
            "inserted", f"{name} stands in the log but not in the tree: it was put in afterwards.", place, entry.id
        )
        return leaf
    if leaf != stored:
        how = "altered" if leaf != bytes(entry.leaf) else "altered or replaced, together with its hash"
        outcome.add("altered", f"{name} was {how}.", place, entry.id)
    elif bytes(entry.leaf) != stored:
        outcome.add("altered", f"The hash of {name} was altered; the entry itself stands.", place, entry.id)
    elif not reason_stands(entry.reason, bytes(entry.reason_seal)):
        outcome.add("altered", f"The reason of {name} was altered.", place, entry.id)
    return stored


def _check_checkpoint(outcome: Outcome, row: Checkpoint, root: bytes, keys: Sequence[LogKey]) -> None:
    outcome.checkpoints += 1
    outcome.covered = row.size
    try:
        note = read_checkpoint(row.note)
    except BadNote as error:
        outcome.add("checkpoint", f"Checkpoint {row.size}: {error}")
        return
    if note.size != row.size or note.root != bytes(row.root):
        outcome.add("checkpoint", f"Checkpoint {row.size} says other than what was signed.")
    elif not any(note.signed_by(key) for key in keys):
        outcome.add("checkpoint", f"Checkpoint {row.size} is signed by none of this agency's keys.")
    elif note.root != root:
        before = Checkpoint.objects.filter(size__lt=row.size).order_by("-size").values_list("size", flat=True).first()
        where = f"between {before or 0} and {row.size - 1}, or before"
        outcome.add(
            "checkpoint", f"Checkpoint {row.size} does not fit the log: an entry {where}, was changed with its tree."
        )


def _check_ends(outcome: Outcome, size: int, outside: dict[int, Note]) -> None:
    """What lies beyond the sealed log: entries that claim a place there, checkpoints of a longer log, those waiting."""
    with connection.cursor() as cursor:
        cursor.execute(OUTSIDE)
        for entry, place in cursor.fetchall():
            outcome.add("inserted", f"Entry {entry} claims place {place}, outside the sealed log.", place, entry)
        cursor.execute(WAITING)
        outcome.unsealed = cursor.fetchone()[0]
    now = Sealing.objects.values_list("size", flat=True).first() or 0
    longer = set(Checkpoint.objects.filter(size__gt=now).values_list("size", flat=True)) | set(outside)
    for signed in sorted(signed for signed in longer if signed > max(now, size)):
        outcome.add(
            "removed", f"The log was cut: a checkpoint of {signed} entries was signed, the log holds {now}.", now
        )
