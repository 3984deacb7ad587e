"""Building the base map from a world of two countries."""

import json
from pathlib import Path

import pytest

from vedette.places.build_basemap import build, layers
from vedette.places.tests.test_topology import DOCUMENT


def small_world(folder: Path) -> Path:
    """Write the npm packages that the build reads, holding a world of two countries; returns their folder."""
    atlas = folder / "node_modules" / "world-atlas"
    atlas.mkdir(parents=True)
    geometries = DOCUMENT["objects"]["countries"]["geometries"]
    document = DOCUMENT | {"objects": {"countries": {"geometries": geometries}, "land": {"geometries": geometries}}}
    for scale in ("110m", "50m", "10m"):
        (atlas / f"countries-{scale}.json").write_text(json.dumps(document))
    return atlas.parent


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    return small_world(tmp_path)


def test_the_base_map_is_built_from_the_installed_packages(modules: Path, tmp_path: Path) -> None:
    out = tmp_path / "vendor" / "map" / "world.pmtiles"
    build(modules, out)
    assert out.read_bytes().startswith(b"PMTiles\x03")
    assert [file.name for file in out.parent.iterdir()] == ["world.pmtiles"], "nothing half-made is left behind"


def test_water_is_drawn_only_when_its_package_is_installed(modules: Path) -> None:
    assert set(layers(modules)) == {"land", "borders", "grid", "places"}


def test_large_cities_and_capitals_are_named_from_afar(modules: Path) -> None:
    zooms = {one["properties"]["name"]: one["tippecanoe"]["minzoom"] for one in layers(modules)["places"]}
    assert zooms["Mumbai"] == zooms["Paris"] == 2
    assert zooms["Lyon"] > 4


def test_a_missing_package_stops_the_build_without_leaving_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        build(tmp_path / "nowhere", tmp_path / "world.pmtiles")
    assert not (tmp_path / "world.pmtiles").exists()
