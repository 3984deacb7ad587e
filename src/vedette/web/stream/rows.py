"""Which happenings carry a rendered row, and how it is drawn once all readers have been judged."""

import uuid
from collections.abc import Callable

from django.template.loader import render_to_string

from vedette.agencies.viewer import Viewer
from vedette.reporting.queries import rows_judged


def desk_row(viewer: Viewer, sheet_id: uuid.UUID) -> str:
    """The desk's queue row of a report, as anyone who may see it sees it."""
    rows = rows_judged([sheet_id])
    if not rows:
        return ""
    return render_to_string("desk/row.html", {"row": rows[0], "home_zone": viewer.zone, "home_city": viewer.city})


ROWS: dict[str, Callable[[Viewer, uuid.UUID], str]] = {
    "report.filed": desk_row,
    "report.amended": desk_row,
    "report.placed": desk_row,
    "report.read": desk_row,
    "report.graded": desk_row,
    "report.withdrawn": desk_row,
}
