"""The panel of the response on the incident's page."""

import datetime
from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.incidents.models import Incident
from vedette.response.board import boards
from vedette.response.queries import runs_of
from vedette.web.response.context import with_ranges

SHOWN = 2


def response_panel(
    viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None
) -> dict[str, Any]:
    """What `response/panel.html` draws as `response`: the run with its horizons, what is next, what burns.

    With a moment: as it stood then, without a door to start one.
    """
    runs = runs_of(viewer, incident, moment)
    found = boards(viewer, runs[:1], moment)
    board = found[0] if found else None
    late = [row for row in board.waiting if row.late] if board else []
    return {
        "incident": incident,
        "board": board,
        "columns": with_ranges(viewer, board)["columns"] if board else [],
        "next": board.next_due if board else None,
        "late": late[:SHOWN],
        "late_more": max(len(late) - SHOWN, 0),
        "older": runs[1:],
        "may_start": moment is None and may(viewer, "start_run").allowed,
        "ended": board is not None and board.run.over(moment),
    }
