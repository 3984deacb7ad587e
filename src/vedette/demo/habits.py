"""How the invented units behave, read from data: who stays silent, how soon each column is acknowledged, when it is done."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.response.durations import parse_duration

FILE = Path(__file__).parent / "data" / "units.json"
# However quick a unit is, nothing is done in the minute in which it is taken on.
SOONEST = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class Habits:
    """The habits of one home side's units; a kind of unit that is not named keeps the pace of its column."""

    horizons: dict[str, dict[str, str]]
    pace: dict[str, float]
    silent: frozenset[str]

    def acknowledged(self, horizon: str, kind: str, at: datetime.datetime) -> datetime.datetime | None:
        """When a unit says that it has a task of a run begun at this moment; None when it never does by itself."""
        if kind in self.silent or horizon not in self.horizons:
            return None
        first = parse_duration(self.horizons[horizon]["acknowledge_after"])
        # In the first minutes everybody is quick: the pace tells in the later columns.
        return self.begins(horizon, at) + (first if horizon == "minutes" else first * self.pace.get(kind, 1.0))

    def begins(self, horizon: str, at: datetime.datetime) -> datetime.datetime:
        """When the units are asked for the tasks of a column."""
        return at + parse_duration(self.horizons[horizon]["begins"])

    def done(self, horizon: str, acknowledged: datetime.datetime, due: datetime.datetime) -> datetime.datetime | None:
        """When the task is reported done; None in a column that outlasts the demonstration."""
        before = self.horizons.get(horizon, {}).get("done_before_due")
        return max(due - parse_duration(before), acknowledged + SOONEST) if before else None


def read_habits(file: Path = FILE) -> Habits:
    """The habits in a file."""
    found: dict[str, Any] = json.loads(file.read_text())
    return Habits(found["horizons"], found["pace"], frozenset(found["silent"]))
