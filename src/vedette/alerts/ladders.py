"""The ladders as they are in force, with what was in force before."""

from dataclasses import dataclass, field
from typing import Any

from vedette.alerts.actions.duties import DATA, WITH_UNIT
from vedette.alerts.models import Ladder


@dataclass(frozen=True)
class HeldLadder:
    """A ladder in force; `row` is None while the house's own was not written down yet."""

    key: str
    title: str
    minutes: int
    steps: list[dict[str, Any]]
    row: Ladder | None
    with_unit: bool
    earlier: list[Ladder] = field(default_factory=list)


def ladders_in_force() -> list[HeldLadder]:
    """Every ladder of the house in its order, newest change first."""
    rows: dict[str, list[Ladder]] = {}
    for row in Ladder.objects.select_related("by").order_by("-since"):
        rows.setdefault(row.key, []).append(row)
    return [_held(own, rows.get(own["key"], [])) for own in DATA["ladders"]]


def _held(own: dict[str, Any], rows: list[Ladder]) -> HeldLadder:
    row = next((row for row in rows if row.until is None), None)
    minutes, steps = (row.minutes, row.steps) if row else (own["minutes"], own["steps"])
    earlier = [old for old in rows if old.until is not None]
    return HeldLadder(own["key"], own["title"], minutes, steps, row, own["key"] in WITH_UNIT, earlier)
