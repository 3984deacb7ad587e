"""Where the content of records lies, and what rests on them: each room declares its own places, purges ask this list.

A place is a table with the function that blanks it (made by a migration, owned by the owner, worth nothing without an
approved order). A room that adds a column with words of a record adds it here; a law holds the list against the schema.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vedette.kit.statements import fetch

Ids = set[uuid.UUID]


@dataclass(frozen=True)
class Place:
    """A table with content: what it holds in words, the columns blanked, those kept with no words of a record in them.

    `under`: the SQL of the sheet a row (`held`) stands under; `unless` leaves out rows that others tell of already.
    """

    table: str
    what: str
    under: str
    blanks: tuple[str, ...]
    keeps: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True)
class Resting:
    """A way from records to others that may hold their content: `statement` selects the ids for %(ids)s."""

    why: str
    statement: str


# What lies below this room: the sheet itself, and the reasons typed in the log.
PLACES: dict[str, Place] = {
    place.table: place
    for place in (
        Place(
            "handling_sheet", "caveats, and why it was withdrawn", "held.id", ("caveats", "withdrawn_because"),
            ("reference", "kind", "codes"),
        ),
        Place("handling_sheetchange", "earlier caveats, and why it was handled so", "held.sheet_id", ("handling", "because")),
        Place(
            "audit_entry", "reasons typed in the log (their hashes stay)", "unnest(held.objects)", ("reason",),
            ("code", "reason_seal", "document", "leaf"), "AND NOT held.objects && %(known)s",
        ),
    )
}  # fmt: skip
RESTING: list[Resting] = []
AFTERWARDS: list[Callable[[], object]] = []


def declare(
    places: Iterable[Place] = (), resting: Iterable[Resting] = (), afterwards: Callable[[], object] | None = None
) -> None:
    """Add a room's places and ways, and what it removes outside the database once the purge is committed."""
    for place in places:
        if place.table in PLACES:
            raise ValueError(f"Declared twice: {place.table}")
        PLACES[place.table] = place
    RESTING.extend(resting)
    if afterwards:
        AFTERWARDS.append(afterwards)


def blank_everywhere(order: uuid.UUID) -> dict[str, int]:
    """Part of a verb: run every place's function; how many rows each blanked. The database refuses without an approval."""
    counts = {}
    for table in PLACES:
        rows = fetch(f"SELECT purge_{table}(%(order)s)", {"order": order})
        counts[table] = int(rows[0][0])
    return counts


def resting_on(ids: Ids) -> dict[uuid.UUID, str]:
    """The sheets that may hold content of these by lineage, each with the way there; nearer ways win."""
    found: dict[uuid.UUID, str] = {}
    for way in RESTING:
        for row in fetch(way.statement, {"ids": list(ids)}):
            if row[0] is not None and row[0] not in ids:
                found.setdefault(row[0], way.why)
    return found


def holding(words: str, known: Ids) -> Ids:
    """The sheets under which these words stand anywhere in the database, whatever their case; `known` hold them already."""
    escaped = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found: Ids = set()
    # The log comes last: a reason about several records says nothing new of those beside the one that holds the words.
    for place in sorted(PLACES.values(), key=lambda place: bool(place.unless)):
        values = {"like": f"%{escaped}%", "known": list(known | found)}
        found |= {row[0] for row in fetch(_words_in(place), values) if row[0] is not None}
    return found


def _words_in(place: Place) -> str:
    columns = " || ' ' || ".join(f"coalesce(held.\"{name}\"::text, '')" for name in place.blanks)
    return (
        f'SELECT DISTINCT {place.under} FROM "{place.table}" AS held '  # noqa: S608
        f"WHERE {columns} ILIKE %(like)s {place.unless}"
    )


def resting_deep(ids: Ids, most: int = 4) -> dict[uuid.UUID, str]:
    """What rests on these, and on that in turn; an incident or topic is named but not gone into: others stand under it."""
    found: dict[uuid.UUID, str] = {}
    edge = set(ids)
    for _ in range(most):
        fresh = {key: why for key, why in resting_on(edge).items() if key not in found and key not in ids}
        found |= fresh
        edge = {key for key, why in fresh.items() if why != "linked"}
        if not edge:
            break
    return found
