"""The newest sheets a viewer may see: the newest of each class and of each delivery, merged by one statement.

It costs the same for the widest and the narrowest viewer, because each part walks an index and stops (bench B7).
"""

import datetime
import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.handling.condition import CLASSES, HIS_TO_SEE, IN_FORCE, STANDS, values_of
from vedette.handling.judging import NEVER_NAMES, auditor_only
from vedette.kit.statements import fetch

Position = tuple[object, uuid.UUID]

# A few of each class tell how far back the page reaches at most; nothing older is read of any class.
EDGE = "SELECT filed_at FROM probe ORDER BY filed_at DESC OFFSET %(limit)s - 1 LIMIT 1"
WITHIN = " AND filed_at >= coalesce((SELECT filed_at FROM edge), '-infinity')"
PROBE = 6
OLDER = " AND (filed_at, id) < (%(at)s, %(last)s)"
OLDER_GIVEN = " AND (given.filed_at, given.sheet_id) < (%(at)s, %(last)s)"
STANDS_TO_HIM = f"{STANDS} AND {HIS_TO_SEE}"
KINDS = "unnest(%(kinds)s::varchar[]) AS wanted(name)"


def newest(viewer: Viewer | None, kinds: Sequence[str], limit: int, before: Position | None = None) -> list[uuid.UUID]:
    """The newest sheets of these kinds the viewer may see, newest first.

    `before` is (filed_at, id) of the last row already shown.
    """
    if viewer is None or auditor_only(viewer) or not kinds:
        return []
    text = statement(viewer.is_home, viewer.on_desk, viewer.unit_id is not None, before is not None)
    return [row[1] for row in fetch(text, _values(viewer, kinds, limit, before))]


def _values(viewer: Viewer, kinds: Sequence[str], limit: int, before: Position | None) -> dict[str, Any]:
    at: Any = before[0] if before else None
    return {
        **values_of(viewer),
        "named_never": viewer.agency_kind in NEVER_NAMES,
        "kinds": list(kinds),
        "limit": limit,
        "probe": min(limit, PROBE),
        "at": datetime.datetime.fromisoformat(at) if isinstance(at, str) else at,
        "last": before[1] if before else None,
    }


@cache
def statement(home: bool, desk: bool, unit: bool, paged: bool) -> str:
    """The statement for one kind of viewer: what is held, written, lodged and delivered, each to the limit, merged."""
    held = "holder_id = %(agency)s AND lodged_by_id IS NULL AND access_class_id = class.id"
    parts, first = [_walk("author_id = %(seat)s", KINDS, paged)], ""
    if home:
        over = f"{KINDS}, class"
        probe = _walk(held, over, paged, most="%(probe)s")
        first = f"WITH class AS MATERIALIZED ({CLASSES}), probe AS ({probe}), edge AS ({EDGE}) "
        parts.append(_walk(held + WITHIN, over, paged))
    if desk:
        parts.append(_walk("lodged_by_id IS NOT NULL AND access_class_id IN (SELECT id FROM class)", KINDS, paged))
    if not home:
        parts.append(_walk("lodged_by_id = %(agency)s", KINDS, paged))
    parts += [_given(name, paged) for name in ("agency", "seat", *(["unit"] if unit else []))]
    return f"{first}{' UNION '.join(parts)} ORDER BY filed_at DESC, id DESC LIMIT %(limit)s"


def _walk(condition: str, over: str, paged: bool, most: str = "%(limit)s") -> str:
    """The newest sheets under a condition, for each kind (and class) along the index that begins with it."""
    stands = STANDS_TO_HIM.format(sheet="handling_sheet")
    found = f"{condition} AND kind = wanted.name AND {stands}{OLDER if paged else ''}"
    return (
        f"SELECT filed_at, id FROM (SELECT part.filed_at, part.id FROM {over} CROSS JOIN LATERAL "  # noqa: S608
        f"(SELECT filed_at, id FROM handling_sheet WHERE {found} ORDER BY filed_at DESC, id DESC LIMIT {most}) AS part) AS walk"
    )


def _given(name: str, paged: bool) -> str:
    """The newest deliveries to an agency, unit or seat in force, along the delivery index."""
    in_force, stands = IN_FORCE.format(given="given"), STANDS_TO_HIM.format(sheet="sheet")
    nameable = "(NOT %(named_never)s OR NOT class.named_subject)"
    return (
        f"SELECT filed_at, id FROM (SELECT part.filed_at, part.id FROM {KINDS} CROSS JOIN LATERAL "  # noqa: S608
        "(SELECT DISTINCT given.filed_at, given.sheet_id AS id FROM handling_addressee AS given "
        "JOIN handling_sheet AS sheet ON sheet.id = given.sheet_id "
        "JOIN handling_accessclass AS class ON class.id = sheet.access_class_id "
        f"WHERE given.{name}_id = %({name})s AND given.kind = wanted.name AND {in_force} AND {stands} AND {nameable}"
        f"{OLDER_GIVEN if paged else ''} ORDER BY given.filed_at DESC, given.sheet_id DESC LIMIT %(limit)s) AS part) AS walk"
    )
