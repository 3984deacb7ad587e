"""Officers and missions of the home files: everyone and everything asked for is there, and TM-04 finds no lawful payer."""

import datetime
import json
from pathlib import Path

import pytest

import vedette.demo
from vedette.agencies.models import Seat
from vedette.agencies.queries import viewers_of
from vedette.demo.claims import load_claims
from vedette.demo.home import load_home
from vedette.demo.journeys import load_journeys
from vedette.demo.missions import load_missions
from vedette.demo.money import load_money
from vedette.demo.standing import load_standing
from vedette.funding.actions import approve_expense, enter_expense
from vedette.kit.errors import Refused
from vedette.kit.time import now, set_clock
from vedette.programme.missions import journey, missions
from vedette.programme.models import Qualification
from vedette.programme.papers import papers

DATA = Path(vedette.demo.__file__).parent / "data"


def loaded(home, day):
    set_clock(shown=datetime.datetime(*day, 12, tzinfo=datetime.UTC), speed=1, paused=True)
    facts = json.loads((DATA / f"{home}.json").read_text(encoding="utf-8"))
    load_home(facts, "test")
    load_missions(facts)
    return facts


def viewer(label):
    seat = Seat.objects.get(label=label, until__isnull=True)
    return viewers_of([seat.id])[seat.id]


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("home", "day"),
    [("home-nyc", (2015, 11, 12)), ("home-nyc", (2008, 11, 25)), ("home-boston", (2013, 4, 14))],
)
def test_each_officer_and_each_mission_of_the_file_is_loaded_once(home, day):
    facts = loaded(home, day)
    rows = missions(viewer("Programme manager"))
    assert {row.mission.key for row in rows} == {row["id"].lower() for row in facts["training_missions"]}
    spoken = Qualification.objects.filter(kind="language", until__isnull=True, confirmed_at__isnull=False)
    pairs = sum(len({said["lang"] for said in row["languages"]}) for row in facts["officers"])
    assert 0 < spoken.count() <= pairs
    assert Qualification.objects.filter(kind="skill", until__isnull=True).count() > 10
    load_standing(facts)
    warned = {row.paper.post.key for row in papers(viewer("Programme manager")) if row.warning}
    assert warned == ({"amm", "tlv", "lyo"} if home == "home-nyc" else set())
    moment = now()
    load_money(facts)
    load_journeys(facts)
    load_claims()
    assert now() == moment
    made = [row for row in missions(viewer("Programme manager")) if row.mission.key is None]
    assert {row.state.state for row in made} == ({"abroad", "closed"} if day[0] == 2015 else set())
    assert all(journey(viewer("Programme manager"), row.mission).late(moment) == [] for row in made)


@pytest.mark.whole
@pytest.mark.django_db
def test_the_fourth_mission_of_new_york_finds_no_lawful_payer_and_is_told_the_lawful_way():
    facts = loaded("home-nyc", (2016, 4, 12))
    load_money(facts)
    finance, chief = viewer("Finance officer"), viewer("Commander on duty")
    (drill,) = [row.mission for row in missions(viewer("Programme manager")) if row.mission.key == "tm-04"]
    flight = enter_expense(
        finance, mission=drill, item="flight", day=datetime.date(2016, 4, 11), amount=900_00, currency="USD"
    )
    with pytest.raises(Refused) as refusal:
        approve_expense(chief, expense=flight)
    assert "only missions that the bureau asked for" in refusal.value.reason
    assert "through the bureau" in refusal.value.way_out
    (asked,) = [row.mission for row in missions(viewer("Programme manager")) if row.mission.key == "tm-03"]
    assert asked.origin == "bureau"
