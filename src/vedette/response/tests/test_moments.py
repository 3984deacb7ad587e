"""The board as it stood at a moment: the same rows as now, asked with a moment, of what the viewer may see now."""

import datetime

import pytest

from vedette.alerts.actions import step_clocks
from vedette.handling.actions import access_class
from vedette.handling.models import Sheet
from vedette.response.actions import (
    acknowledge_order,
    complete_order,
    decide,
    deploy,
    end_deployment,
    end_run,
    give_task,
    pass_on,
    step_horizons,
)
from vedette.response.board import board_of, boards, standing_deployments
from vedette.response.models import Site
from vedette.response.queries import runs_of
from vedette.response.tests.conftest import START

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def story(house, run):
    """The tactical unit is silent until the 7th minute, then says it has it; it is through in the 20th."""
    task = house.task(run, "PB-06")
    house.at(6)
    step_clocks()
    house.at(7)
    acknowledge_order(house.sergeant("tactical"), order=task)
    house.at(20)
    complete_order(house.sergeant("tactical"), order=task, evidence="four hotels, two halls")
    house.at(60)
    return task


def then(minutes):
    return START + minutes * MINUTE


def row_at(watch, task, minutes):
    return next(row for row in board_of(watch, task.run, then(minutes)).rows if row.order.pk == task.pk)


@pytest.mark.parametrize(
    "minutes, state, late, steps",
    [
        (1, "given", False, 0),
        (5.5, "given", True, 0),
        (6.5, "given", True, 1),
        (7, "acknowledged", False, 1),
        (20, "done", False, 1),
        (59, "done", False, 1),
    ],
)
def test_a_task_stands_as_it_stood_with_its_clock_and_the_steps_taken_by_then(
    watch, story, minutes, state, late, steps
):
    row = row_at(watch, story, minutes)
    assert (row.state, row.late, len(row.escalations)) == (state, late, steps)
    assert row.standing.evidence == ("four hotels, two halls" if state == "done" else "")


def test_a_clock_that_was_stopped_since_was_running_then(house, watch, commander, run):
    task = house.task(run, "PB-06")
    house.at(8)
    end_run(commander, run=run, because="false alarm")
    before, after = row_at(watch, task, 7.9), row_at(watch, task, 8)
    assert (before.clock.running, before.late, before.state) == (True, True, "given")
    assert (after.clock.running, after.late, after.state) == (False, False, "withdrawn")


def test_figures_and_columns_are_of_that_moment(house, watch, story):
    early, late = (boards(watch, [story.run], then(minutes))[0] for minutes in (6.5, 21))
    assert (early.done, late.done) == (1, 2)
    assert early.late == late.late + 1 == 8
    assert early.next_due is None or early.next_due.running_to >= then(6.5)


def test_a_response_that_had_not_begun_was_not_there_and_one_that_ended_since_was_running(house, watch, commander, run):
    house.at(30)
    end_run(commander, run=run, because="all clear")
    assert runs_of(watch, run.incident, then(-1)) == []
    (found,) = runs_of(watch, run.incident, then(29))
    assert (found.over(then(29)), found.over(then(30)), found.over()) == (False, True, True)


def test_a_task_added_later_was_not_there(house, watch, run):
    house.at(10)
    task = give_task(watch, run=run, title="Confirm the relief", unit=house.unit("patrol"), due_at=then(30))
    shown = {minutes: board_of(watch, run, then(minutes)).total for minutes in (9, 31)}
    assert shown == {9: 33, 31: 34}
    assert task.given_at


def test_a_task_whose_horizon_had_not_begun_was_planned(house, watch, run):
    house.at(61)
    step_horizons()
    house.at(70)
    states = [
        next(row.state for row in board_of(watch, run, moment).rows if row.order.key == "PB-10")
        for moment in (then(30), then(61))
    ]
    assert states == ["planned", "given"]


def test_the_unit_is_the_one_that_had_it_then(house, watch, run):
    task = house.task(run, "PB-06")
    house.at(10)
    pass_on(watch, order=task, unit=house.unit("transit"), because="all out")
    kinds = [row_at(watch, task, minutes).unit.kind for minutes in (9, 11)]
    assert kinds == ["tactical", "transit"]


def test_deployments_are_those_that_stood_then(house, watch, run):
    house.at(5)
    row = deploy(watch, unit=house.unit("transit"), site=Site.objects.first(), order="Stand.", run=run, until=then(50))
    acknowledge_order(house.sergeant("transit"), order=row)
    house.at(40)
    end_deployment(watch, deployment=row, because="relieved")
    stood = {minutes: len(standing_deployments(watch, then(minutes))) for minutes in (4, 6, 39, 41)}
    assert stood == {4: 0, 6: 1, 39: 1, 41: 0}
    assert len(board_of(watch, run, then(6)).deployments) == 1


def test_a_deployment_past_its_end_does_not_stand_then_either(house, watch, run):
    house.at(5)
    until = then(20)
    deploy(watch, unit=house.unit("transit"), site=Site.objects.first(), order="Stand.", run=run, until=until)
    assert [len(standing_deployments(watch, then(minutes))) for minutes in (19, 21)] == [1, 0]


def test_decisions_are_those_taken_by_then(house, watch, commander, run):
    house.at(12)
    decide(commander, run=run, what="Raise the posture?", chosen="yes")
    assert [len(board_of(watch, run, then(minutes)).decisions) for minutes in (11, 12)] == [0, 1]


@pytest.mark.parametrize("hidden", [False, True])
def test_what_the_viewer_may_not_see_now_is_not_shown_as_it_stood_then(house, story, hidden):
    if hidden:
        narrow = access_class(3, ["desk", "narco"])
        Sheet.objects.filter(pk=story.pk).update(access_class=narrow)
    other = house.viewer("Watch officer 2")
    told = {row.order.pk for row in board_of(other, story.run, then(6.5)).rows}
    assert (story.pk in told) == (not hidden)
