"""Folding and cleaning names."""

import unicodedata

import pytest

from vedette.places.names import clean, fold, search_key
from vedette.places.tests.conftest import lines


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Île-de-France", "ile de france"),
        ("Łódź", "LODZ"),
        ("İstanbul", "istanbul"),
        ("N'Djamena", "N’Djamena"),
        ("القاهرة", "القَاهِرَه"),
        ("کراچی", "كراچي"),
        ("יְרוּשָׁלַיִם", "ירושלים"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("St. Petersburg", "st petersburg"),
        ("Saint–Denis", "saint-denis"),
    ],
)
def test_two_ways_to_write_one_name_fold_to_the_same_text(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_voiced_kana_is_another_letter_not_an_accent() -> None:
    assert fold("パリ") != fold("バリ")


def test_folding_a_list_at_once_gives_what_folding_each_name_gives() -> None:
    rows = [line.rsplit("\t", 1)[1] for line in lines()[:3000]]
    assert fold("\n".join(rows)).split("\n") == [fold(row) for row in rows]
    assert fold(rows[0]) == "|".join(fold(name) for name in rows[0].split("|"))


def test_a_search_key_stands_between_separators() -> None:
    assert search_key(["Paris", "París", "パリ"]).startswith("|paris|")


def test_every_stored_name_is_clean_and_in_normal_form() -> None:
    for line in lines():
        for name in line.rsplit("\t", 1)[1].split("|"):
            assert name == clean(name)
            assert unicodedata.is_normalized("NFC", name)


def test_the_gazetteer_covers_the_world_with_points_on_the_earth() -> None:
    rows = [line.split("\t") for line in lines()]
    assert len(rows) > 30_000
    assert len({row[4] for row in rows}) > 230
    assert len({row[0] for row in rows}) == len(rows)
    assert all(-90 <= float(row[1]) <= 90 and -180 <= float(row[2]) <= 180 and int(row[3]) >= 0 for row in rows)
