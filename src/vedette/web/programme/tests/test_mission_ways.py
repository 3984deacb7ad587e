"""The itinerary and the questions of a team on the page of a mission: entered, answered, taken off; refused with words."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.house.facts import HOUR, SheetFacts, World
from tests.house.writing import write
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.programme.actions import (
    LegDraft,
    MissionDraft,
    NeedDraft,
    accept_mission,
    ask_mission,
    plan_check_in,
    plan_leg,
    plan_session,
    plan_task,
    set_check,
)
from vedette.programme.models import Mission
from vedette.reporting.models import Report
from vedette.reporting.surges import team_questions

# A page of one mission asks no more than this, whatever stands under it.
MOST = 49


@pytest.fixture
def report(cast):
    home = cast.agencies["home"].id
    fact = SheetFacts(new_id(), home, home, now() - HOUR, author=cast.seats["officer_a"].id)
    write(cast, World(now(), sheets=[fact]))
    return Report.objects.as_house("what a test wrote").select_related("sheet").get(pk=fact.id)


@pytest.fixture
def mission(cast, manager):
    needs = (NeedDraft("skill", "patrol", 1), NeedDraft("language", "French", 1, "2"))
    draft = MissionDraft(
        title="Trainers for the host", kind="training", country="FR", wanted_from=datetime.date(2026, 7, 1),
        wanted_days=10, team=2, needs=needs, city="A-ville", zone="Europe/Paris", sensitivity=1,
    )  # fmt: skip
    made = ask_mission(manager, origin="host", asker=cast.agencies["host"], draft=draft)
    day = datetime.date(2026, 7, 1)
    return accept_mission(cast.viewer("commander"), mission=made, begins=day, days=10, place="A-ville")


def does(browser, mission, rest, **typed):
    answer = browser.post(f"/programme/missions/{mission.pk}/{rest}", typed, follow=True)
    return answer.content.decode()


FLIGHT = {
    "means": "flight", "origin": "Home", "destination": "A-ville", "begins": "2026-07-01T18:00",
    "begins_zone": "UTC", "ends": "2026-07-02T08:00", "ends_zone": "Europe/Paris", "reference": "V 1",
}  # fmt: skip


def test_a_way_is_entered_in_the_clocks_of_its_places_and_nights_without_a_bed_are_said(browser, mission):
    page = does(browser, mission, "legs/", **FLIGHT)
    assert "Home → A-ville" in page
    assert "the nights of 2 Jul 2026 to 9 Jul 2026" in page
    assert "08:00" in page
    again = does(browser, mission, "legs/", **FLIGHT, follow=True)
    assert "another way at that time" in again
    assert "V 1" in again


def test_a_surge_is_entered_with_its_questions_and_answered_by_a_reference(cast, browser, report):
    typed = {
        "origin": "incident", "asker": "", "basis": report.sheet.reference, "title": "Team for A-ville", "kind": "surge",
        "country": "FR", "city": "A-ville", "zone": "Europe/Paris", "wanted_from": "2026-03-03", "wanted_days": "10",
        "team": "2", "skills": "", "languages": "", "note": "", "sensitivity": "1",
    }  # fmt: skip
    page = browser.post("/programme/new-mission/", typed, follow=True).content.decode()
    mission = Mission.objects.as_house("a test looks").get(title="Team for A-ville")
    first = team_questions(cast.viewer("narrow"), mission)[0].question
    assert first.text in page
    assert report.sheet.reference in page
    door = f"questions/{first.id}/"
    assert "No report with this reference" in does(browser, mission, door, report="PAR-99-000001", none_because="")
    assert "Answered" in does(browser, mission, door, report=report.sheet.reference, none_because="")
    assert "Which radios failed?" in does(browser, mission, "questions/more/", text="Which radios failed?")
    last = team_questions(cast.viewer("narrow"), mission)[-1].question
    assert "Which radios" not in does(browser, mission, f"questions/{last.id}/drop/", because="By phone.")
    incident = cast.signed_in("officer_a").post(f"/programme/missions/{mission.pk}/{door}", {"none_because": "x"})
    assert incident.status_code == 403


def test_a_full_mission_asks_no_more_questions_than_an_empty_one_and_few(cast, browser, manager, mission):
    def questions():
        address = f"/programme/missions/{mission.pk}/"
        assert browser.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        return len(asked)

    def fill(number):
        plan_task(manager, mission=mission, title=f"Task {number}")
        plan_session(manager, mission=mission, title=f"Session {number}", day=datetime.date(2026, 7, 3), hours=1,
                     trainees=2, vetted=2)  # fmt: skip
        moment = datetime.datetime(2026, 7, 2, 6 + number, tzinfo=datetime.UTC)
        plan_check_in(manager, mission=mission, due=moment)
        bare = moment.replace(tzinfo=None)
        plan_leg(manager, LegDraft("road", "B-ville", bare, bare + HOUR / 2, origin="A-ville"), mission=mission)

    fill(0)
    set_check(manager, mission=mission, kind="insurance", state="done")
    for_one = questions()
    for number in range(1, 8):
        fill(number)
    for kind in ("medical", "threat", "backfill"):
        set_check(manager, mission=mission, kind=kind, state="done")
    assert questions() == for_one <= MOST
