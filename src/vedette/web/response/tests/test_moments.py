"""An order opened from a past board: as it stood then, with the receipts of by then, and nothing can be said to it."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import sign_in
from vedette.alerts.actions import step_clocks
from vedette.audit.models import Entry
from vedette.handling.actions import access_class
from vedette.handling.models import Sheet
from vedette.response.actions import acknowledge_order, complete_order, deploy, end_deployment, pass_on
from vedette.response.models import OrderState, Site
from vedette.response.tests.conftest import START

MINUTE = datetime.timedelta(minutes=1)


def at(minutes):
    return "" if minutes is None else f"?at={int((START + minutes * MINUTE).timestamp())}"


def pane(client, order, minutes=None, status=200):
    answer = client.get(f"/response/orders/{order.pk}/{at(minutes)}", HTTP_HX_REQUEST="true")
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.fixture
def desk(watch):
    return sign_in(watch)


@pytest.fixture
def story(house, watch, run):
    """Given at the start; nobody answers before the desk passes it on at 10; the second unit has it at 12, is through at 20."""
    task = house.task(run, "PB-06")
    house.at(6)
    step_clocks()
    house.at(10)
    pass_on(watch, order=task, unit=house.unit("transit"), because="all out")
    house.at(12)
    acknowledge_order(house.sergeant("transit"), order=task)
    house.at(20)
    complete_order(house.sergeant("transit"), order=task, evidence="four hotels, two halls")
    house.at(60)
    return task


@pytest.mark.parametrize(
    "minutes, kind, shown, hidden",
    [
        (5, "tactical", ["given to"], ["told:", "all out", "acknowledged by", "four hotels"]),
        (7, "tactical", ["given to", "told:"], ["all out", "acknowledged by", "four hotels"]),
        (11, "transit", ["all out"], ["acknowledged by", "four hotels"]),
        (13, "transit", ["all out", "acknowledged by"], ["four hotels", "done by"]),
        (None, "transit", ["all out", "acknowledged by", "done by", "four hotels"], []),
    ],
)
def test_it_stands_as_it_stood_with_the_receipts_of_by_then(house, desk, story, minutes, kind, shown, hidden):
    text = pane(desk, story, minutes)
    assert f"<dd>{house.unit(kind).name}" in text
    assert [words for words in shown if words not in text] == []
    assert [words for words in hidden if words in text] == []
    assert ("Looking back" in text) is (minutes is not None)


@pytest.mark.parametrize("minutes, forms", [(13, False), (None, True)])
def test_nothing_can_be_said_to_it_in_the_past(house, desk, watch, run, minutes, forms):
    task = house.task(run, "PB-06")
    house.at(60)
    text = pane(desk, task, minutes)
    assert ("<form" in text) is forms and ("data-due=" in text) is forms


@pytest.mark.parametrize("minutes, status", [(-5, 404), (0, 200)])
def test_before_it_was_there_nothing_is_there(desk, story, minutes, status):
    assert (story.title in pane(desk, story, minutes, status)) is (status == 200)


def test_a_past_board_opens_its_orders_as_they_stood_and_a_board_of_now_as_they_stand(house, desk, watch, run, story):
    house.at(61)
    row = deploy(watch, unit=house.unit("patrol"), site=Site.objects.first(), order="Stand.", run=run)
    house.at(70)
    end_deployment(watch, deployment=row, because="relieved")
    house.at(90)
    past, now = (desk.get(f"/response/{run.pk}/{at(minutes)}").content.decode() for minutes in (65, None))
    links = re.findall(r'(?:href|hx-get)="/response/orders/[0-9a-f-]{36}/(.*?)"', past)
    assert set(links) == {"?at=2015-11-13T21:30:00Z"} and past.count(f"{row.pk}/?at=") >= 2
    assert set(re.findall(r'href="/response/orders/[0-9a-f-]{36}/(.*?)"', now)) == {""}
    assert "as they are now" not in past and "/print/" not in past and "/print/" in now


@pytest.mark.parametrize("minutes, receipts", [(30, 0), (None, 1)])
def test_the_unit_that_looks_back_leaves_no_receipt_and_the_opening_is_audited(house, run, minutes, receipts):
    task, sergeant = house.task(run, "PB-06"), house.sergeant("tactical")
    house.at(60)
    pane(sign_in(sergeant), task, minutes)
    opened = OrderState.objects.seen_by(sergeant).filter(order=task.pk, state="opened")
    assert opened.count() == receipts
    assert Entry.objects.filter(code="sheet.opened", objects_ids=[task.pk], actor=sergeant.seat_id).count() == 1


@pytest.mark.parametrize("hidden, status", [(False, 200), (True, 404)])
def test_who_may_not_see_it_now_does_not_see_it_as_it_stood(house, story, hidden, status):
    if hidden:
        Sheet.objects.filter(pk=story.pk).update(access_class=access_class(3, ["desk", "narco"]))
    pane(sign_in(house.viewer("Watch officer 2")), story, 13, status)


def test_the_past_asks_no_more_than_now(desk, story):
    counted = []
    for minutes in (13, None):
        pane(desk, story, minutes)
        with CaptureQueriesContext(connection) as asked:
            pane(desk, story, minutes)
        counted.append(len(asked))
    assert counted[0] <= counted[1]
