"""The response as it is played: orders reach the units, all acknowledge but one, which is escalated."""

import datetime
from collections.abc import Callable
from typing import Any

from vedette.demo.people import Cast

MINUTE = datetime.timedelta(minutes=1)
# The unit that stays silent, so that escalation is seen.
SILENT = "tactical"
ACKNOWLEDGE_AFTER, DONE_BEFORE_DUE = 2 * MINUTE, 1 * MINUTE
WATCHED_FOR = 90
Plan = Callable[[datetime.datetime, Callable[[], None]], None]


class Responding:
    """One run of the playbook on the incident."""

    def __init__(self, cast: Cast, incident: str, at: datetime.datetime, plan: Plan) -> None:
        self.cast, self.incident, self.at, self.plan = cast, incident, at, plan
        self.run: dict[str, Any] = {}

    def start(self) -> None:
        """The watch officer starts the run; each unit is asked at once, and the clock is looked at every minute."""
        self.run = self.cast.watch.post("/api/v1/runs", {"incident": self.incident})
        silent = self.cast.units_of_kind(SILENT)
        for task in self.run["tasks"]:
            if task["horizon"] == "minutes" and task["unit"] not in silent and task["state"] != "done":
                self._plan_task(task)
        for minute in range(1, WATCHED_FOR):
            self.plan(self.at + minute * MINUTE, self.step)

    def step(self) -> None:
        """What is due on the shown clock is done now."""
        self.cast.watch.post("/replay/step/")

    def _plan_task(self, task: dict[str, Any]) -> None:
        unit, key = task["unit"], task["id"]
        due = datetime.datetime.fromisoformat(task["due_at"])
        outcome = {"outcome": "done as ordered", "evidence": f"on file: {task['evidence_wanted']}"[:300]}
        self.plan(
            self.at + ACKNOWLEDGE_AFTER, lambda: self.cast.sergeant(unit).post(f"/api/v1/tasks/{key}/acknowledge")
        )
        self.plan(
            max(due - DONE_BEFORE_DUE, self.at + 3 * MINUTE),
            lambda: self.cast.sergeant(unit).post(f"/api/v1/tasks/{key}/complete", outcome),
        )

    def state(self) -> dict[str, Any]:
        """How the run stands now."""
        found: dict[str, Any] = self.cast.watch.get(f"/api/v1/runs/{self.run['id']}")
        return found
