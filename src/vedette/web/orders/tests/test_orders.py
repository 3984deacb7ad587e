"""My orders on a phone: only mine, answered with one thumb."""

import pytest

from tests.cast import sign_in
from vedette.handling.actions import access_class
from vedette.handling.models import Sheet
from vedette.response.actions import deploy, pass_on
from vedette.response.models import OrderState, Site

HX = {"hx-request": "true"}


@pytest.fixture
def phone(house, run):
    return sign_in(house.sergeant("tactical"))


def state(order):
    return OrderState.objects.as_house("a test looks").get(order=order.sheet, until__isnull=True).state


def test_the_page_shows_my_orders_and_no_word_of_anothers(house, phone, run):
    text = phone.get("/orders/").content.decode()
    assert house.task(run, "PB-06").title in text
    assert house.task(run, "PB-04").title not in text
    assert run.incident.title not in text


def test_one_press_acknowledges_and_the_lists_come_back(house, phone, run):
    task = house.task(run, "PB-06")
    answer = phone.post(f"/orders/{task.pk}/acknowledge/", headers=HX)
    assert "In hand" in answer.content.decode()
    assert state(task) == "acknowledged"


def test_done_without_evidence_comes_back_as_the_card_with_the_reason(house, phone, run):
    task = house.task(run, "PB-06")
    answer = phone.post(f"/orders/{task.pk}/done/", {"outcome": "covered"}, headers=HX)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.lstrip().startswith("{#") or f'id="order-{task.pk}"' in text
    assert "covered</textarea>" in text


def test_cannot_takes_a_ready_reason_and_words_of_ones_own(house, phone, run):
    task = house.task(run, "PB-06")
    phone.post(f"/orders/{task.pk}/cannot/", {"reason": "Nobody free", "because": "both teams out"}, headers=HX)
    row = OrderState.objects.as_house("a test looks").get(order=task.sheet, until__isnull=True)
    assert (row.state, row.because) == ("cannot", "Nobody free: both teams out")


@pytest.mark.parametrize("deed", ["acknowledge", "done", "cannot"])
def test_anothers_order_is_not_there(house, phone, run, deed):
    task = house.task(run, "PB-04")
    assert phone.get(f"/orders/{task.pk}/").status_code == 404
    assert phone.post(f"/orders/{task.pk}/{deed}/", {"because": "no"}).status_code == 404
    assert state(task) == "given"


def test_opening_an_order_leaves_the_receipt(house, phone, run):
    task = house.task(run, "PB-06")
    assert phone.get(f"/orders/{task.pk}/").status_code == 200
    assert state(task) == "opened"


def test_a_basis_that_one_may_not_see_is_held_at_the_desk(house, phone, run):
    assert run.basis.reference in phone.get("/orders/").content.decode()
    Sheet.objects.filter(pk=run.basis_id).update(access_class=access_class(3, ["desk"]))
    text = phone.get("/orders/").content.decode()
    assert run.basis.reference not in text
    assert "held at the desk" in text


def test_an_order_taken_back_is_struck_with_its_reason(house, phone, run, watch):
    task = house.task(run, "PB-06")
    pass_on(watch, order=task, unit=house.unit("transit"), because="you are out")
    text = phone.get("/orders/").content.decode()
    assert f'<del class="ref">{task.sheet.reference}</del>' in text
    assert "you are out" in text
    assert task.title not in text
    assert task.title not in phone.get(f"/orders/{task.pk}/").content.decode()


def test_the_sheet_for_roll_call_tells_who_stands_where(house, phone, run, watch):
    from vedette.response.actions import acknowledge_order

    site = Site.objects.first()
    row = deploy(watch, unit=house.unit("tactical"), site=site, order="Two fixed points.", strength="6 cars", run=run)
    acknowledge_order(house.sergeant("tactical"), order=row)
    text = phone.get("/orders/roll-call/").content.decode()
    assert site.name in text
    assert "6 cars" in text


def test_a_seat_without_a_unit_is_told_why_it_has_no_orders(house, run):
    text = sign_in(house.viewer("Investigator, robbery squad")).get("/orders/").content.decode()
    assert "belongs to no unit" in text
