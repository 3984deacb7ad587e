"""What the log can prove: how far it is sealed and signed, that its newest part stands, the proof of one entry."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from vedette.account.scope import oversees, sheets_for
from vedette.agencies.keys import jwks, log_keys
from vedette.agencies.viewer import Viewer
from vedette.audit import checkpoints as signed
from vedette.audit import sealing
from vedette.audit.actions import record
from vedette.audit.bundle import Item, make_bundle
from vedette.audit.leaves import body_of, leaf_of, reason_stands
from vedette.audit.models import Checkpoint, Entry, Node
from vedette.audit.notes import BadNote, LogKey, read_checkpoint
from vedette.audit.tree import Growing, edge
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.kit.errors import Missing

STEP = 2000
NEWEST = 20_000
MOST_FINDINGS = 8


@dataclass(frozen=True)
class Signed:
    """A checkpoint as the page shows it: size, fingerprint of the root in groups of four, when."""

    size: int
    fingerprint: str
    at: datetime.datetime
    note: str


@dataclass
class Progress:
    """How far a verification has come: from which entry, up to where it looked, to where it goes, what it found."""

    first: int
    done: int
    size: int
    began: float
    checkpoints: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Everything was looked at."""
        return self.done >= self.size


def checkpoints(limit: int = 12) -> list[Signed]:
    """The newest checkpoints, newest first."""
    rows = Checkpoint.objects.order_by("-size")[:limit]
    return [Signed(row.size, fingerprint(bytes(row.root)), row.at, row.note) for row in rows]


def fingerprint(root: bytes) -> str:
    """A root that two people can read to each other: hexadecimal in groups of four."""
    text = root.hex()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def unsealed() -> int:
    """How many entries wait for their place, counted to a thousand."""
    return sealing.unsealed()


def sealed_size() -> int:
    """How many entries the log holds."""
    return signed.sealed_size()


def public_keys() -> list[str]:
    """The keys that sign the log, one line each, as a partner is given them."""
    return [key.text() for key in log_keys()]


def begin(by: Viewer | None, began: float) -> Progress:
    """Begin to verify the newest entries of the log."""
    viewer = require(by, "verify_log")
    size = sealed_size()
    first = max(0, size - NEWEST)
    record(viewer, "account.verified", [], f"entries {first} to {size}")
    return Progress(first, first, size, began)


def verify_step(by: Viewer | None, progress: Progress) -> Progress:
    """Look at some more: each leaf from its entry, the tree from the leaves, each checkpoint from the tree."""
    require(by, "verify_log")
    start, end = progress.done, min(progress.done + STEP, progress.size)
    entries = {row.seq: row for row in Entry.objects.filter(seq__gte=start, seq__lt=end)}
    leaves = dict(Node.objects.filter(level=0, place__gte=start, place__lt=end).values_list("place", "hash"))
    rows = {row.size: row for row in Checkpoint.objects.filter(size__gt=start, size__lte=end)}
    tree, keys, found = Growing(start, _subtrees(start)), log_keys(), list[str]()
    for place in range(start, end):
        leaf, said = _leaf(place, entries.get(place), leaves.get(place))
        found += [said] if said else []
        tree.add(leaf)
        if tree.size in rows and (said := _signed_wrong(rows[tree.size], tree.root(), keys)):
            found.append(said)
    progress.checkpoints += len(rows)
    progress.findings = [*progress.findings, *found][:MOST_FINDINGS]
    progress.done = end
    return progress


def _subtrees(size: int) -> dict[int, bytes]:
    """The stored full subtrees at the right edge of the log as it was at a size."""
    wanted = dict(edge(size))
    rows = Node.objects.filter(level__in=wanted, place__in=wanted.values()).values_list("level", "place", "hash")
    return {level: bytes(value) for level, place, value in rows if wanted[level] == place}


def _leaf(place: int, entry: Entry | None, stored: Any) -> tuple[bytes, str]:
    held = bytes(stored) if stored is not None else b""
    if entry is None:
        return held, f"Entry {place:,} is gone; the tree still holds its hash."
    leaf = leaf_of(body_of(entry))
    if leaf != held:
        return held or leaf, f"Entry {place:,} ({entry.code}, {entry.real_at:%Y-%m-%d %H:%M:%S} UTC) was altered."
    if not reason_stands(entry.reason, bytes(entry.reason_seal)):
        return leaf, f"The reason of entry {place:,} ({entry.code}) was altered."
    return leaf, ""


def _signed_wrong(row: Checkpoint, root: bytes, keys: list[LogKey]) -> str:
    try:
        note = read_checkpoint(row.note)
    except BadNote as problem:
        return f"Checkpoint {row.size:,}: {problem}"
    if not any(note.signed_by(key) for key in keys):
        return f"Checkpoint {row.size:,} is signed by none of this agency's keys."
    fits = note.size == row.size and note.root == root == bytes(row.root)
    return "" if fits else f"Checkpoint {row.size:,} does not fit the log."


def proof_of(by: Viewer | None, entry: uuid.UUID | None) -> dict[str, Any]:
    """The bundle that proves one entry to anyone, without our server: the auditor any, others one about sheets they see."""
    viewer = require(by, "take_proof")
    row = Entry.objects.filter(id=entry).first() if entry else None
    if row is None or not _may_hear(viewer, row):
        raise Missing
    bundle = make_bundle([Item(row.id)], log_keys=log_keys(), jwks=jwks())
    record(viewer, "account.proved", [row.id])
    return bundle


def _may_hear(viewer: Viewer, row: Entry) -> bool:
    if oversees(viewer):
        return True
    about = set(Sheet.objects.filter(id__in=row.objects_ids).values_list("id", flat=True))
    seen = set(sheets_for(viewer).filter(id__in=about).values_list("id", flat=True))
    return bool(about) and about == seen and not row.code.startswith("account.")


def checkpoint_note(by: Viewer | None, size: int) -> str:
    """A checkpoint as it was signed, to be kept outside; Missing when there is none of this size."""
    require(by, "see_proofs")
    note = Checkpoint.objects.filter(size=size).values_list("note", flat=True).first()
    if note is None:
        raise Missing
    return str(note)
