"""Loading the gazetteer and the outlines of countries from the files in data/ (see data/PROVENANCE.md)."""

import json
import lzma
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from vedette.kit.ids import new_id
from vedette.places.models import Area, Place
from vedette.places.names import SEPARATOR, fold

DATA = Path(__file__).parent / "data"
SOURCE = "geonames"
AREA_SOURCE = "natural-earth"
_BATCH = 2000
_COLUMNS = (
    "id", "source", "source_id", "name", "names", "search_key", "lat", "lon", "population", "country", "admin", "zone",
    "feature",
)  # fmt: skip


def _copy_text(lines: list[str]) -> str:
    """Lines of data/gazetteer.tsv.xz in COPY's text format, ids and search keys added.

    Works on whole columns: folding 240,000 names one by one took three times as long.
    """
    rows = [line.rsplit("\t", 1) for line in lines]
    column = "\n".join(names for _, names in rows)
    # Twice escaped: once as an array of quoted texts, once as a field of COPY.
    quoted = column.replace("\\", "\\\\\\\\").replace('"', '\\\\"').replace(SEPARATOR, '","')
    keys = fold(column).replace("\\", "\\\\")
    made = []
    for (head, names), array, key in zip(rows, quoted.split("\n"), keys.split("\n"), strict=True):
        number, rest = head.split("\t", 1)
        name = names.split(SEPARATOR, 1)[0].replace("\\", "\\\\")
        made.append(f'{new_id()}\t{SOURCE}\t{number}\t{name}\t{{"{array}"}}\t{SEPARATOR}{key}{SEPARATOR}\t{rest}\n')
    return "".join(made)


def load_gazetteer(file: Path = DATA / "gazetteer.tsv.xz") -> int:
    """Loads every place of the file in one transaction; what is there already keeps its id and is brought up to date.

    Returns how many places the file holds. Needs no rights beyond INSERT, UPDATE and temporary tables.
    """
    lines = lzma.decompress(file.read_bytes()).decode().split("\n")
    columns, table = ", ".join(_COLUMNS), Place._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        empty = not Place.objects.exists()
        if not empty:
            cursor.execute(f"CREATE TEMPORARY TABLE place_staging (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP")
        with cursor.copy(f"COPY {table if empty else 'place_staging'} ({columns}) FROM STDIN") as copy:
            # In batches, so that the server writes its index while the next batch is folded here.
            for start in range(0, len(lines), _BATCH):
                copy.write(_copy_text(lines[start : start + _BATCH]))
        if not empty:
            fresh = ", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS[3:])
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM place_staging "  # noqa: S608
                f"ON CONFLICT (source, source_id) DO UPDATE SET {fresh}"
            )
    return len(lines)


def load_once() -> int:
    """Loads places and outlines when this database has none yet; returns how many places were loaded (0: all there)."""
    if Place.objects.filter(source=SOURCE).exists():
        return 0
    load_areas()
    return load_gazetteer()


def _area(row: dict[str, Any]) -> Area:
    """An outline with the box around it."""
    points = [point for polygon in row["polygons"] for point in polygon[0]]
    lons, lats = [x for x, _ in points], [y for _, y in points]
    return Area(
        source=AREA_SOURCE,
        name=row["name"],
        kind=Area.Kind.COUNTRY,
        country=row["country"],
        outline={"type": "MultiPolygon", "coordinates": row["polygons"]},
        south=min(lats),
        north=max(lats),
        west=min(lons),
        east=max(lons),
    )


def load_areas(file: Path = DATA / "areas.json.xz") -> int:
    """Loads the outlines of countries in one transaction, replacing the outlines loaded before; returns how many."""
    rows = [_area(row) for row in json.loads(lzma.decompress(file.read_bytes()))]
    with transaction.atomic():
        Area.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "kind", "name"],
            update_fields=["country", "outline", "south", "north", "west", "east"],
        )
    return len(rows)
