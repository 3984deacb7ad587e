"""The incident page as it stood: its response and who was informed are of that moment, and their clocks stand still."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import sign_in
from vedette.incidents.queries import linked_rows
from vedette.reporting.actions import amend_report
from vedette.response.actions import acknowledge_order, complete_order, end_run, give_task
from vedette.response.tests.conftest import START

MINUTE = datetime.timedelta(minutes=1)
EARLIER, LATER = "Shots at a café terrace, several dead.", "A concert hall is held."


@pytest.fixture
def desk(watch):
    return sign_in(watch)


def panel(client, run, minutes=None, name="response"):
    """One panel of the page, as text."""
    at = "" if minutes is None else f"&at={int((START + minutes * MINUTE).timestamp())}"
    text = client.get(f"/incidents/{run.incident_id}/?part=body{at}").content.decode()
    found = re.search(rf'data-part="{name}".*?</section>', text, re.DOTALL)
    assert found
    return " ".join(found[0].split())


@pytest.fixture
def story(house, run):
    """One order is answered at the 2nd minute and done at the 9th, the others are silent; the page is looked at later."""
    task = house.task(run, "PB-06")
    house.at(2)
    acknowledge_order(house.sergeant("tactical"), order=task)
    house.at(9)
    complete_order(house.sergeant("tactical"), order=task, evidence="four hotels, two halls")
    house.at(10)
    return run


@pytest.mark.parametrize("minutes, done", [(1, "1 of 33"), (8, "1 of 33"), (9, "2 of 33"), (None, "2 of 33")])
def test_the_response_says_how_much_was_done_then(desk, story, minutes, done):
    assert f'<span class="chip line">{done}</span>' in panel(desk, story, minutes)


@pytest.mark.parametrize("minutes, late", [(4, 0), (6, 7)])
def test_what_was_late_then_burns_then(desk, story, minutes, late):
    text = panel(desk, story, minutes)
    assert (f"{late} late" in text) == bool(late)
    assert ("and 5 more" in text) == bool(late)


@pytest.mark.parametrize("minutes, ticks", [(4, False), (None, True)])
def test_a_clock_of_then_stands_still_and_a_clock_of_now_runs(desk, story, minutes, ticks):
    text = panel(desk, story, minutes)
    assert ("data-due=" in text) == ticks
    assert ("1:00 left" in text) == (not ticks)


@pytest.mark.parametrize("minutes, ticks", [(4, False), (None, True)])
def test_how_long_ago_it_began_is_said_of_that_moment(desk, story, minutes, ticks):
    at = "" if minutes is None else f"?at={int((START + minutes * MINUTE).timestamp())}"
    text = desk.get(f"/incidents/{story.incident_id}/{at}").content.decode()
    head = text[text.index('data-part="head"') : text.index("</header>", text.index('data-part="head"'))]
    assert ("data-age" in head) == ticks


def test_before_it_began_no_response_ran_and_none_can_be_started_there(desk, story):
    text = panel(desk, story, -1)
    assert "No response ran then" in text and "<form" not in text


def test_a_response_that_ended_since_ran_then(house, desk, commander, story):
    house.at(15)
    end_run(commander, run=story, because="all clear")
    assert ["all clear" in panel(desk, story, minutes) for minutes in (14, 15, None)] == [False, True, True]


def test_the_page_no_longer_says_that_a_part_of_it_is_of_now(desk, story):
    text = desk.get(f"/incidents/{story.incident_id}/?at={int(START.timestamp()) + 60}").content.decode()
    assert "Looking back" in text and "as they stand now" not in text


def test_nobody_had_been_told_is_said_of_that_moment(desk, story):
    past, present = panel(desk, story, 1, "informed"), panel(desk, story, None, "informed")
    assert "Nobody had been told then" in past and "Nobody was told yet" in present


@pytest.mark.parametrize("minutes", [8, None])
def test_a_report_named_on_a_past_page_opens_as_it_stood_and_on_a_page_of_now_at_the_desk(desk, story, minutes):
    at = "" if minutes is None else f"?at={int((START + minutes * MINUTE).timestamp())}"
    text = desk.get(f"/incidents/{story.incident_id}/{at}").content.decode().replace("&amp;", "&")
    past, present = "/incidents/then/?at=2015-11-13T20:33:00Z&report=", "/?report="
    assert (past in text) == (minutes is not None) and (f'"{present}' in text) == (minutes is None)


@pytest.mark.parametrize(
    "minutes, words, status", [(8, EARLIER, 200), (12, LATER, 200), (-5, "", 404), (None, "", 302), ("soon", "", 422)]
)
def test_one_report_of_the_past_says_what_it_said_then_and_nothing_can_be_done(
    house, desk, watch, story, minutes, words, status
):
    (row,) = linked_rows(watch, story.incident)
    house.at(11)
    author = house.viewer(row.report.sheet.author.label)
    amend_report(author, report=row.report, text=LATER, language="en", gloss="", because="heard again")
    house.at(15)
    at = "" if minutes is None else minutes if isinstance(minutes, str) else int((START + minutes * MINUTE).timestamp())
    answer = desk.get(f"/incidents/then/?at={at}&report={row.report.pk}")
    assert answer.status_code == status
    text = answer.content.decode()
    assert [said for said in (EARLIER, LATER) if said in text] == (
        [EARLIER, LATER] if words == LATER else [words] * bool(words)
    )
    assert f"/desk/reports/{row.report.pk}" not in text and "hx-post" not in text


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("at, most", [("", 31), (f"&at={int((START + 5 * MINUTE).timestamp())}", 33)])
def test_the_page_asks_as_often_for_fifty_tasks_more(house, desk, watch, story, at, most):
    address = f"/incidents/{story.incident_id}/?part=body{at}"
    house.at(6)
    before = questions(desk, address)
    house.at(4)
    for number in range(50):
        give_task(watch, run=story, title=f"Task {number}", unit=house.unit("patrol"), due_at=START + 30 * MINUTE)
    house.at(10)
    assert questions(desk, address) == before <= most


@pytest.mark.parametrize("minutes, offered", [(4, False), (None, True)])
def test_what_acts_on_now_is_offered_on_the_page_of_now_alone(desk, story, minutes, offered):
    at = "" if minutes is None else f"?at={int((START + minutes * MINUTE).timestamp())}"
    text = desk.get(f"/incidents/{story.incident_id}/{at}").content.decode()
    assert [mark in text for mark in ("/releases/draft/", "/ask/?about=", f"/brief/{story.incident_id}/")] == [
        offered
    ] * 3
