"""A screen asks the same number of questions for one row and for fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.house.facts import HOUR, SheetFacts, World
from tests.house.writing import write
from vedette.agencies.models import GlassBreak
from vedette.kit import time
from vedette.kit.ids import new_id

# A screen that is pinned here may ask fewer questions, never more: lower the figure when it does.
SCREENS = {
    "desk": ("watch", "/", 20),
    "my reports": ("officer_a", "/reports/mine/", 25),
    "incidents": ("analyst", "/incidents/", 25),
}


def questions(cast: Cast, seat: str, address: str) -> int:
    client = cast.signed_in(seat)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_where_glass_was_ever_broken_a_page_asks_one_question_more_for_the_notice(cast):
    seat, address, _most = SCREENS["my reports"]
    some_reports(cast, 1)
    before = questions(cast, seat, address)
    watch, moment = cast.seats["watch"], time.now()
    GlassBreak.objects.create(seat=watch, since=moment - HOUR, until=moment - HOUR / 2, because="a test")
    assert questions(cast, seat, address) == before + 1


def some_reports(cast: Cast, count: int) -> None:
    home = cast.agencies["home"].id
    mine = cast.seats["officer_a"].id
    write(
        cast,
        World(
            time.now(), sheets=[SheetFacts(new_id(), home, home, time.now() - HOUR, author=mine) for _ in range(count)]
        ),
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_asks_as_often_for_fifty_rows_as_for_one(cast, screen):
    seat, address, most = SCREENS[screen]
    some_reports(cast, 1)
    for_one = questions(cast, seat, address)
    some_reports(cast, 49)
    assert questions(cast, seat, address) == for_one <= most
