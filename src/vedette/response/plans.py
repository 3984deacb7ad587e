"""A playbook's content as typed values: horizons with their offsets, tasks with owner, offset and evidence wanted."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vedette.response.durations import parse_duration

DEFAULT_WITHIN = "PT1H"


@dataclass(frozen=True)
class HorizonPlan:
    """One horizon: when it begins and ends after the start (None: never), how soon its orders are acknowledged."""

    key: str
    begins: datetime.timedelta
    ends: datetime.timedelta | None
    within: datetime.timedelta


@dataclass(frozen=True)
class TaskPlan:
    """One task of the plan; `done_by_start` is done by starting the run itself."""

    key: str
    position: int
    horizon: str
    offset: datetime.timedelta
    title: str
    kind: str
    owner_kind: str
    why: str
    evidence_wanted: str
    done_by_start: bool


@dataclass(frozen=True)
class Plan:
    """The whole playbook."""

    horizons: tuple[HorizonPlan, ...]
    tasks: tuple[TaskPlan, ...]

    @cached_property
    def by_key(self) -> dict[str, HorizonPlan]:
        """The horizons by their key."""
        return {horizon.key: horizon for horizon in self.horizons}

    def horizon_at(self, offset: datetime.timedelta) -> HorizonPlan:
        """The horizon in which a moment after the start lies."""
        return next((one for one in self.horizons if one.ends is None or offset <= one.ends), self.horizons[-1])


def plan_of(content: dict[str, Any]) -> Plan:
    """Read a playbook's content; ValueError or KeyError when it has not the form."""
    horizons = tuple(
        HorizonPlan(
            key=row["id"],
            begins=parse_duration(row["from"]),
            ends=parse_duration(row["to"]) if row["to"] else None,
            within=parse_duration(row.get("acknowledge_within", DEFAULT_WITHIN)),
        )
        for row in content["horizons"]
    )
    known = {horizon.key for horizon in horizons}
    tasks = tuple(_task(row, position) for position, row in enumerate(content["tasks"]))
    lost = {task.horizon for task in tasks} - known
    if lost:
        raise ValueError(f"Tasks lie in horizons that are not there: {sorted(lost)}.")
    return Plan(horizons, tasks)


def _task(row: dict[str, Any], position: int) -> TaskPlan:
    return TaskPlan(
        key=row["id"],
        position=position,
        horizon=row["horizon"],
        offset=parse_duration(row["offset"]),
        title=row["title"],
        kind=row["kind"],
        owner_kind=row["owner_unit_kind"],
        why=row.get("why", ""),
        evidence_wanted=row.get("evidence_wanted", ""),
        done_by_start=bool(row.get("done_by_start")),
    )
