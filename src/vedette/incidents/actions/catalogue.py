"""Loading the reference catalogue that the product ships."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from vedette.audit.actions import record
from vedette.incidents.models import CatalogueEntry, Measure

FOLDER = Path(__file__).resolve().parent.parent / "catalogue"


@transaction.atomic
def load_catalogue(folder: Path = FOLDER) -> int:
    """Load or renew the past incidents and the measures taken after them; returns how many incidents there are."""
    entries = [_entry(row) for row in _rows(folder / "incidents.jsonl")]
    measures = [_measure(row) for row in _rows(folder / "measures.jsonl")]
    known = ["name", "start", "city", "country", "lat", "lon", "methods", "facts"]
    CatalogueEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["id"], update_fields=known)
    told = ["entry", "horizon", "kind", "actor", "what", "done", "still_in_force", "outcome", "source"]
    Measure.objects.bulk_create(measures, update_conflicts=True, unique_fields=["id"], update_fields=told)
    record(None, "catalogue.loaded", [], f"{len(entries)} incidents, {len(measures)} measures")
    return len(entries)


def load_catalogue_once() -> int:
    """Load the catalogue when this database has none yet; returns how many incidents it holds."""
    return CatalogueEntry.objects.count() or load_catalogue()


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]


def _entry(row: dict[str, Any]) -> CatalogueEntry:
    return CatalogueEntry(
        id=row["id"],
        name=row["name"],
        start=datetime.datetime.fromisoformat(row["start"]),
        city=row["city"],
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        methods=row["method"],
        facts=row,
    )


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(
        id=row["id"],
        entry_id=row["incident_id"],
        horizon=row["horizon"],
        kind=row["kind"],
        actor=row["actor"],
        what=row["what"],
        done=str(row["when"]),
        still_in_force=row["still_in_force"],
        outcome=row.get("outcome") or "",
        source=row["source"],
    )
