"""An order nobody acknowledges climbs its ladder at its time; an acknowledged one does not."""

import pytest

from vedette.alerts.actions import record_duty, step_clocks
from vedette.alerts.models import Duty, Escalation
from vedette.alerts.queries import clocks_of
from vedette.audit.models import Entry
from vedette.response.actions import acknowledge_order, complete_order, decline_order
from vedette.response.board import board_of


def steps(watch, task):
    view = clocks_of(watch, [task.pk], "acknowledge")[task.pk]
    return [(step.duty, step.seat.label if step.seat else step.outcome) for step in view.escalations]


@pytest.fixture
def silent(house, run):
    return house.task(run, "PB-06")


def test_nothing_happens_before_the_order_is_due_to_be_acknowledged(house, watch, silent):
    house.at(4.9)
    assert step_clocks() == 0
    assert steps(watch, silent) == []


def test_a_silent_unit_is_called_then_the_watch_commander_then_the_commander(house, watch, silent):
    sergeant = f"Duty sergeant, {silent.unit.name}"
    wanted = [("sergeant", sergeant), ("watch-commander", "Watch officer 2"), ("commander", "Commander on duty")]
    for minutes, taken in ((5, 1), (9.9, 1), (10, 2), (15, 3), (60, 3)):
        house.at(minutes)
        step_clocks()
        assert steps(watch, silent) == wanted[:taken]


def test_an_order_that_was_acknowledged_does_not_climb(house, watch, silent):
    house.at(2)
    acknowledge_order(house.sergeant("tactical"), order=silent)
    house.at(60)
    step_clocks()
    assert steps(watch, silent) == []


def test_an_order_acknowledged_on_the_second_step_climbs_no_further(house, watch, silent):
    house.at(10)
    step_clocks()
    acknowledge_order(house.sergeant("tactical"), order=silent)
    house.at(60)
    step_clocks()
    assert len(steps(watch, silent)) == 2


@pytest.mark.parametrize("answer", ["done", "cannot"])
def test_an_order_that_was_answered_otherwise_does_not_climb_either(house, watch, silent, answer):
    sergeant = house.sergeant("tactical")
    if answer == "done":
        complete_order(sergeant, order=silent, evidence="four hotels, two halls")
    else:
        decline_order(sergeant, order=silent, because="all out")
    house.at(60)
    step_clocks()
    assert steps(watch, silent) == []


def test_stepping_twice_takes_each_step_once_and_writes_it_once(house, run):
    house.at(5)
    assert step_clocks() == 8
    assert step_clocks() == 0
    assert Escalation.objects.as_house("a test counts").count() == 8
    assert Entry.objects.filter(code="clock.escalated").count() == 8


def test_after_a_jump_each_step_says_when_it_was_due_and_when_it_was_taken(house, silent):
    jumped = house.at(90)
    step_clocks()
    rows = Escalation.objects.as_house("a test looks").filter(clock__subject=silent.pk).order_by("step")
    assert [row.at for row in rows] == [house.at(5), house.at(10), house.at(15)]
    assert {row.done_at for row in rows} == {jumped}


def test_nobody_on_duty_is_said_and_the_ladder_goes_on(house, watch, silent, run):
    Duty.objects.filter(duty="watch-commander").update(until=house.at(0))
    house.at(15)
    step_clocks()
    found = steps(watch, silent)
    assert [found[1], found[2]] == [("watch-commander", "nobody"), ("commander", "Commander on duty")]
    row = next(row for row in board_of(watch, run).rows if row.order.pk == silent.pk)
    assert row.clock.unheard


def test_a_ladder_never_shows_an_order_to_one_who_may_not_see_it(house, watch, silent):
    record_duty(house.seat("Programme manager"), "watch-commander")
    house.at(10)
    step_clocks()
    assert steps(watch, silent)[1] == ("watch-commander", "not-cleared")


def test_whoever_is_on_duty_when_the_step_is_taken_is_told(house, watch, silent):
    house.at(7)
    record_duty(house.seat("Releasing officer"), "watch-commander")
    house.at(10)
    step_clocks()
    assert steps(watch, silent)[1] == ("watch-commander", "Releasing officer")


def test_the_steps_of_all_orders_are_taken_in_the_order_in_which_they_were_due(house, run):
    house.at(30)
    step_clocks()
    rows = Escalation.objects.as_house("a test looks").order_by("id").values_list("at", flat=True)
    assert list(rows) == sorted(rows)


def test_a_limit_takes_so_many_and_leaves_the_rest(house, run):
    house.at(5)
    assert step_clocks(3) == 3
    assert step_clocks() == 5
