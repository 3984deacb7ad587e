"""The gazetteer for the phone: small, whole, and by the house's own rule of comparing names."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from vedette.places.build_compact import _column, compact, compared, own_scripts, places, script
from vedette.places.distance import distance_km

BUILT = settings.BUILT / "vendor" / "places" / "places.dat"
MEGABYTE = 1_000_000
pytestmark = pytest.mark.whole


class Read:
    """The file read back, as the phone reads it."""

    def __init__(self, content: bytes) -> None:
        first, rest = content.split(b"\n", 1)
        self.head = json.loads(first)
        self.parts: dict[str, bytes] = {}
        for name, length in self.head["parts"]:
            self.parts[name], rest = rest[:length], rest[length:]
        assert rest == b""
        self.names = self.parts["names"].decode().split("\n")
        self.others = [line.split("|")[1:] for line in self.parts["others"].decode().split("\n")]
        self.lat, self.lon = self.column("lat"), self.column("lon")

    def column(self, name: str) -> list[float]:
        count, low, sum_ = self.head["count"], self.parts[name], 0
        found = []
        for n in range(count):
            step = low[n] | low[count + n] << 8 | low[2 * count + n] << 16
            sum_ += -((step + 1) >> 1) if step & 1 else step >> 1
            found.append(sum_ / self.head["steps"])
        return found


@pytest.fixture(scope="module")
def kept():
    return places()


@pytest.fixture(scope="module")
def read():
    return Read(BUILT.read_bytes())


def test_the_file_the_set_up_made_is_what_the_gazetteer_says_and_at_most_a_megabyte(kept):
    assert BUILT.read_bytes() == compact(kept)
    assert BUILT.with_name("places.dat.br").stat().st_size <= MEGABYTE


def test_every_place_is_in_it_within_a_hundred_metres(kept, read):
    assert read.head["count"] == len(kept) == len(read.names) == len(read.others) == len(read.parts["people"])
    worst = max(
        distance_km((one.lat, one.lon), point)
        for one, point in zip(kept, zip(read.lat, read.lon, strict=True), strict=True)
    )
    assert worst < 0.1


def test_a_place_keeps_the_names_of_its_countrys_scripts_and_a_large_one_every_name(kept, read):
    def named(name: str, like: str) -> list[str]:
        return next(o for n, o in zip(read.names, read.others, strict=True) if n == name and like in o)

    assert {"париж", "باريس", "巴黎", "파리"} <= set(named("Paris", "париж"))
    small = [place for place in kept if place.country == "IL" and place.people < 30_000]
    assert {kind for place in small for kind in map(script, place.others)} <= {"HEBREW", "ARABIC"}
    assert sum(1 for place in small if any(script(other) == "HEBREW" for other in place.others)) > len(small) / 2


@pytest.mark.parametrize(("country", "scripts"), [("IL", {"HEBREW", "ARABIC"}), ("FR", set()), ("UA", {"CYRILLIC"})])
def test_a_countrys_scripts_are_those_of_its_languages(country, scripts):
    assert own_scripts(country) == scripts


def test_numbers_are_told_as_steps_with_their_sign_last():
    assert _column([5, 3, -70_000]) == bytes([10, 3, 0xE5, 0, 0, 0x22, 0, 0, 2])


def test_hangul_is_put_together_again_after_comparing():
    assert compared("서울") == "서울"


def test_the_makers_name_their_source(read):
    assert "GeoNames" in read.head["from"] and "CC BY 4.0" in read.head["from"]
    assert "places.dat" in (Path(__file__).parents[1] / "data" / "PROVENANCE.md").read_text()
