"""From a report to what came of it: each link from records that were really made, seen by whoever may see them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.account.chains import PAGE, chains, read_chains
from vedette.incidents.actions import link_report, open_incident
from vedette.kit.errors import Forbidden
from vedette.response.models import Deployment, OrderState

from .conftest import MINUTE, START, at
from .test_value import deploy, heard

DAY = datetime.timedelta(days=1)


def seen(viewer, page=1):
    return chains(viewer, START - DAY, START + DAY, page)


@pytest.fixture
def chief(cast):
    return cast.viewer("commander")


def test_a_chain_holds_what_was_done_because_of_a_report_and_nothing_done_before_it(cast, told, chief):
    incident = open_incident(cast.viewer("analyst"), report=told[0])
    link_report(cast.viewer("analyst"), report=told[2].sheet, incident=incident)
    at(15)
    deploy(cast, incident.sheet)
    assert [(row.report.pk, row.minutes) for row in seen(chief).rows] == [(told[0].pk, 15)]
    at(45)
    deploy(cast, told[2].sheet)
    order = Deployment.objects.seen_by(chief).get(basis=told[2].sheet)
    OrderState.objects.create(order=order.sheet, state="done", since=START + 46 * MINUTE)
    heard(cast, "press", 50, told[2].sheet)
    last, first = seen(chief).rows
    assert (last.report.pk, last.minutes, last.outcome.orders, last.outcome.done) == (told[2].pk, 25, 1, 1)
    assert (last.incident.pk, first.incident.pk) == (incident.pk, incident.pk)
    assert [(lead.channel, lead.minutes) for lead in last.leads] == [("press", 30)]
    assert (first.outcome.orders, first.outcome.done, first.leads) == (1, 0, [])


def test_what_a_seat_may_not_read_is_a_number_to_it(cast, told, chief, money):
    for report in told:
        deploy(cast, report.sheet)
    assert (seen(chief).readable, seen(chief).all) == (4, 4)
    narrow = seen(money.finance)
    assert narrow.all == 4
    assert narrow.readable == len(narrow.rows)
    with pytest.raises(Forbidden):
        read_chains(cast.viewer("officer_a"), begins=START, ends=START + DAY)
    for name in ("north_1", "auditor"):
        assert seen(cast.viewer(name)).rows == []


def test_pages_end_where_the_chains_end_and_ask_as_often_for_many_as_for_few(cast, told, chief):
    deploy(cast, told[0].sheet)
    with CaptureQueriesContext(connection) as few:
        seen(chief)
    for number in range(PAGE):
        report = cast.report("officer_a", text=f"More, {number}.")
        deploy(cast, report.sheet)
    with CaptureQueriesContext(connection) as many:
        found = seen(chief)
    assert (len(found.rows), found.readable, found.pages) == (PAGE, PAGE + 1, 2)
    assert (
        [row.report.pk for row in seen(chief, 2).rows]
        == [told[0].pk]
        == [row.report.pk for row in seen(chief, 99).rows]
    )
    assert len(many) == len(few) <= 24
