"""Reading coordinates, distances and the military grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vedette.kit.errors import Refused
from vedette.places.coordinates import parse_coordinates
from vedette.places.distance import bearing, distance_km, wind


@pytest.mark.parametrize(
    "text",
    [
        "48.863, 2.3706", "48.863 2.3706", "48.863;2.3706", "48,863 2,3706", "48,863; 2,3706", "2.3706E 48.863N",
        "N48 51.78' E2 22.236'", "48°51′46.8″N, 2°22′14.2″E", "48 51 46.8 N 2 22 14.2 E", "geo:48.863,2.3706",
    ],
)  # fmt: skip
def test_each_common_way_to_write_a_point_is_read(text: str) -> None:
    point = parse_coordinates(text)
    assert distance_km((point.lat, point.lon), (48.863, 2.3706)) < 0.02


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("48.863, 2.3706", 111),
        ("48.8, 2.3", 11_120),
        ("48°51'47\"N 2°22'14\"E", 31),
        ("geo:48.8,2.3;u=35", 35),
        ("31UDQ482119", 100),
    ],
)
def test_precision_is_the_size_of_the_last_digit_written(text: str, metres: int) -> None:
    assert parse_coordinates(text).precision_m == metres


# Points of the Eiffel Tower, Honolulu and the Sydney Opera House as published grid references.
@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("31U DQ 48251 11932", 48.858198, 2.294496),
        ("4QFJ12345678", 21.309478, -157.916819),
        ("56HLH3487352316", -33.8566, 151.2153),
    ],
)
def test_the_military_grid_is_read_on_both_sides_of_the_equator(text: str, lat: float, lon: float) -> None:
    point = parse_coordinates(text)
    assert distance_km((point.lat, point.lon), (lat, lon)) < 0.1


def test_swapped_coordinates_are_refused_with_the_pair_turned_round() -> None:
    with pytest.raises(Refused) as refusal:
        parse_coordinates("139.7, 35.68")
    assert "swapped" in refusal.value.reason
    assert "35.68, 139.7" in refusal.value.way_out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "No coordinates were given."),
        ("somewhere", "No coordinates were recognised"),
        ("48.86", "Two angles"),
        ("95, 200", "Latitude 95"),
        ("45, 181", "Longitude 181"),
        ("48.8N 2.3S", "same kind"),
        ("48°61'N 2°E", "0 to 59"),
        ("48.5°30'N 2°E", "fraction"),
        ("-48N 2E", "letter N"),
        ("48.863, 2.3706, 5", "not an angle"),
    ],
)
def test_what_cannot_be_a_point_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_coordinates(text)
    assert refusal.value.field == "coordinates"
    assert reason in refusal.value.reason


@given(some.floats(-90, 90), some.floats(-180, 180))
def test_a_written_decimal_pair_comes_back(lat: float, lon: float) -> None:
    point = parse_coordinates(f"{lat:.5f}, {lon:.5f}")
    assert abs(point.lat - lat) <= 1e-5
    assert abs(point.lon - lon) <= 1e-5


@given(some.text(max_size=40))
def test_any_text_gives_a_point_on_the_earth_or_a_refusal(text: str) -> None:
    try:
        point = parse_coordinates(text)
    except Refused:
        return
    assert -90 <= point.lat <= 90
    assert -180 <= point.lon <= 180
    assert point.precision_m >= 1


def test_distances_are_those_of_the_globe_also_across_the_date_line() -> None:
    assert distance_km((48.8566, 2.3522), (40.7128, -74.0060)) == pytest.approx(5837, abs=5)
    assert distance_km((-17, 179.9), (-17, -179.9)) == pytest.approx(21.3, abs=0.2)
    assert wind(bearing((0, 0), (1, 1))) == "NE"
    assert wind(359) == "N"
