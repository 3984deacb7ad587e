"""What a unit says to its orders, and what it may not."""

import pytest

from vedette.alerts.queries import clocks_of
from vedette.audit.models import Entry
from vedette.handling.queries import stubs
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.response.actions import (
    acknowledge_order,
    complete_order,
    decline_order,
    give_task,
    pass_on,
    read_order,
)
from vedette.response.models import OrderState
from vedette.response.orders import my_orders
from vedette.response.queries import access_order, states_of, trail_of

State = OrderState.State


@pytest.fixture
def order(house, run):
    return house.task(run, "PB-04")


def state(house, order):
    return states_of(house.viewer("Watch officer 1"), [order.pk])[order.pk].state


def test_a_unit_sees_its_own_orders_and_no_others(house, run):
    for kind in ("patrol", "tactical", "liaison"):
        rows = my_orders(house.sergeant(kind)).waiting
        assert rows
        assert {row.order.unit.kind for row in rows} == {kind}


def test_a_unit_cannot_open_or_find_another_units_order(house, order):
    other = house.sergeant("tactical")
    with pytest.raises(Missing):
        access_order(other, order.pk)
    with pytest.raises(Missing):
        read_order(other, order.pk)


@pytest.mark.parametrize("deed", [acknowledge_order, complete_order, decline_order])
def test_another_unit_cannot_answer_for_it_even_with_the_row_in_hand(house, order, deed):
    words = {"because": "no"} if deed is decline_order else {}
    with pytest.raises(Forbidden):
        deed(house.sergeant("tactical"), order=order, **words)
    assert state(house, order) == State.GIVEN


def test_opening_leaves_the_units_receipt_once_and_the_desk_leaves_none(house, order):
    read_order(house.viewer("Watch officer 1"), order.pk)
    assert state(house, order) == State.GIVEN
    read_order(house.sergeant("patrol"), order.pk)
    read_order(house.sergeant("patrol"), order.pk)
    assert [row.state for row in trail_of(house.sergeant("patrol"), order)] == [State.GIVEN, State.OPENED]


def test_acknowledging_twice_is_acknowledging_once(house, order):
    sergeant = house.sergeant("patrol")
    first = acknowledge_order(sergeant, order=order)
    assert acknowledge_order(sergeant, order=order).pk == first.pk
    assert Entry.objects.filter(code="order.acknowledged").count() == 1
    clock = clocks_of(sergeant, [order.pk], "acknowledge")[order.pk].clock
    assert (clock.state, clock.acknowledged) == ("met", [sergeant.seat_id])


def test_the_desk_writes_down_what_a_unit_said_by_phone_and_who_said_it(house, order, watch):
    with pytest.raises(Refused, match="speak for a unit"):
        acknowledge_order(watch, order=order)
    row = acknowledge_order(watch, order=order, because="sergeant, by phone")
    assert (row.by_id, row.because) == (watch.seat_id, "sergeant, by phone")


def test_done_asks_for_the_evidence_that_the_task_wants(house, order):
    sergeant = house.sergeant("patrol")
    with pytest.raises(Refused) as refused:
        complete_order(sergeant, order=order, outcome="all covered")
    assert refused.value.field == "evidence"
    row = complete_order(sergeant, order=order, evidence="consulate 16:31, mission 16:40")
    assert (row.state, row.evidence) == (State.DONE, "consulate 16:31, mission 16:40")


def test_a_task_that_wants_no_evidence_wants_a_word_of_what_came_of_it(house, run, watch):
    task = give_task(watch, run=run, title="Ring back", unit=house.unit("patrol"), due_at=house.at(30))
    sergeant = house.sergeant("patrol")
    with pytest.raises(Refused) as refused:
        complete_order(sergeant, order=task)
    assert refused.value.field == "outcome"
    assert complete_order(sergeant, order=task, outcome="Rang back.").state == State.DONE


def test_done_without_acknowledging_first_acknowledges_as_well(house, order):
    sergeant = house.sergeant("patrol")
    complete_order(sergeant, order=order, evidence="all covered")
    assert clocks_of(sergeant, [order.pk], "acknowledge")[order.pk].clock.state == "met"


def test_cannot_needs_a_reason_and_is_final_for_that_unit(house, order):
    sergeant = house.sergeant("patrol")
    with pytest.raises(Refused):
        decline_order(sergeant, order=order, because=" ")
    decline_order(sergeant, order=order, because="nobody free")
    with pytest.raises(Conflict):
        acknowledge_order(sergeant, order=order)


def test_an_order_passed_on_is_the_other_units_and_leaves_a_struck_stub_with_the_reason(house, order, watch):
    first, second = house.sergeant("patrol"), house.sergeant("transit")
    decline_order(first, order=order, because="nobody free")
    pass_on(watch, order=order, unit=house.unit("transit"), because="patrol is out")
    assert state(house, order) == State.GIVEN
    assert [row.order.pk for row in my_orders(second).waiting] == [order.pk]
    found = my_orders(first)
    assert order.pk not in [row.order.pk for row in found.in_force]
    assert "patrol is out" in found.taken_back[0].because
    assert order.pk in stubs(first, [order.pk])
    with pytest.raises(Forbidden):
        acknowledge_order(first, order=order)
    acknowledge_order(second, order=order)


def test_a_planned_task_can_be_given_before_its_time(house, run, watch):
    task = house.task(run, "PB-10")
    pass_on(watch, order=task, unit=task.unit, because="the mayor asks now")
    assert state(house, task) == State.GIVEN
    assert task.pk in [row.order.pk for row in my_orders(house.sergeant("intelligence")).waiting]


def test_passing_on_to_the_unit_that_has_it_is_a_conflict(order, watch):
    with pytest.raises(Conflict):
        pass_on(watch, order=order, unit=order.unit, because="again")


def test_a_task_whose_owner_does_not_exist_is_nobodys_and_climbs_to_the_desk(house, watch):
    from vedette.agencies.models import Unit
    from vedette.alerts.actions import step_clocks
    from vedette.response.actions import start_run

    Unit.objects.filter(kind="tactical").update(kind="gone")
    run = start_run(watch, incident=house.incident())
    task = house.task(run, "PB-06")
    assert state(house, task) == State.OPEN
    house.at(10)
    step_clocks()
    last = clocks_of(watch, [task.pk], "acknowledge")[task.pk].last
    assert (last.duty, last.seat.label) == ("watch-commander", "Watch officer 2")


def test_a_task_on_a_basis_that_one_may_not_see_is_not_shown(house, run):
    from vedette.handling.actions import access_class
    from vedette.handling.models import Sheet
    from vedette.response.board import board_of

    clerk = house.viewer("Desk clerk")
    assert board_of(clerk, run).total == 33
    Sheet.objects.filter(pk=run.basis_id).update(access_class=access_class(3, ["desk"]))
    seen = board_of(clerk, run).rows
    assert {row.order.unit.kind for row in seen} == {"watch"}, "what was given to his own unit, and no more"
    assert all(row.basis is None for row in seen)
    assert board_of(house.viewer("Analyst 1"), run).total == 33
    assert my_orders(house.sergeant("patrol")).waiting, "what was given to a unit stays with it"


def test_a_unit_reads_the_basis_only_when_it_may_see_it(house, order):
    from vedette.handling.actions import access_class
    from vedette.handling.models import Sheet

    sergeant = house.sergeant("patrol")
    assert my_orders(sergeant).waiting[0].basis is not None
    Sheet.objects.filter(pk=order.basis_id).update(access_class=access_class(3, ["desk"]))
    assert my_orders(sergeant).waiting[0].basis is None


def test_the_list_is_written_down_once_with_the_ids_it_showed(house, order):
    my_orders(house.sergeant("patrol"))
    assert order.pk in Entry.objects.get(code="sheet.listed").objects_ids
