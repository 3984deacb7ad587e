"""Ladders are written anew from Settings: by whom it is given, with a reason, what stood before kept; keys are replaced."""

import pytest

from vedette.agencies.keys import current_key, every_key
from vedette.alerts.actions.duties import ladder_in_force
from vedette.alerts.models import Ladder
from vedette.audit.models import Entry

TYPED = {"minutes": "20", "minutes_1": "0", "duty_1": "releasing", "minutes_2": "7", "duty_2": "commander"}
WHY = {"because": "a drill showed it"}


@pytest.mark.parametrize(("who", "answer"), [("keeper", 200), ("chief", 200), ("watch1", 403), ("north", 403)])
@pytest.mark.parametrize("page", ["/settings/ladders/", "/settings/ladders/silence/"])
def test_ladders_are_kept_by_the_commander_and_administrators_and_a_look_writes_nothing(house, page, who, answer):
    assert house.browser(who).get(page).status_code == answer
    assert not Ladder.objects.exists()


def test_a_ladder_is_written_anew_and_what_stood_before_is_kept_with_its_reason(house):
    client = house.browser("chief")
    answer = client.post("/settings/ladders/silence/", {**TYPED, **WHY})
    assert answer["Location"] == "/settings/ladders/"
    row = ladder_in_force("silence")
    assert (row.minutes, [(step["duty"], step["minutes"]) for step in row.steps]) == (
        20,
        [("releasing", 0), ("commander", 7)],
    )
    page = client.get("/settings/ladders/").content.decode()
    assert "+7 min" in page and "a drill showed it" in page and "What stood before" in page and "+20 min" in page
    assert [one.reason for one in Entry.objects.filter(code="ladder.set")] == ["a drill showed it"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"because": ""}, "required"),
        ({"duty_2": ""}, "A step names a duty and its minutes"),
        ({"minutes_2": ""}, "A step names a duty and its minutes"),
        ({"minutes_2": "0"}, "each later than the one before"),
        ({"minutes_1": "-1"}, "greater than or equal to 0"),
        ({"duty_1": "nobody"}, "valid choice"),
        ({"duty_1": "sergeant"}, "valid choice"),
        ({"minutes": "99999999"}, "less than or equal to"),
    ],
)
def test_a_ladder_that_could_not_be_climbed_is_refused_with_words(house, wrong, words):
    answer = house.browser("chief").post("/settings/ladders/silence/", {**TYPED, **WHY, **wrong})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Ladder.objects.filter(because="a drill showed it").exists()


def test_there_is_no_ladder_but_those_of_the_house(house):
    client = house.browser("chief")
    assert client.get("/settings/ladders/made-up/").status_code == 404
    assert client.post("/settings/ladders/orders/", {**TYPED, **WHY, "duty_1": "sergeant"}).status_code == 302
    assert ladder_in_force("orders").steps[0] == {"duty": "sergeant", "minutes": 0, "of_unit": True}


@pytest.mark.parametrize(("who", "proved", "answer"), [("keeper", True, 302), ("chief", True, 403)])
def test_a_key_is_replaced_by_an_administrator_and_the_old_one_stays(house, who, proved, answer):
    old = current_key("signing")
    client = house.browser(who, proved=proved)
    assert client.post("/settings/house/keys/signing/", {"because": "yearly"}).status_code == answer
    assert (current_key("signing") == old) is (answer != 302) and old in every_key()


def test_a_key_is_replaced_with_a_proof_and_a_reason_and_only_where_there_is_one(house):
    old, client = current_key("signing"), house.browser("keeper")
    page = client.get("/settings/house/").content.decode()
    assert "/settings/house/keys/signing/" in page
    assert client.post("/settings/house/keys/signing/", {"because": ""}).status_code == 422
    assert client.get("/settings/house/keys/other/").status_code == 404
    stale = house.browser("keeper", proved=False).post("/settings/house/keys/signing/", {"because": "yearly"})
    assert stale.status_code in (302, 401, 403) and current_key("signing") == old
