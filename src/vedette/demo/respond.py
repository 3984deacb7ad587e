"""The response as it is played: orders reach the units, which answer by their habits; the silent one is escalated."""

import datetime
from collections.abc import Callable
from typing import Any

from vedette.demo.habits import read_habits
from vedette.demo.people import Cast

MINUTE = datetime.timedelta(minutes=1)
# The clocks are looked at every minute while the first column runs out, then less often.
CLOSELY, WATCHED_FOR, THEN_EVERY = 31, 90, 5
Plan = Callable[[datetime.datetime, Callable[[], None]], None]


class Responding:
    """One run of the playbook on the incident."""

    def __init__(self, cast: Cast, incident: str, at: datetime.datetime, plan: Plan) -> None:
        self.cast, self.incident, self.at, self.plan = cast, incident, at, plan
        self.run: dict[str, Any] = {}
        self.habits = read_habits()

    def start(self) -> None:
        """The watch officer starts the run; each unit is asked at once, and answers in its own time."""
        self.run = self.cast.watch.post("/api/v1/runs", {"incident": self.incident})
        for task in self.run["tasks"]:
            if task["state"] != "done":
                self._plan_task(task)
        for minute in (*range(1, CLOSELY), *range(CLOSELY, WATCHED_FOR, THEN_EVERY)):
            self.plan(self.at + minute * MINUTE, self.step)
        for horizon in self.habits.horizons:
            self.plan(self.habits.begins(horizon, self.at), self.step)

    def step(self) -> None:
        """What is due on the shown clock is done now."""
        self.cast.watch.post("/replay/step/")

    def _plan_task(self, task: dict[str, Any]) -> None:
        unit, key, horizon = task["unit"], task["id"], task["horizon"]
        acknowledged = self.habits.acknowledged(horizon, self.cast.kind_of_unit(unit), self.at)
        if acknowledged is None:
            return
        self.plan(acknowledged, lambda: self.cast.sergeant(unit).post(f"/api/v1/tasks/{key}/acknowledge"))
        done = self.habits.done(horizon, acknowledged, datetime.datetime.fromisoformat(task["due_at"]))
        if done is not None:
            outcome = {"outcome": "done as ordered", "evidence": f"on file: {task['evidence_wanted']}"[:300]}
            self.plan(done, lambda: self.cast.sergeant(unit).post(f"/api/v1/tasks/{key}/complete", outcome))

    def state(self) -> dict[str, Any]:
        """How the run stands now."""
        found: dict[str, Any] = self.cast.watch.get(f"/api/v1/runs/{self.run['id']}")
        return found
