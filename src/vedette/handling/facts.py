"""The facts of a sheet that decide who sees it, and its deliveries in force, as they stand in the database now.

Asked at every happening for every open screen, so in the database's own words (bench B4); what follows from the facts
is judged in one place (`handling.judging`), and the laws hold this reading against `policy.visible`.
"""

import uuid
from collections.abc import Iterable, Sequence

from vedette.agencies.viewer import Viewer
from vedette.handling.condition import IN_FORCE, STANDS
from vedette.handling.judging import Facts, Given
from vedette.kit.statements import fetch
from vedette.kit.time import now

SHEETS = " AND ".join(
    (
        """SELECT sheet.id, sheet.holder_id, sheet.lodged_by_id, sheet.author_id, sheet.kept_from_id,
  class.sensitivity, class.groups, class.named_subject, sheet.withdrawn_at IS NOT NULL
FROM handling_sheet AS sheet JOIN handling_accessclass AS class ON class.id = sheet.access_class_id
WHERE sheet.id = ANY(%(sheets)s)""",
        STANDS.format(sheet="sheet"),
    )
)
DELIVERIES = " AND ".join(
    (
        """SELECT sheet_id, agency_id, unit_id, seat_id, recalled_at IS NOT NULL FROM handling_addressee AS given
WHERE sheet_id = ANY(%(sheets)s) AND (agency_id = ANY(%(agencies)s) OR unit_id = ANY(%(units)s) OR seat_id = ANY(%(seats)s))""",
        IN_FORCE.format(given="given"),
    )
)


def facts_of(sheets: Iterable[uuid.UUID], viewers: Sequence[Viewer]) -> dict[uuid.UUID, Facts]:
    """The facts of those sheets that stand (neither purged nor expired), with the deliveries that reach any of the viewers."""
    values = {
        "sheets": list(sheets),
        "now": now(),
        "agencies": list({viewer.agency_id for viewer in viewers}),
        "units": list({viewer.unit_id for viewer in viewers if viewer.unit_id}),
        "seats": [viewer.seat_id for viewer in viewers],
    }
    given: dict[uuid.UUID, list[Given]] = {}
    for sheet, agency, unit, seat, recalled in fetch(DELIVERIES, values):
        given.setdefault(sheet, []).append(Given(agency, unit, seat, recalled))
    return {
        key: Facts(
            holder,
            lodged,
            author,
            kept_from,
            sensitivity,
            frozenset(groups),
            named,
            withdrawn,
            tuple(given.get(key, ())),
        )
        for key, holder, lodged, author, kept_from, sensitivity, groups, named, withdrawn in fetch(SHEETS, values)
    }
