"""Times are said as place, home and age; clocks say what is left, then how late."""

import datetime

import pytest

from vedette.web.parts import times

NOW = datetime.datetime(2015, 11, 13, 20, 52, tzinfo=datetime.UTC)
PARIS, HOME, DUBAI = (times.zone_of(name) for name in ("Europe/Paris", "America/New_York", "Asia/Dubai"))


def before(**span: float) -> datetime.datetime:
    return NOW - datetime.timedelta(**span)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"seconds": 20}, "under 1 min"),
        ({"minutes": 59}, "59 min"),
        ({"minutes": 72}, "1 h 12 min"),
        ({"hours": 47}, "47 h"),
        ({"days": 2}, "2 d"),
        ({"minutes": -12}, "in 12 min"),
    ],
)
def test_an_age_is_minutes_then_hours_then_days(span, said):
    assert times.age(before(**span), NOW) == said


def test_place_and_home_are_both_said_without_a_date_today():
    assert times.both(before(minutes=2), PARIS, HOME, NOW) == ("21:50", "15:50")


def test_a_place_where_it_is_already_tomorrow_says_so():
    assert times.both(NOW, DUBAI, HOME, NOW) == ("00:52 +1", "15:52")


def test_another_day_is_said_once_and_a_far_one_with_its_date():
    assert times.both(before(days=1), PARIS, HOME, NOW) == ("Thu 21:52", "15:52")
    assert times.both(before(days=9), PARIS, HOME, NOW) == ("4 Nov 21:52", "15:52")
    assert times.both(before(days=400), PARIS, HOME, NOW)[0].startswith("9 Oct 2014")


def test_another_day_here_than_there_says_both_days():
    assert times.both(before(hours=20), PARIS, HOME, NOW) == ("Fri 01:52", "Thu 19:52")


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ({"minutes": -6.8}, ("due", "6:48 left")),
        ({"minutes": -40}, ("left", "40:00 left")),
        ({"hours": -7.85}, ("left", "7 h 51 min left")),
        ({"hours": -20}, ("left", "due Sat 11:52")),
        ({"seconds": 250}, ("late", "4:10 late")),
        ({"minutes": 12}, ("late", "12 min late")),
    ],
)
def test_a_clock_says_what_is_left_and_then_how_late(left, expected):
    assert times.clock_words(before(**left), NOW, HOME) == expected


def test_an_unknown_zone_is_shown_as_utc():
    assert times.zone_of("Mars/Olympus") == datetime.UTC


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2008-11-26", "26 Nov 2008"),
        ("2008-12/2009-03", "Dec 2008 to Mar 2009"),
        ("2009/2010", "2009 to 2010"),
        ("2007/", "since 2007"),
        ("that winter", "that winter"),
        ("2008-13", "2008-13"),
    ],
)
def test_a_stretch_of_time_is_said_as_exactly_as_it_was_written(given, said):
    assert times.stretch(given) == said
