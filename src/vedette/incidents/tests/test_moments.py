"""The picture of an incident as it stood: wording, grade, place, nexus and standing of its reports are of that moment."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.handling.actions import access_class
from vedette.handling.models import Sheet
from vedette.incidents.actions import change_incident, choose_fact, link_report
from vedette.incidents.picture import picture_of
from vedette.incidents.views import view_of_row
from vedette.kit.time import now
from vedette.reporting.actions import (
    amend_report,
    grade_report,
    make_claim,
    read_at_desk,
    set_nexus,
    set_place,
    set_root_source,
)
from vedette.reporting.actions.claims import ClaimDraft
from vedette.reporting.drafts import GradeDraft, PlaceDraft
from vedette.reporting.queries import rows_of
from vedette.response.tests.conftest import START, commander, house, kept_house, watch
from vedette.sharing.actions import withdraw_report

__all__ = ["commander", "house", "kept_house", "watch"]
MINUTE = datetime.timedelta(minutes=1)
EARLIER = "Shots at a café terrace, several dead."
LATER = "Gunmen with rifles hold hostages in a concert hall; suicide bombs went off at a stadium."
FIRST, SECOND = (48.8720, 2.3670), (48.8630, 2.3708)


def then(minutes):
    return START + minutes * MINUTE


@pytest.fixture
def incident(house):
    place = PlaceDraft(name="A café terrace", lat=FIRST[0], lon=FIRST[1], precision_m=50)
    return house.incident(place=place, grade=GradeDraft("NATO", "B", "3"))


@pytest.fixture
def report(house, watch, incident):
    """Filed at the start; read at 2, graded anew at 5, amended at 10, placed anew at 15, linked to us at 20, withdrawn at 30."""
    (row,) = picture_of(watch, incident).rows
    report, changes = row.report, "heard again"
    house.at(1)
    make_claim(watch, report=report, draft=ClaimDraft("killed", "18"))
    house.at(2)
    read_at_desk(watch, report=report)
    house.at(5)
    grade_report(watch, report=report, grade=GradeDraft("NATO", "C", "5"), because=changes)
    house.at(10)
    author = house.viewer(report.sheet.author.label)
    amend_report(author, report=report, text=LATER, language="en", gloss="", because=changes)
    house.at(15)
    place = PlaceDraft(name="The concert hall", lat=SECOND[0], lon=SECOND[1], precision_m=50)
    set_place(watch, report=report, place=place, because=changes)
    house.at(20)
    set_nexus(watch, report=report, status="possible", note="The band is ours.")
    house.at(30)
    withdraw_report(watch, report=report, because="It was another hall.")
    house.at(60)
    return report


def row_at(watch, incident, minutes):
    (row,) = picture_of(watch, incident, then(minutes)).rows
    return row


@pytest.mark.parametrize(
    "minutes, grade, words, place, nexus",
    [
        (4, "B3", EARLIER, "A café terrace", "none-known"),
        (5, "C5", EARLIER, "A café terrace", "none-known"),
        (10, "C5", LATER, "A café terrace", "none-known"),
        (15, "C5", LATER, "The concert hall", "none-known"),
        (20, "C5", LATER, "The concert hall", "possible"),
        (59, "C5", LATER, "The concert hall", "possible"),
    ],
)
def test_a_report_stands_as_it_stood(watch, incident, report, minutes, grade, words, place, nexus):
    row = row_at(watch, incident, minutes)
    assert row.grade.reliability + row.grade.credibility == grade
    assert (row.english, row.report.place_name, row.report.nexus) == (words, place, nexus)
    assert (row.report.lat, row.report.lon) == (FIRST if place == "A café terrace" else SECOND)
    assert row.versions == (2 if minutes >= 10 else 1)
    judged = view_of_row(row)
    assert (judged.text, judged.place, judged.nexus, judged.lat) == (words, place, nexus, row.report.lat)


@pytest.mark.parametrize("minutes, unread", [(1, True), (2, False)])
def test_nobody_had_read_it_before_it_was_read(watch, incident, report, minutes, unread):
    assert row_at(watch, incident, minutes).unread is unread


@pytest.mark.parametrize("minutes, withdrawn", [(29, False), (30, True)])
def test_what_was_withdrawn_later_was_not_withdrawn_then(watch, incident, report, minutes, withdrawn):
    picture = picture_of(watch, incident, then(minutes))
    (row,), (fact,) = picture.rows, picture.facts
    assert (row.report.sheet.withdrawn_because == "It was another hall.") is withdrawn
    assert bool(row.report.sheet.withdrawn_at) is withdrawn
    assert [item.state for item in fact.claims] == (["struck"] if withdrawn else ["open"])
    assert picture.nexus == ("" if withdrawn else "possible")


@pytest.mark.parametrize(
    "minutes, name, doubtful, drawn",
    [
        (4, "A café terrace", False, "ev"),
        (5, "A café terrace", True, "ev weak"),
        (15, "The concert hall", True, "ev weak"),
    ],
)
def test_sites_and_timeline_are_drawn_from_what_was_known(watch, incident, report, minutes, name, doubtful, drawn):
    picture = picture_of(watch, incident, then(minutes))
    assert [(site.name, site.doubtful) for site in picture.sites] == [(name, doubtful)]
    assert [mark.kind for lane in picture.lanes.lanes if lane.label for mark in lane.marks] == [drawn]


def test_a_fact_that_rested_on_it_stood_until_it_was_withdrawn(house, watch, incident):
    (row,) = picture_of(watch, incident).rows
    house.at(1)
    claim = make_claim(watch, report=row.report, draft=ClaimDraft("killed", "18"))
    choose_fact(watch, incident=incident, claims=[claim])
    house.at(30)
    withdraw_report(watch, report=row.report, because="It was another hall.")
    house.at(60)
    facts = {minutes: picture_of(watch, incident, then(minutes)).facts[0] for minutes in (29, 31)}
    assert facts[29].fact.value == "18" and [item.state for item in facts[29].claims] == ["carried"]
    assert facts[31].fact is None and [item.state for item in facts[31].claims] == ["struck"]


def test_looking_back_changes_nothing_of_what_stands_now(watch, incident, report):
    before = rows_of(watch, [report.pk])[0]
    picture_of(watch, incident, then(4))
    after = rows_of(watch, [report.pk])[0]
    assert after == before and after.report.place_name == "The concert hall"
    assert after.report.sheet.withdrawn_because == "It was another hall."


@pytest.mark.parametrize("hidden", [False, True])
def test_what_the_viewer_may_not_see_now_is_not_shown_as_it_stood_then(house, watch, incident, report, hidden):
    if hidden:
        Sheet.objects.filter(pk=report.pk).update(access_class=access_class(3, ["narco"]))
    rows = picture_of(house.viewer("Watch officer 2"), incident, then(4)).rows
    assert (rows == []) is hidden


def test_independent_roots_are_counted_as_they_were_known(house, watch, incident, report):
    other = house.report(text="The same again.", source_label="A guard of the hall", source_kind="venue")
    link_report(watch, report=other.sheet, incident=incident)
    for minutes, row in ((65, report), (70, other)):
        house.at(minutes)
        set_root_source(watch, report=row, root=None, known=True, because="they saw it themselves")
    house.at(75)
    set_root_source(watch, report=other, root=report.source, known=True, because="he had it from the first")
    house.at(80)
    counted = {minutes: picture_of(watch, incident, then(minutes)).roots for minutes in (64, 66, 71, 76)}
    assert counted == {64: 1, 66: 2, 71: 2, 76: 1}
    assert picture_of(watch, incident).roots == 1


def test_the_incident_is_called_what_it_was_called(watch, incident, house):
    house.at(5)
    change_incident(watch, incident=incident, title="Attacks in one city", because="known by now")
    house.at(9)
    titles = [picture_of(watch, incident, then(minutes)).standing.title for minutes in (4, 5)]
    assert titles == ["Attacks abroad", "Attacks in one city"]


def questions(watch, incident, moment):
    picture_of(watch, incident, moment)
    with CaptureQueriesContext(connection) as asked:
        picture_of(watch, incident, moment)
    return len(asked)


def test_the_past_asks_as_often_for_fifty_reports_as_for_one(house, watch, incident, report):
    alone = questions(watch, incident, then(59)), questions(watch, incident, None)
    for number in range(49):
        more = house.report(text=f"Shot {number}.")
        link_report(watch, report=more.sheet, incident=incident)
    house.at(80)
    assert now() == then(80)
    assert (questions(watch, incident, then(70)), questions(watch, incident, None)) == alone
    assert alone[0] <= alone[1] + 3
