"""The board of a response: five columns with their clocks, deployments, decisions, sites; late first."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sheet
from vedette.handling.policy import readable, visible_sheets
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.response.actions.states import IN_HAND, State
from vedette.response.models import Decision, Deployment, Run, Site, Task
from vedette.response.plans import HorizonPlan
from vedette.response.queries import deployments_seen, sites, tasks_seen
from vedette.response.rows import OrderRow, order_rows

STANDING = (*IN_HAND, State.CANNOT)
Moment = datetime.datetime | None


@dataclass(frozen=True)
class Column:
    """One horizon of a run: when it begins and ends, its rows, its figures."""

    key: str
    number: int
    begins_at: datetime.datetime
    ends_at: datetime.datetime | None
    rows: list[OrderRow]
    moment: datetime.datetime

    @property
    def total(self) -> int:
        """How many tasks it holds, those withdrawn left out."""
        return sum(row.state != State.WITHDRAWN for row in self.rows)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(row.state == State.DONE for row in self.rows)

    @property
    def late(self) -> int:
        """How many burn."""
        return sum(row.late for row in self.rows)

    @property
    def begun(self) -> bool:
        """Whether its orders have gone out."""
        return self.begins_at <= self.moment

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.ends_at is not None and self.ends_at <= self.moment

    @property
    def next_due(self) -> OrderRow | None:
        """The open row whose clock ends first."""
        rows = [row for row in self.rows if not row.finished and not row.late and row.running_to]
        return min(rows, key=lambda row: row.running_to or self.moment, default=None)

    @property
    def finished_in(self) -> datetime.timedelta | None:
        """How long after the horizon's begin the last of its done tasks was done."""
        times = [row.standing.since for row in self.rows if row.state == State.DONE]
        return max(times) - self.begins_at if times else None


@dataclass(frozen=True)
class DecisionRow:
    """A decision, who took it, and its basis where the viewer may know it."""

    decision: Decision
    who: str
    basis: Sheet | None


@dataclass(frozen=True)
class Board:
    """A run as one viewer may see it."""

    run: Run
    columns: list[Column]
    today_ends: datetime.datetime
    who: str = ""
    basis: Sheet | None = None
    deployments: list[OrderRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)

    @property
    def rows(self) -> list[OrderRow]:
        """Every task of every column."""
        return [row for column in self.columns for row in column.rows]

    @property
    def total(self) -> int:
        """How many tasks."""
        return sum(column.total for column in self.columns)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(column.done for column in self.columns)

    @property
    def late(self) -> int:
        """How many burn."""
        return sum(column.late for column in self.columns)

    @property
    def waiting(self) -> list[OrderRow]:
        """Orders nobody has acknowledged, the longest overdue first."""
        rows = [row for row in [*self.rows, *self.deployments] if row.waiting or row.refused]
        return sorted(rows, key=lambda row: row.running_to or row.moment)

    @property
    def due_today(self) -> int:
        """How many more end today, home time."""
        return sum(row.due_by(self.today_ends) for row in self.rows)

    @property
    def next_due(self) -> OrderRow | None:
        """The open task whose clock ends first."""
        found = [column.next_due for column in self.columns if column.next_due]
        return min(found, key=lambda row: row.running_to or row.moment, default=None)


def boards(viewer: Viewer | None, runs: Sequence[Run], moment: Moment = None) -> list[Board]:
    """The boards of several runs without deployments and decisions; as many questions for one as for ten.

    This and every read below: at a moment (now when none is given), what stood then of what the viewer may see now.
    """
    return _boards(viewer, runs, order_rows(viewer, _tasks(viewer, runs), moment), moment)


def boards_and_deployments(
    viewer: Viewer | None, runs: Sequence[Run], moment: Moment = None
) -> tuple[list[Board], list[OrderRow]]:
    """The boards of several runs, and who stands where, in one go."""
    rows = order_rows(viewer, [*_tasks(viewer, runs), *_standing(viewer, moment)], moment)
    return _boards(viewer, runs, rows, moment), [row for row in rows if isinstance(row.order, Deployment)]


def board_of(viewer: Viewer | None, run: Run, moment: Moment = None) -> Board:
    """The whole board of one run."""
    (board,), deployments = boards_and_deployments(viewer, [run], moment)
    return replace(board, deployments=deployments, decisions=decisions_of(viewer, run, moment))


def _tasks(viewer: Viewer | None, runs: Sequence[Run]) -> list[Task]:
    return list(tasks_seen(viewer).filter(run__in=[run.pk for run in runs])) if runs else []


def _boards(viewer: Viewer | None, runs: Sequence[Run], rows: Sequence[OrderRow], moment: Moment) -> list[Board]:
    shown = moment or now()
    by_run: dict[uuid.UUID, list[OrderRow]] = {run.pk: [] for run in runs}
    for row in rows:
        if isinstance(row.order, Task):
            by_run[row.order.run_id].append(row)
    seats = labels(run.sheet.author_id for run in runs)
    under = visible_sheets(viewer, {run.basis_id for run in runs})
    ends = end_of_day(viewer, shown)
    return [
        Board(
            run, _columns(run, by_run[run.pk], shown), ends, _who(seats, run.sheet.author_id), under.get(run.basis_id)
        )
        for run in runs
    ]


def end_of_day(viewer: Viewer | None, moment: datetime.datetime) -> datetime.datetime:
    """The end of a moment's day at home."""
    home = moment.astimezone(ZoneInfo(viewer.zone if viewer else "UTC"))
    return (home + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def standing_deployments(viewer: Viewer | None, moment: Moment = None) -> list[OrderRow]:
    """Who stands where, or is ordered to: what is not confirmed first."""
    return order_rows(viewer, _standing(viewer, moment), moment)


def _standing(viewer: Viewer | None, moment: Moment) -> list[Deployment]:
    shown = moment or now()
    states = in_force(moment, "sheet__order_states__")
    rows = deployments_seen(viewer).filter(states, sheet__order_states__state__in=STANDING)
    return [row for row in rows if row.until is None or row.until > shown]


def decisions_of(viewer: Viewer | None, run: Run, moment: Moment = None) -> list[DecisionRow]:
    """The decisions taken in a run, the newest first."""
    rows = Decision.objects.seen_by(viewer).filter(readable(viewer, "sheet__"), run=run).select_related("sheet")
    if moment is not None:
        rows = rows.filter(sheet__filed_at__lte=moment)
    found = list(rows.order_by("-sheet__filed_at"))
    seats = labels(row.sheet.author_id for row in found)
    under = visible_sheets(viewer, {row.basis_id for row in found})
    return [DecisionRow(row, _who(seats, row.sheet.author_id), under.get(row.basis_id)) for row in found]


@dataclass(frozen=True)
class SitePoint:
    """A site on the map: covered by whom until when, not yet confirmed, or not covered."""

    site: Site
    state: str
    rows: list[OrderRow]


def site_points(viewer: Viewer | None, deployments: Sequence[OrderRow], priority: int = 1) -> list[SitePoint]:
    """The sites of the first priority and every site that a deployment names."""
    at: dict[uuid.UUID, list[OrderRow]] = {}
    wanted = {site.id: site for site in sites(priority)}
    for row in deployments:
        if isinstance(row.order, Deployment) and row.order.site:
            at.setdefault(row.order.site.id, []).append(row)
            wanted[row.order.site.id] = row.order.site
    return [SitePoint(site, _cover(at.get(site.id, [])), at.get(site.id, [])) for site in wanted.values()]


def _cover(rows: list[OrderRow]) -> str:
    if any(row.state == State.ACKNOWLEDGED for row in rows):
        return "covered"
    return "unsure" if rows else ""


def _columns(run: Run, rows: list[OrderRow], moment: datetime.datetime) -> list[Column]:
    return [
        Column(
            horizon.key,
            number,
            run.started_at + horizon.begins,
            _end(run, horizon),
            [row for row in rows if getattr(row.order, "horizon", "") == horizon.key],
            moment,
        )
        for number, horizon in enumerate(run.playbook.plan.horizons, 1)
    ]


def _end(run: Run, horizon: HorizonPlan) -> datetime.datetime | None:
    return run.started_at + horizon.ends if horizon.ends is not None else None


def _who(seats: dict[uuid.UUID, str], seat: uuid.UUID | None) -> str:
    return seats.get(seat, "") if seat else ""
