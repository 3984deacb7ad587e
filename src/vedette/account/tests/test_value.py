"""The value of the programme: each figure from records that were really made, and none where there is nothing to compare."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vedette.account.statement import read_statement, year_of
from vedette.account.value import acted_on, value_of
from vedette.funding.actions import approve_expense
from vedette.handling.actions import new_sheet
from vedette.incidents.actions import link_report, open_incident
from vedette.kit.errors import Forbidden
from vedette.kit.time import now
from vedette.reporting.actions import QuestionDraft, ask
from vedette.reporting.models import Received, RequestState
from vedette.response.models import Deployment

from .conftest import MINUTE, START, at

HOUR = datetime.timedelta(hours=1)


def deploy(cast: Cast, basis):
    """A unit stands somewhere because of a record."""
    sheet = new_sheet(cast.viewer("watch"), kind="deployment", prefix="DEP")
    Deployment.objects.create(sheet=sheet, unit=cast.units["transit"], order="Stand there.", basis=basis, since=now())


def heard(cast: Cast, channel, minutes, about):
    """Another channel said it."""
    sheet = new_sheet(cast.viewer("watch"), kind="received", prefix="RCV")
    Received.objects.create(
        sheet=sheet,
        sender="Press",
        channel=channel,
        received_at=START + minutes * MINUTE,
        text="It said so.",
        about=about,
    )


def span():
    return value_of(START - HOUR, START + 24 * HOUR)


def test_a_report_is_acted_on_by_what_rests_on_it_or_on_its_incident(cast, told):
    incident = open_incident(cast.viewer("analyst"), report=told[1])
    link_report(cast.viewer("analyst"), report=told[2].sheet, incident=incident)
    assert acted_on({row.pk: row.sheet.filed_at for row in told}) == set()
    deploy(cast, told[0].sheet)
    assert acted_on({row.pk: row.sheet.filed_at for row in told}) == {told[0].pk}
    at(15)
    deploy(cast, incident.sheet)
    assert acted_on({row.pk: row.sheet.filed_at for row in told}) == {told[0].pk, told[1].pk}
    at(60)
    deploy(cast, incident.sheet)
    assert acted_on({row.pk: row.sheet.filed_at for row in told}) == {told[0].pk, told[1].pk, told[2].pk}


def test_the_figures_of_a_post_are_its_own_and_outside_the_span_there_are_none(cast, told):
    deploy(cast, told[0].sheet)
    rows = {row.post.key: (row.reports, row.acted_on) for row in span().posts}
    assert rows == {"a": (3, 1), "b": (1, 0)}
    assert value_of(START + HOUR, START + 24 * HOUR).reports == 0
    assert value_of(START, START + 10 * MINUTE).reports == 1


def test_a_lead_is_against_the_first_word_of_each_channel_and_may_be_a_lag(cast, told):
    deploy(cast, told[0].sheet)
    deploy(cast, told[1].sheet)
    heard(cast, "press", 45, told[0].sheet)
    heard(cast, "press", 30, told[0].sheet)
    heard(cast, "federal", -5, told[0].sheet)
    heard(cast, "press", 1, told[3].sheet)
    value = span()
    assert sorted((lead.channel, lead.minutes) for lead in value.leads) == [("federal", -5), ("press", 30)]
    assert value.not_compared == 1 and value.few
    (row,) = [row for row in value.posts if row.post.key == "a"]
    assert row.median_lead == 12
    assert [row.median_lead for row in value.posts if row.post.key == "b"] == [None]


def test_what_is_about_an_incident_is_set_against_its_first_report(cast, told):
    incident = open_incident(cast.viewer("analyst"), report=told[2])
    link_report(cast.viewer("analyst"), report=told[1].sheet, incident=incident)
    deploy(cast, incident.sheet)
    heard(cast, "partner", 25, incident.sheet)
    assert [(lead.report, lead.minutes) for lead in span().leads] == [(told[1].pk, 15)]


def test_questions_are_counted_in_time_or_late_and_the_middle_of_the_waits_is_told(cast, told):
    def asked(minutes, answered_after):
        at(minutes)
        one = ask(
            cast.viewer("watch"), QuestionDraft(question="Which line?", why="A link.", urgency="8h", post_key="a")
        )
        states = RequestState.objects.as_house("a test answers").filter(request=one)
        if answered_after:
            states.update(until=now())
            since = now() + answered_after * MINUTE
            RequestState.objects.create(request=one, state="answered", since=since)

    for minutes, after in ((61, 30), (62, 90), (63, 600), (64, 0)):
        asked(minutes, after)
    (row,) = [row for row in span().posts if row.post.key == "a"]
    assert (row.asked, row.answered, row.median_wait) == (4, 2, 90)
    assert [row.median_wait for row in span().posts if row.post.key == "b"] == [None]


def test_costs_are_those_of_the_books_and_none_is_shared_out_over_nothing(money, told):
    deploy(money.cast, told[0].sheet)
    approve_expense(money.second, expense=money.expense(amount=900_00))
    approve_expense(money.second, expense=money.expense(post=money.cast.posts["b"], amount=100_00))
    rows = {row.post.key: row for row in span().posts}
    assert (rows["a"].cost, rows["a"].cost_per_report, rows["a"].cost_per_acted_on) == (900_00, 300_00, 900_00)
    assert (rows["b"].cost_per_report, rows["b"].cost_per_acted_on) == (100_00, None)


def test_it_asks_as_often_for_many_reports_as_for_few(cast, told):
    deploy(cast, told[0].sheet)
    heard(cast, "press", 90, told[0].sheet)
    with CaptureQueriesContext(connection) as few:
        span()
    for number in range(20):
        report = cast.report("officer_a", text=f"More, {number}.")
        deploy(cast, report.sheet)
        heard(cast, "press", 90, report.sheet)
    with CaptureQueriesContext(connection) as many:
        assert span().acted_on == 21
    assert len(many) == len(few) <= 20


def test_the_statement_of_a_year_says_what_it_cost_who_bore_it_and_what_is_uncertain(money, told):
    deploy(money.cast, told[0].sheet)
    approve_expense(money.second, expense=money.expense(amount=900_00))
    approve_expense(money.second, expense=money.expense(item="salary", amount=2_000_00))
    said = read_statement(money.finance, begins_in=year_of(START.date()))
    assert (said.year.name, said.year.cost, said.year.value.reports) == ("2025/26", 2_900_00, 4)
    assert [(one.name, one.borne, one.in_kind) for one in said.bearers] == [
        ("City", 2_000_00, 0),
        ("Foundation", 900_00, 0),
    ]
    assert [line.split(":")[0] for line in said.uncertain] == [
        "The year is not over",
        "1 report was acted on",
        "1 report acted on had no other channel to be set against and is left out of the minutes.",
    ]
    assert said.before == [] and read_statement(money.finance, begins_in=2024).year.cost == 0


@pytest.mark.parametrize(
    "name", ["watch", "analyst", "officer_a", "sergeant", "administrator", "north_1", "foundation"]
)
def test_who_does_not_answer_for_the_money_sees_no_statement(cast, name):
    assert read_statement(cast.viewer("commander"), begins_in=2025).year.cost == 0
    with pytest.raises(Forbidden):
        read_statement(cast.viewer(name), begins_in=2025)


def test_the_year_of_the_books_begins_in_its_month(money):
    assert [year_of(datetime.date(2026, month, 1)) for month in (6, 7)] == [2025, 2026]
