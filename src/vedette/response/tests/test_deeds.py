"""A task that was acknowledged and is not done in time climbs a ladder of its own; one clock runs for an order at a time."""

import pytest
from django.db import IntegrityError, transaction

from vedette.alerts.actions import start_clock, step_clocks
from vedette.alerts.models import Clock
from vedette.alerts.queries import clocks_of
from vedette.audit.models import Entry
from vedette.response.actions import acknowledge_order, complete_order, decline_order, deploy, end_run, pass_on
from vedette.response.board import board_of
from vedette.response.models import Site
from vedette.response.shift import silent_clocks

MINUTES = 20


@pytest.fixture
def task(house, run):
    """A task due 20 minutes after the start, acknowledged after two."""
    found = house.task(run, "PB-06")
    assert found.due_at == house.at(MINUTES)
    house.at(2)
    acknowledge_order(house.sergeant("tactical"), order=found)
    return found


def steps(watch, task):
    view = clocks_of(watch, [task.pk], "deed")[task.pk]
    return [(step.duty, step.seat.label if step.seat else step.outcome) for step in view.escalations]


def running(task):
    return list(Clock.objects.as_house("a test looks").filter(subject=task.pk, state="running"))


def taken(house, minutes):
    house.at(minutes)
    return sum(1 for _ in range(50) if step_clocks(1))


def test_acknowledging_ends_one_clock_and_begins_the_other_which_runs_to_the_due_time(house, task):
    (clock,) = running(task)
    assert (clock.kind, clock.due_at, clock.unit_id) == ("deed", task.due_at, task.unit_id)


def test_the_database_keeps_a_second_clock_from_running_for_an_order(task):
    with pytest.raises(IntegrityError), transaction.atomic():
        start_clock(task.sheet, "acknowledge", task.pk, ladder_key="orders")


def test_a_task_past_its_time_is_said_to_its_unit_then_to_the_watch_commander_then_to_the_commander(house, watch, task):
    sergeant = f"Duty sergeant, {task.unit.name}"
    wanted = [("sergeant", sergeant), ("watch-commander", "Watch officer 2"), ("commander", "Commander on duty")]
    for minutes, so_many in ((19.9, 0), (20, 1), (29, 1), (30, 2), (50, 3), (300, 3)):
        taken(house, minutes)
        assert steps(watch, task) == wanted[:so_many]
    row = next(row for row in board_of(watch, task.run).rows if row.order.pk == task.pk)
    assert (row.overdue, row.chased.duty, len(row.escalations)) == (True, "commander", 3)
    assert Entry.objects.filter(code="clock.escalated", objects_ids__contains=[task.pk]).count() == 3


@pytest.mark.parametrize("answer", ["done", "cannot", "passed on", "ended", "nothing"])
def test_a_task_that_is_done_or_cannot_be_done_or_is_anothers_by_then_climbs_no_further(
    house, watch, commander, task, answer
):
    house.at(15)
    sergeant = house.sergeant("tactical")
    if answer == "done":
        complete_order(sergeant, order=task, evidence="four hotels, two halls")
    elif answer == "cannot":
        decline_order(sergeant, order=task, because="all out")
    elif answer == "passed on":
        pass_on(watch, order=task, unit=house.unit("transit"), because="all out")
    elif answer == "ended":
        end_run(commander, run=task.run, because="false alarm")
    taken(house, 300)
    assert bool(steps(watch, task)) == (answer == "nothing")


def test_an_order_acknowledged_when_it_was_due_long_ago_is_chased_from_then_on_and_not_to_the_top_at_once(
    house, watch, run
):
    task = house.task(run, "PB-06")
    house.at(90)
    acknowledge_order(house.sergeant("tactical"), order=task)
    taken(house, 95)
    assert [duty for duty, _ in steps(watch, task)] == ["sergeant"]
    taken(house, 100)
    assert [duty for duty, _ in steps(watch, task)] == ["sergeant", "watch-commander"]


def test_the_steps_for_the_unit_that_had_it_before_are_not_told_of_the_unit_that_has_it_now(house, watch, task):
    taken(house, 30)
    pass_on(watch, order=task, unit=house.unit("transit"), because="not done")
    row = next(row for row in board_of(watch, task.run).rows if row.order.pk == task.pk)
    assert (row.deed, row.escalations) == (None, [])


def test_a_deployment_has_nothing_to_be_done_by_a_time(house, watch, run):
    row = deploy(watch, unit=house.unit("transit"), site=Site.objects.first(), order="Stand.", run=run)
    acknowledge_order(house.sergeant("transit"), order=row)
    assert running(row) == []


def test_our_own_late_deeds_are_not_counted_among_silent_partners(house, watch, task):
    house.at(40)
    assert silent_clocks(watch) == []
