"""The board of missions and the page of one: who reads what, what is offered to whom."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.programme.actions import MissionDraft, NeedDraft, ask_mission, decline_mission, match_mission
from vedette.programme.models import Mission

BOARD = "/programme/missions/"


def entered(cast, manager, title="Trainers for the host", **values):
    plain = {
        "title": title, "kind": "training", "country": "FR", "wanted_from": datetime.date(2026, 6, 1),
        "wanted_days": 14, "team": 2, "city": "A-ville", "zone": "Europe/Paris", "sensitivity": 1,
        "needs": (NeedDraft("skill", "patrol", 1), NeedDraft("language", "French", 0, "2.5")),
    }  # fmt: skip
    draft = MissionDraft(**{**plain, **values})
    return ask_mission(manager, origin="host", asker=cast.agencies["host"], draft=draft)


def address(mission):
    return f"{BOARD}{mission.pk}/"


def asked_of(browser, page):
    browser.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return len(asked)


def test_without_missions_the_board_says_how_one_begins(browser):
    assert "No missions yet" in browser.get(BOARD).content.decode()


def test_a_mission_stands_in_its_column_with_its_needs(cast, browser, manager):
    entered(cast, manager)
    page = browser.get(BOARD).content.decode()
    assert "Trainers for the host" in page and "French 2+, patrol" in page and "2 officers" in page
    assert page.index("col-asked") < page.index("Trainers for the host") < page.index("col-matching")


def test_a_mission_being_matched_moves_on_and_a_declined_one_is_folded(cast, browser, manager):
    moving, gone = entered(cast, manager, "On the way"), entered(cast, manager, "Said no to")
    match_mission(manager, mission=moving)
    decline_mission(cast.viewer("commander"), mission=gone, because="no time")
    page = browser.get(BOARD).content.decode()
    assert page.index("col-matching") < page.index("On the way") < page.index("col-accepted")
    assert page.index("1 mission closed or declined") < page.index("Said no to") and "no time" in page


def test_the_board_and_a_page_ask_as_often_for_thirty_missions_as_for_one(cast, browser, manager):
    first = entered(cast, manager)
    for_one, page = asked_of(browser, BOARD), asked_of(browser, address(first))
    for number in range(29):
        entered(cast, manager, f"Mission {number}")
    assert asked_of(browser, BOARD) == for_one <= 30
    assert asked_of(browser, address(first)) == page <= 75


@pytest.mark.parametrize("name", ["sergeant", "investigator", "administrator", "north_1", "host"])
def test_others_are_refused_on_every_door_and_learn_nothing(cast, manager, name):
    mission, browser = entered(cast, manager), cast.signed_in(name)
    for page in (BOARD, address(mission)):
        answer = browser.get(page)
        assert answer.status_code == 403 and "Trainers" not in answer.content.decode()


def test_who_may_not_read_a_restricted_mission_finds_nothing(cast, manager):
    mission = entered(cast, cast.viewer("commander"), "Quiet one", sensitivity=3)
    browser = cast.signed_in("officer_a")
    answer = browser.get(address(mission))
    assert answer.status_code == 404 and "Quiet one" not in answer.content.decode()
    assert "Quiet one" not in browser.get(BOARD).content.decode()


def test_the_manager_sees_who_could_go_and_what_is_missing_and_an_officer_does_not(cast, browser, manager):
    page = address(entered(cast, manager))
    told = browser.get(page).content.decode()
    assert "Who could go" in told and "Nobody fits" in told and "French 2+, everybody" in told
    assert "Begin to look for a team" in told and "The chief&#x27;s answer" not in told
    told = cast.signed_in("officer_a").get(page).content.decode()
    assert "Who could go" not in told and "Begin to look" not in told


def test_an_unknown_mission_is_not_there(cast, browser):
    assert browser.get(f"{BOARD}{cast.seats['watch'].id}/").status_code == 404


NEW = {
    "origin": "host", "asker": "", "basis": "", "title": "Trainers", "kind": "training", "country": "FR", "city": "",
    "zone": "Europe/Paris", "wanted_from": "2026-06-01", "wanted_days": "14", "team": "2",
    "skills": "2 crowd control", "languages": "French 2+, 1", "note": "", "sensitivity": "1",
}  # fmt: skip


def test_the_manager_enters_a_mission_with_its_needs(cast, browser):
    answer = browser.post(
        "/programme/new-mission/", {**NEW, "asker": str(cast.agencies["host"].id)}, follow=True
    ).content.decode()
    assert "It stands as asked." in answer and "2 for crowd control" in answer and "French 2+, 1 of them" in answer


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"skills": "crowd control"}, "skills"),
        ({"languages": "French 9"}, "languages"),
        ({"asker": ""}, "asker"),
        ({"basis": "NIL 1"}, "basis"),
        ({"wanted_days": "-3"}, "wanted_days"),
        ({"skills": "9 crowd control"}, "skills"),
        ({"skills": "2 patrol\n1 patrol"}, "skills"),
    ],
)
def test_what_cannot_be_taken_stands_beside_its_field_and_nothing_is_entered(cast, browser, manager, typed, field):
    answer = browser.post("/programme/new-mission/", {**NEW, "asker": str(cast.agencies["host"].id), **typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="ask_{field}_error"' in page and 'value="Trainers"' in page
    assert not Mission.objects.seen_by(manager).exists()


def test_only_manager_and_chief_enter_and_only_an_officer_offers(cast, browser):
    assert cast.signed_in("officer_a").get("/programme/new-mission/").status_code == 403
    assert browser.get("/programme/offer-mission/").status_code == 403
    page = cast.signed_in("officer_a").get("/programme/offer-mission/")
    assert page.status_code == 200 and "Offer yourself" in page.content.decode()


def test_an_officer_offers_himself_for_relief_and_reads_what_he_offered(cast, manager):
    browser = cast.signed_in("officer_a")
    typed = {key: value for key, value in NEW.items() if key not in ("origin", "asker", "basis")}
    page = browser.post("/programme/offer-mission/", {**typed, "kind": "relief"}, follow=True).content.decode()
    assert "The programme manager has it." in page and "offered by officers" in page
    refused = browser.post("/programme/offer-mission/", typed)
    assert refused.status_code == 422 and "Nothing is written down of what you can do." in refused.content.decode()
