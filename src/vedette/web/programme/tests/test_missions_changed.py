"""What is changed on the page of a mission: each door is one verb, and is shut to everybody else."""

import datetime

import pytest
from django.test import Client

from vedette.agencies.actions import record_person, record_seat
from vedette.kit.time import set_clock
from vedette.programme.actions import (
    MissionDraft,
    NeedDraft,
    accept_mission,
    ask_mission,
    set_check,
    set_clause,
    sign_agreement,
    state_qualification,
)
from vedette.programme.actions.going import record_check
from vedette.programme.models import CheckIn, MissionCheck, MissionMember, MissionState, MissionTask
from vedette.web.programme.mission_words import obstacle_words

VETTING = {
    "case_number": "2026-0411-A", "vetted_on": datetime.date(2026, 2, 20), "valid_until": datetime.date(2027, 2, 19),
    "cleared": 24, "suspended": 1,
}  # fmt: skip


@pytest.fixture
def terms(cast, manager):
    made = sign_agreement(
        manager, partner=cast.agencies["host"], title="Training terms", kind="mission",
        signed=datetime.date(2025, 3, 1), expires=datetime.date(2026, 12, 31),
    )  # fmt: skip
    set_clause(
        manager, agreement=made, number=1, text="Missions as agreed.", gate="mission", effect="allows", because="signed"
    )
    return made


@pytest.fixture
def asked(cast, manager, terms):
    needs = (NeedDraft("skill", "patrol", 1), NeedDraft("language", "French", 1, "2"))
    draft = MissionDraft(
        title="Trainers for the host", kind="training", country="FR", wanted_from=datetime.date(2026, 6, 1),
        wanted_days=14, team=2, needs=needs, city="A-ville", zone="Europe/Paris", agreement=terms, sensitivity=1,
    )  # fmt: skip
    return ask_mission(manager, origin="host", asker=cast.agencies["host"], draft=draft)


@pytest.fixture
def mission(cast, asked):
    first = datetime.date(2026, 7, 1)
    return accept_mission(
        cast.viewer("commander"), mission=asked, begins=first, days=10, place="A-ville", because="Summer."
    )


@pytest.fixture
def spare(cast, manager):
    person = record_person(username="spare", label="Officer 9")
    state_qualification(manager, person=person, kind="skill", name="patrol")
    return record_seat(person, cast.agencies["home"], label="Officer 9", roles=["officer"], sworn=True)


@pytest.fixture
def chief(cast) -> Client:
    return cast.signed_in("commander")


def door(mission, rest=""):
    return f"/programme/missions/{mission.pk}/{rest}"


def does(browser, mission, rest, **typed):
    return browser.post(door(mission, rest), typed, follow=True).content.decode()


def state_of(mission):
    return MissionState.objects.as_house("a test looks").get(mission=mission, until__isnull=True)


def test_the_chief_accepts_for_another_month_with_a_reason(chief, asked):
    typed = {"begins": "2026-07-01", "days": "10", "place": "A-ville", "agreement": "", "because": ""}
    answer = chief.post(door(asked, "accept/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="accept_because_error"' in page and 'value="2026-07-01"' in page
    page = does(chief, asked, "accept/", **{**typed, "because": "Summer."})
    assert "asked for 14 days from 1 Jun 2026" in page and state_of(asked).days == 10


def test_the_chief_declines_with_a_reason(chief, asked):
    assert chief.post(door(asked, "decline/"), {"because": ""}).status_code == 422
    assert "no time" in does(chief, asked, "decline/", because="no time")


def test_the_manager_puts_an_officer_on_the_team_and_takes_him_off(browser, mission, spare):
    page = browser.get(door(mission)).content.decode()
    assert "best team" in page and "nobody for 1 of French 2" in page
    role = mission.needs.as_house("a test looks").get(kind="skill").id
    page = does(browser, mission, "team/", seat=str(spare.id), role=str(role))
    assert "1 / 2" in page and "Officer 9" in page
    again = browser.post(door(mission, "team/"), {"seat": str(spare.id), "role": ""})
    assert again.status_code == 422 and "Officer 9 is on the team." in again.content.decode()
    row = MissionMember.objects.as_house("a test looks").get(mission=mission)
    assert "0 / 2" in does(browser, mission, f"team/{row.id}/release/", because="ill")


def test_who_stands_at_a_post_is_listed_with_what_keeps_him(manager, browser, mission, cast):
    state_qualification(manager, person=cast.seats["officer_a"].person, kind="skill", name="patrol")
    assert "posted abroad on these days" in browser.get(door(mission)).content.decode()


def test_a_vetting_with_a_name_is_refused_beside_its_field(browser, mission):
    typed = {"state": "done", "case_number": "John Smith", "vetted_on": "2026-02-20", "valid_until": "2027-02-19"}
    answer = browser.post(door(mission, "checks/unit-vetting/"), {**typed, "cleared": "3", "suspended": "0"})
    assert answer.status_code == 422 and 'id="check-unit-vetting_case_number_error"' in answer.content.decode()
    assert "Done" in does(browser, mission, "checks/insurance/", state="done")


def test_a_go_is_refused_with_every_missing_item_and_its_way_out(chief, mission):
    page = chief.get(door(mission)).content.decode()
    assert "13 things missing" in page and "Nobody is on the team." in page and "Put officers on the team." in page
    answer = chief.post(door(mission, "go/"), {})
    assert answer.status_code == 422 and "Not done: insurance." in answer.content.decode()
    assert state_of(mission).state == "accepted"


def test_from_go_to_the_end(chief, browser, manager, mission, spare):
    for kind in MissionCheck.Kind.values:
        vetting = VETTING if kind in ("unit-vetting", "trainee-vetting") else {}
        if kind != "funding":
            set_check(manager, mission=mission, kind=kind, state="done", **vetting)
    record_check(manager, mission, "funding", "done")
    does(browser, mission, "team/", seat=str(spare.id), role="")
    assert "It goes." in does(chief, mission, "go/")
    set_clock(shown=datetime.datetime(2026, 7, 1, 8, tzinfo=datetime.UTC), speed=1, paused=False)
    assert "The team is abroad." in does(browser, mission, "depart/")
    assert "Needed when it came before" in does(browser, mission, "return/", because="")
    assert "The team is home." in does(browser, mission, "return/", because="storm")
    assert "Its report is not filed." in does(browser, mission, "close/")
    assert "Six were taught." in does(browser, mission, "debrief/", text="Six were taught.")
    noted = does(browser, mission, "observations/", element="planning", text="Too late.", suggestion="Sooner.")
    assert "Too late." in noted and "Sooner." in noted
    assert "The mission is closed." in does(browser, mission, "close/")


def test_a_task_outside_the_mandate_is_red_and_takes_the_leave_of_both(chief, browser, mission):
    assert "Patrol course" in does(browser, mission, "tasks/", title="Patrol course", day="2026-07-02")
    typed = {
        "title": "Search a house", "day": "", "because": "asked for", "bureau_leave": "Letter 4",
        "bureau_leave_on": "2026-02-27",
    }  # fmt: skip
    refused = browser.post(door(mission, "outside/"), typed)
    assert refused.status_code == 422 and "outside their mandate" in refused.content.decode()
    page = does(chief, mission, "outside/", **typed)
    assert "Outside the mandate" in page and 'class="entry outside"' in page and "Letter 4" in page
    row = MissionTask.objects.as_house("a test looks").get(outside_mandate=True)
    assert "Search a house" not in does(chief, mission, f"tasks/{row.id}/drop/", because="not now")


def test_sessions_count_trainees_and_a_day_outside_is_refused(browser, mission):
    typed = {"title": "First aid", "day": "2026-07-03", "hours": "2", "trainees": "12", "vetted": "10"}
    page = does(browser, mission, "sessions/", **typed)
    assert "12 trainees, counted and not named" in page and "not all vetted" in page
    answer = browser.post(door(mission, "sessions/"), {**typed, "day": "2026-09-01"})
    assert answer.status_code == 422 and 'id="session_day_error"' in answer.content.decode()


def test_a_sign_of_life_is_due_then_missed_then_given(browser, mission):
    assert "Due" in does(browser, mission, "signs/", due="2026-07-02T12:00")
    row = CheckIn.objects.as_house("a test looks").get(mission=mission)
    assert row.due == datetime.datetime(2026, 7, 2, 10, tzinfo=datetime.UTC)
    set_clock(shown=datetime.datetime(2026, 7, 2, 11, tzinfo=datetime.UTC), speed=1, paused=False)
    assert "Missed" in browser.get(door(mission)).content.decode()
    assert "Hotel A" in does(browser, mission, f"signs/{row.id}/", place="Hotel A")


DOORS = (
    "match/", "accept/", "decline/", "team/", "checks/insurance/", "go/", "no-go/", "depart/", "return/", "debrief/",
    "observations/", "close/", "tasks/", "outside/", "sessions/", "signs/",
)  # fmt: skip


@pytest.mark.parametrize("name", ["watch", "releasing", "officer_b", "sergeant", "auditor", "north_1", "host"])
def test_every_door_is_shut_to_whoever_may_not(cast, mission, name):
    browser = cast.signed_in(name)
    for rest in DOORS:
        answer = browser.post(door(mission, rest), {"because": "x", "title": "x", "place": "x", "text": "x"})
        # An officer who is not on the team passes the door of what a team writes and is refused inside.
        assert answer.status_code in (403, 404, 422), rest
        if name != "officer_b":
            assert answer.status_code in (403, 404), rest
    assert state_of(mission).state == "accepted"
    assert not MissionTask.objects.as_house("a test looks").exists()


def test_rows_of_another_mission_are_not_there(browser, mission):
    other = "01a20000-0000-7000-8000-000000000001"
    for rest in ("team/{}/release/", "tasks/{}/drop/", "sessions/{}/drop/", "signs/{}/", "signs/{}/drop/"):
        assert browser.post(door(mission, rest.format(other)), {"because": "x", "place": "x"}).status_code == 404
    assert browser.post(door(mission, "checks/nothing/"), {"state": "done"}).status_code in (404, 422)


@pytest.mark.parametrize(
    "code", ["away:leave", "away:limit", "away:duty", "away:posting", "away:mission", "paper:passport"]
)
def test_every_obstacle_has_words(code):
    assert ":" not in obstacle_words(code).removeprefix("limited:")


def test_an_unknown_obstacle_is_told_as_it_is():
    assert obstacle_words("away:moon") == "cannot go: away:moon"
