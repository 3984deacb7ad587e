"""Cards and where they can be moved: the targets are the verbs there are, and each opens its form instead of doing it."""

import re

import pytest

from tests.cast import sign_in
from vedette.handling.models import Sheet
from vedette.response.actions import acknowledge_order, complete_order, decline_order, end_run
from vedette.response.models import OrderState
from vedette.web.response.moves import DEEDS, moves_of

HX = {"hx-request": "true"}


@pytest.fixture
def desk(watch):
    return sign_in(watch)


@pytest.fixture
def task(house, run):
    return house.task(run, "PB-06")


def cards(client, run):
    """The moves of each card on the board, by the address of its order."""
    text = client.get(f"/response/{run.pk}/").content.decode()
    found = re.findall(r'<article class="card task[^"]*"([^>]*)>.*?href="([^"]+)"', text, re.DOTALL)
    return {link: re.findall(r'data-moves="([^"]*)"', marks) for marks, link in found}


def state(order):
    return OrderState.objects.as_house("a test looks").get(order=order.sheet, until__isnull=True).state


@pytest.mark.parametrize(
    "said, moves",
    [
        ("nothing", ["acknowledge complete cannot pass_on"]),
        ("acknowledged", ["complete cannot pass_on"]),
        ("cannot", ["pass_on"]),
        ("done", []),
        ("ended", []),
    ],
)
def test_a_card_can_be_moved_onto_the_verbs_that_its_state_allows(house, desk, commander, run, task, said, moves):
    unit = house.sergeant("tactical")
    if said == "acknowledged":
        acknowledge_order(unit, order=task)
    elif said == "cannot":
        decline_order(unit, order=task, because="all out")
    elif said == "done":
        complete_order(unit, order=task, evidence="four hotels")
    elif said == "ended":
        end_run(commander, run=run, because="all clear")
    assert cards(desk, run)[f"/response/orders/{task.pk}/"] == moves


def test_a_task_planned_for_later_can_be_given_now_and_nothing_else(house, desk, run):
    planned = house.task(run, "PB-10")
    assert cards(desk, run)[f"/response/orders/{planned.pk}/"] == ["pass_on"]


def test_who_may_not_give_orders_is_offered_no_units(house, run, task):
    clerk = house.viewer("Desk clerk")
    text = sign_in(clerk).get(f"/response/{run.pk}/").content.decode()
    assert "data-owners" not in text and 'id="tray"' in text
    assert cards(sign_in(clerk), run)[f"/response/orders/{task.pk}/"] == ["acknowledge complete cannot"]


def test_nobody_and_another_unit_move_nothing(house, task):
    for viewer in (None, house.sergeant("transit"), house.viewer("Auditor")):
        assert moves_of(viewer, task, "given", passes=False) == []


@pytest.mark.parametrize("deed", DEEDS)
def test_moving_a_card_opens_the_form_of_that_verb_and_changes_nothing(house, desk, task, deed):
    transit = house.unit("transit")
    text = desk.get(f"/response/orders/{task.pk}/?deed={deed}&unit={transit.id}", headers=HX).content.decode()
    (form,) = re.findall(r"<form[^>]*data-chosen.*?</form>", text, re.DOTALL)
    door = {"pass_on": "pass-on"}.get(deed, deed)
    assert f'action="/response/orders/{task.pk}/{door}/"' in form
    assert 'name="because"' in form or 'name="evidence"' in form
    assert (f'value="{transit.id}" selected' in form) == (deed == "pass_on")
    assert state(task) == "given"


def test_the_units_own_acknowledgement_asks_for_nothing_and_only_that(house, run, task):
    sergeant = sign_in(house.sergeant("tactical"))
    asks = {}
    for deed in DEEDS[:3]:
        text = sergeant.get(f"/response/orders/{task.pk}/?deed={deed}", headers=HX).content.decode()
        (form,) = re.findall(r"<form[^>]*data-chosen.*?</form>", text, re.DOTALL)
        asks[deed] = 'class="input"' in form
    assert asks == {"acknowledge": False, "complete": True, "cannot": True}


@pytest.mark.parametrize("query", ["deed=acknowledge", "deed=complete&unit=x"])
def test_a_card_that_moved_on_meanwhile_says_so_and_opens_nothing(house, desk, task, query):
    decline_order(house.sergeant("tactical"), order=task, because="all out")
    text = desk.get(f"/response/orders/{task.pk}/?{query}", headers=HX).content.decode()
    assert "This order is cannot by now" in text and "data-chosen" not in text


@pytest.mark.parametrize("query", ["deed=delete", "deed=", "unit=x", "deed=pass_on&unit=nonsense", "deed=%00"])
def test_a_target_that_is_none_is_passed_over(desk, task, query):
    answer = desk.get(f"/response/orders/{task.pk}/?{query}", headers=HX)
    assert answer.status_code == 200
    assert ("data-chosen" in answer.content.decode()) == query.startswith("deed=pass_on")


def test_an_order_that_may_not_be_seen_is_not_opened_by_moving_it_either(desk, task):
    from vedette.handling.actions import access_class

    Sheet.objects.filter(pk=task.pk).update(access_class=access_class(3, ["narco"], False), author=None)
    assert desk.get(f"/response/orders/{task.pk}/?deed=complete", headers=HX).status_code == 404


@pytest.mark.parametrize(
    "words, wrong", [({"evidence": "four hotels"}, "because"), ({"because": "sergeant, by phone"}, "evidence")]
)
def test_what_is_missing_after_a_move_is_said_once_at_its_field_and_what_was_typed_is_kept(desk, task, words, wrong):
    answer = desk.post(f"/response/orders/{task.pk}/complete/", words, headers=HX)
    text = answer.content.decode()
    said = {"because": "speak for a unit", "evidence": "asks for evidence"}[wrong]
    assert (answer.status_code, text.count(said), state(task)) == (422, 1, "given")
    (field,) = re.findall(r'class="field invalid">.*?name="(\w+)"', text, re.DOTALL)
    assert field == wrong
    assert next(iter(words.values())) in text
