"""What the screens of the response draw."""

import datetime
import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vedette.agencies.queries import units
from vedette.agencies.viewer import Viewer
from vedette.alerts.models import DEED
from vedette.handling.policy import may
from vedette.incidents.queries import open_incidents
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.response.actions.states import State
from vedette.response.board import Board, Column, SitePoint, site_points
from vedette.response.models import Deployment
from vedette.response.queries import Order, playbooks, trail_of
from vedette.response.rows import OrderRow, order_rows
from vedette.web.parts import times
from vedette.web.response.moves import ACKNOWLEDGE, COMPLETE, PASS_ON, cards_of, chosen_of, moves_of, speaks_for_own
from vedette.web.response.words import duty_word, outcome_word

ANYONE = ("acknowledge_order", "complete_order", "decline_order")


def list_context(viewer: Viewer | None, rows: Sequence[Board], incident: uuid.UUID | None) -> dict[str, Any]:
    """The list of responses, and the form that starts one on an incident that has none."""
    taken = {row.run.incident_id for row in rows if row.run.ended_at is None}
    free = [row.incident for row in open_incidents(viewer) if row.incident.pk not in taken]
    return {
        "running": [with_ranges(viewer, row) for row in rows if row.run.ended_at is None],
        "ended": [row for row in rows if row.run.ended_at is not None],
        "incidents": free,
        "chosen": incident,
        "playbooks": playbooks(),
        "may_start": may(viewer, "start_run").allowed,
    }


def with_ranges(viewer: Viewer | None, board: Board) -> dict[str, Any]:
    """A board with the words of its columns."""
    return {"board": board, "columns": [column_view(viewer, column) for column in board.columns]}


def column_view(viewer: Viewer | None, column: Column) -> dict[str, Any]:
    """A column with its span in words, its newest clock, and how quickly it was worked off."""
    done_in = column.finished_in
    return {
        "column": column,
        "range": _range(viewer, column),
        "begins": _day(column.begins_at, times.zone_of(viewer.zone if viewer else "UTC")),
        "next": column.next_due,
        "done_in": times.minutes_seconds(done_in.total_seconds()) if done_in and column.number == 1 else "",
    }


def _range(viewer: Viewer | None, column: Column) -> str:
    zone = times.zone_of(viewer.zone if viewer else "UTC")
    if column.number == 1 and column.ends_at is not None:
        minutes = int((column.ends_at - column.begins_at).total_seconds()) // 60
        return _("0–%(n)s min") % {"n": minutes}
    if column.ends_at is None:
        return pgettext("short", "from %(day)s") % {"day": _day(column.begins_at, zone)}
    return pgettext("short", "to %(day)s") % {"day": _day(column.ends_at, zone)}


def _day(moment: datetime.datetime, zone: datetime.tzinfo) -> str:
    local = moment.astimezone(zone)
    return times.day(local, now().astimezone(zone).date()) or times.hand(moment, zone)


def board_context(viewer: Viewer | None, board: Board, then: datetime.datetime | None = None) -> dict[str, Any]:
    """Everything the board draws; as it stood (`then`) nothing can be done on it."""
    verbs = ("give_task", "deploy", "decide", "end_run")
    rights = {verb: then is None and may(viewer, verb).allowed for verb in verbs}
    points = site_points(viewer, board.deployments)
    return {
        "board": board,
        "run": board.run,
        "incident": board.run.incident,
        "columns": [
            {**column_view(viewer, column), "cards": cards_of(viewer if then is None else None, column.rows)}
            for column in board.columns
        ],
        "points": [_point(viewer, point, then) for point in points],
        "map_fit": "deployment" if any(point.rows for point in points) else "site",
        "rights": rights,
        "moment": then or now(),
        "then": then,
        "over": board.run.over(then),
    }


def _point(viewer: Viewer | None, point: SitePoint, then: datetime.datetime | None) -> dict[str, Any]:
    site = point.site
    zone = times.zone_of(viewer.zone if viewer else "UTC")
    notes = [_note(row, row.order, zone) for row in point.rows if isinstance(row.order, Deployment)]
    state = {"unsure": _("not confirmed")}.get(point.state, "")
    label = f"{site.name}: {state}" if state else " · ".join([site.name, *(_strength(row) for row in point.rows)])
    return {
        "id": f"site-{site.key}",
        "kind": "deployment" if point.rows else "site",
        "lat": site.lat,
        "lon": site.lon,
        "label": label.removesuffix(" · "),
        "state": point.state,
        "note": "; ".join(notes) or site.kind,
        "href": _address(point.rows[0].order, then) if point.rows else "",
    }


def _strength(row: OrderRow) -> str:
    return row.order.strength if isinstance(row.order, Deployment) else ""


def _address(order: Order, then: datetime.datetime | None) -> str:
    """Where an order is opened; from a past board, as it stood."""
    address = reverse("response_order", args=[order.pk])
    return f"{address}?{urlencode({'at': times.iso(then)}, safe=':')}" if then else address


def _note(row: OrderRow, order: Deployment, zone: datetime.tzinfo) -> str:
    until = times.stamp(order.until, zone, now()) if order.until else _("until ended")
    return f"{(row.unit or order.unit).name}, {until}"


def past_order_context(viewer: Viewer | None, order: Order, then: datetime.datetime) -> dict[str, Any]:
    """One order as it stood, with the receipts and escalations of by then; nothing can be said to it. Missing before it was there."""
    row = next(iter(order_rows(viewer, [order], then)), None)
    if row is None:
        raise Missing
    return {
        "row": row,
        "order": order,
        "is_task": order.sheet.kind == "task",
        "owner": row.unit,
        "moments": _moments(viewer, order, row, then),
        "then": then,
    }


def order_context(viewer: Viewer | None, order: Order, query: QueryDict | None = None) -> dict[str, Any]:
    """One order with its receipts, its escalations and what the viewer may do with it; `query` may choose a verb."""
    row = next(iter(order_rows(viewer, [order])), None)
    state = row.state if row else ""
    moves = moves_of(viewer, order, state, passes=may(viewer, "pass_on").allowed)
    return {
        "row": row,
        "order": order,
        "is_task": order.sheet.kind == "task",
        "owner": order.unit,
        "moments": _moments(viewer, order, row),
        "own": speaks_for_own(viewer, order),
        "speaks": COMPLETE in moves,
        "to_acknowledge": ACKNOWLEDGE in moves,
        "may_pass_on": PASS_ON in moves,
        "chosen": chosen_of(query, moves, row) if query else None,
        "may_end": order.sheet.kind == "deployment" and may(viewer, "end_deployment").allowed and state != State.ENDED,
        "units": [unit for unit in units() if unit.id != order.unit_id or state == State.PLANNED],
    }


def _moments(
    viewer: Viewer | None, order: Order, row: OrderRow | None, then: datetime.datetime | None = None
) -> list[dict[str, Any]]:
    """The trail of an order in sentences: states and steps of the ladder in their order."""
    found = [
        {
            "at": state.since,
            "who": state.by.label if state.by else "",
            "text": _sentence(state.state, state.unit.name if state.unit else "", state.because),
            "hot": state.state in (State.CANNOT, State.OPEN),
            "done": state.state == State.DONE,
        }
        for state in trail_of(viewer, order, then)
    ]
    for step in row.escalations if row else []:
        who = step.seat.label if step.seat else outcome_word(step.outcome)
        told = _("told that it is not done") if step.clock.kind == DEED else _("told")
        found.append({"at": step.at, "who": duty_word(step.duty), "text": f"{told}: {who}", "hot": True})
    return sorted(found, key=lambda moment: moment["at"])


def _sentence(state: str, unit: str, because: str) -> str:
    words = {
        State.PLANNED: _("planned for %(unit)s"),
        State.OPEN: _("nobody has it"),
        State.GIVEN: _("given to %(unit)s"),
        State.OPENED: _("opened at %(unit)s"),
        State.ACKNOWLEDGED: _("acknowledged by %(unit)s"),
        State.DONE: _("done by %(unit)s"),
        State.CANNOT: _("%(unit)s cannot"),
        State.ENDED: _("ended"),
        State.WITHDRAWN: _("withdrawn"),
    }
    said = words[State(state)] % {"unit": unit or _("a unit")}
    return f"{said}: {because}" if because else said


def print_context(viewer: Viewer | None, board: Board) -> dict[str, Any]:
    """The orders in force by unit, for paper."""
    rows = [row for row in [*board.rows, *board.deployments] if not row.finished and row.state != State.PLANNED]

    def unit_name(row: OrderRow) -> str:
        return row.order.unit.name if row.order.unit else ""

    return {
        "board": board,
        "run": board.run,
        "incident": board.run.incident,
        "by_unit": [(name, list(found)) for name, found in groupby(sorted(rows, key=unit_name), key=unit_name)],
        "planned": [row for row in board.rows if row.state == State.PLANNED],
        "done": [row for row in board.rows if row.state == State.DONE],
    }
