"""Finding places in a loaded gazetteer."""

from pathlib import Path

import pytest

from vedette.places.actions import load_areas, load_gazetteer, load_once
from vedette.places.models import Area, Place
from vedette.places.queries import areas_at, find, nearest, zone_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("paris", "Paris", "FR"), ("Париж", "Paris", "FR"), ("باريس", "Paris", "FR"), ("पेरिस", "Paris", "FR"),
        ("פריז", "Paris", "FR"), ("Παρίσι", "Paris", "FR"), ("巴黎", "Paris", "FR"), ("파리", "Paris", "FR"),
        ("bombay", "Mumbai", "IN"), ("मुंबई", "Mumbai", "IN"),
        ("sao paulo", "São Paulo", "BR"), ("München", "Munich", "DE"),
        ("أبو ظبي", "Abu Dhabi", "AE"), ("كراتشي", "Karachi", "PK"),
        ("nyc", "New York City", "US"), ("Москва", "Moscow", "RU"),
        ("თბილისი", "Tbilisi", "GE"), ("Երևան", "Yerevan", "AM"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_name_in_any_script(gazetteer: int, text: str, name: str, country: str) -> None:
    first = find(text)[0]
    assert (first.place.name, first.place.country) == (name, country)


@pytest.mark.parametrize(("text", "name"), [("Pariss", "Paris"), ("Mumbei", "Mumbai"), ("Jeruslem", "Jerusalem")])
def test_a_misspelt_name_still_finds_its_place(gazetteer: int, text: str, name: str) -> None:
    first = find(text)[0]
    assert first.place.name == name
    assert first.how == "similar"


def test_the_name_that_matched_is_told(gazetteer: int) -> None:
    first = find("bombay")[0]
    assert (first.matched, first.how) == ("Bombay", "exact")
    assert find("mumb")[0].how == "prefix"


def test_more_inhabitants_come_first_among_equal_names(gazetteer: int) -> None:
    londons = [one.place for one in find("London") if one.place.name == "London"]
    assert [place.country for place in londons[:2]] == ["GB", "CA"]


def test_nearness_turns_the_order_of_equal_names(gazetteer: int) -> None:
    toronto = (43.65, -79.38)
    first = find("London", near=toronto)[0]
    assert first.place.country == "CA"
    assert first.km == pytest.approx(165, abs=15)


@pytest.mark.parametrize("text", ["Paris, Texas", "Paris, US", "paris, états-unis"])
def test_a_country_or_province_after_a_comma_decides(gazetteer: int, text: str) -> None:
    assert find(text)[0].place.admin == "Texas"


def test_an_exact_small_name_comes_before_a_large_one_that_holds_it(gazetteer: int) -> None:
    assert find("york")[0].place.name == "York"


@pytest.mark.parametrize("text", ["", "  ", "-", "%", "|", "_", "xqzzvk", "'; DROP TABLE", "\\"])
def test_text_that_names_nothing_finds_nothing(gazetteer: int, text: str) -> None:
    assert find(text) == []


def test_finding_takes_as_many_queries_for_many_hits_as_for_few(gazetteer: int, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(5):
        find("paris")
    with django_assert_max_num_queries(5):
        find("zzyzx")


def test_the_nearest_place_is_told_with_distance_and_side(gazetteer: int) -> None:
    (near,) = nearest(48.93, 2.40, min_population=1_000_000)
    assert near.place.name == "Paris"
    assert near.side in ("N", "NE")
    assert near.km == pytest.approx(9.3, abs=1)


def test_the_nearest_place_may_lie_across_the_date_line_or_beyond_the_pole(gazetteer: int) -> None:
    assert nearest(-17.0, -179.9)[0].place.country == "FJ"
    assert nearest(89.9, -120.0)[0].place.name == "Longyearbyen"


def test_an_empty_gazetteer_answers_with_nothing() -> None:
    assert find("Paris") == []
    assert nearest(0, 0) == []


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [
        (48.86, 2.35, "Europe/Paris"),
        (40.71, -74.0, "America/New_York"),
        (19.07, 72.88, "Asia/Kolkata"),
        (0.0, -150.0, "Etc/GMT+10"),
    ],
)
def test_a_point_has_a_time_zone_also_at_sea(lat: float, lon: float, zone: str) -> None:
    assert zone_at(lat, lon) == zone


def test_a_point_lies_in_its_country_and_the_sea_in_none() -> None:
    assert load_areas() > 200
    assert [area.country for area in areas_at(48.86, 2.35)] == ["FR"]
    assert [area.country for area in areas_at(67.5, -177.0)] == ["RU"]
    assert [area.country for area in areas_at(-16.6, 179.4)] == ["FJ"]
    assert [area.country for area in areas_at(-29.5, 28.2)] == ["LS"], "Lesotho is a hole in South Africa"
    assert areas_at(40.0, -40.0) == []


def test_loading_again_keeps_ids_and_brings_rows_up_to_date(gazetteer: int, small_file: Path) -> None:
    paris = Place.objects.get(source_id="2988507")
    Place.objects.filter(id=paris.id).update(population=1)
    assert load_gazetteer(small_file) == gazetteer
    again = Place.objects.get(source_id="2988507")
    assert (again.id, again.population) == (paris.id, paris.population)
    assert Place.objects.count() == gazetteer
    assert load_once() == 0


@pytest.mark.whole
def test_the_whole_gazetteer_loads_at_first_use() -> None:
    assert load_once() == Place.objects.count() > 30_000
    assert Area.objects.filter(kind=Area.Kind.COUNTRY).count() > 200
    assert find("Timbuktu")[0].place.country == "ML"
