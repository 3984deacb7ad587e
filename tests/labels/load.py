"""Reads the labelled chronologies for tests: rows with answers, and the same rows as linking sees them."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from vedette.incidents.linking import ReportView

HERE = Path(__file__).parent
CHRONOLOGIES = ("paris-2015", "mumbai-2008", "boston-2013")


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    with open(HERE / f"{name}.jsonl", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def english(row: dict[str, Any]) -> str:
    return row.get("gloss_en") or row["text"]


def view(row: dict[str, Any]) -> ReportView:
    """Only what the feed holds: no label crosses into a view."""
    place = row["place"]
    return ReportView(
        kind=row["kind"],
        text=english(row),
        observed_at=datetime.fromisoformat(row["observed_t"]),
        happened_at=datetime.fromisoformat(row["t"]),
        place=place["name"],
        lat=place["lat"],
        lon=place["lon"],
        precision_m=place["precision_m"],
        post_id=row["post"],
        source_kind=row["source_kind"],
        nexus=row["home_nexus"]["status"],
    )
