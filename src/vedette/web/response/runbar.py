"""The bar at the foot of the desk: responses that run, orders nobody has acknowledged, who is silent, who is on duty."""

from typing import Any

from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import on_duty
from vedette.handling.policy import may
from vedette.response.board import boards_and_deployments
from vedette.response.queries import running
from vedette.response.shift import silent_clocks
from vedette.web.response.context import with_ranges

SHOWN = 2


def runbar(viewer: Viewer | None) -> dict[str, Any]:
    """What `response/runbar.html` draws: {runs, more_runs, waiting, more_waiting, silent, duty, may_hand_over}."""
    found, deployments = boards_and_deployments(viewer, running(viewer))
    orders = [row for board in found for row in board.waiting]
    orders += [row for row in deployments if row.waiting or row.refused]
    waiting = sorted(orders, key=lambda row: row.rank())
    silent = silent_clocks(viewer)
    return {
        "runs": [with_ranges(viewer, board) for board in found[:1]],
        "more_runs": found[1:],
        "waiting": waiting[:SHOWN],
        "waiting_n": len(waiting),
        "late_n": sum(row.late for row in waiting),
        "silent": silent[:SHOWN],
        "silent_n": len(silent),
        "duty": on_duty("watch"),
        "may_hand_over": may(viewer, "hand_over").allowed,
    }
