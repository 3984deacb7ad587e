"""The questions to one post wait fairly: urgency first, everybody in turn by his share, and nobody is starved."""

import datetime
import math
import random
import uuid

import pytest

from vedette.reporting.fairness import Waiting, queue
from vedette.reporting.models import Request

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
NORTH, SOUTH = uuid.UUID(int=1), uuid.UUID(int=2)
CLASS = {"8h": 0, "3d": 1, "7d": 2}


def asked(party, number, urgency="7d", due=100):
    return Waiting(uuid.uuid5(party or uuid.UUID(int=0), f"{number} {urgency}"), party, urgency, AT, AT + due * HOUR)


def random_queue(dice):
    shares = {NORTH: dice.randint(1, 5_000), SOUTH: dice.randint(1, 4_900)}
    rows = [
        asked(dice.choice([None, NORTH, SOUTH]), number, dice.choice(Request.Urgency.values), dice.randint(-20, 200))
        for number in range(dice.randint(1, 60))
    ]
    return rows, shares


def kind(row):
    return 0 if row.due <= AT else CLASS[row.urgency]


@pytest.mark.parametrize("seed", range(40))
def test_each_question_has_one_place_urgency_goes_first_and_every_prefix_is_shared_by_the_parts(seed):
    rows, shares = random_queue(random.Random(seed))
    places = queue(rows, shares, AT)
    assert sorted(place.number for place in places.values()) == list(range(1, len(rows) + 1))
    ordered = sorted(rows, key=lambda row: places[row.key].number)
    assert [kind(row) for row in ordered] == sorted(kind(row) for row in rows)
    parts = {**shares, None: 10_000 - sum(shares.values())}
    for wanted in range(3):
        line = [row.party for row in ordered if kind(row) == wanted]
        for party, part in parts.items():
            for length in range(len(line) + 1):
                owed = math.ceil(length * part / 10_000) - 1
                assert line[:length].count(party) >= min(line.count(party), owed), (party, length)


@pytest.mark.parametrize("seed", range(40))
def test_nobodys_wait_grows_with_how_much_another_asks(seed):
    dice = random.Random(seed)
    shares = {NORTH: dice.randint(500, 5_000)}
    own = [asked(None, number) for number in range(5)]
    flood = [asked(NORTH, number, due=1) for number in range(dice.randint(50, 200))]
    few, many = (queue([*own, *flood[:count]], shares, AT) for count in (40, len(flood)))
    assert [few[row.key].number for row in own] == [many[row.key].number for row in own]


def test_what_is_past_its_time_passes_what_is_urgent_and_says_so():
    urgent, late = asked(NORTH, 1, "8h", 2), asked(None, 2, "7d", 0)
    places = queue([urgent, late], {NORTH: 3_000}, AT)
    assert (places[late.key].number, places[urgent.key].number) == (1, 2)
    assert places[late.key].sentence == "Past its time, so first; question 1 of home, which has 70 % of the post."
    assert places[urgent.key].sentence == "Question 1 of a department that has 30 % of the post."


def test_who_has_no_share_waits_as_home_does():
    places = queue([asked(SOUTH, 1), asked(None, 2)], {}, AT)
    assert sorted((place.turn, place.share) for place in places.values()) == [(1, 10_000), (2, 10_000)]
