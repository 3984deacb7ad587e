"""Each home side of the demonstration has a unit for every task of the playbook."""

import pytest

from vedette.response.actions import start_run, step_horizons
from vedette.response.board import board_of
from vedette.response.models import OrderState
from vedette.response.tests.conftest import make_house

State = OrderState.State


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("home", ["home-nyc", "home-boston"])
def test_all_33_tasks_run_at_both_homes_and_every_unit_kind_has_its_unit(home):
    house = make_house(home)
    watch = house.viewer("Watch officer 1")
    board = board_of(watch, start_run(watch, incident=house.incident()))
    assert [column.total for column in board.columns] == [9, 8, 6, 6, 4]
    assert all(row.order.unit for row in board.rows)
    house.at(days=400)
    assert step_horizons() == 24
    assert {row.state for row in board_of(watch, board.run).rows} == {State.DONE, State.GIVEN}
