"""A commander's decisions."""

import pytest

from vedette.kit.errors import Forbidden
from vedette.response.actions import decide
from vedette.response.board import decisions_of


def test_a_decision_keeps_its_choices_its_basis_and_who_took_it(run, commander, watch):
    decide(
        commander, run=run, what="Raise the posture?", options=["yes", " ", "no"], chosen="yes", because="a second wave"
    )
    (row,) = decisions_of(watch, run)
    assert (row.decision.options, row.decision.chosen, row.who) == (["yes", "no"], "yes", "Commander on duty")
    assert row.basis.id == run.basis_id


def test_the_watch_decides_nothing(run, watch):
    with pytest.raises(Forbidden):
        decide(watch, run=run, what="Raise the posture?", chosen="yes")


def test_a_unit_does_not_read_decisions(house, run, commander):
    decide(commander, run=run, what="Raise the posture?", chosen="yes")
    assert decisions_of(house.sergeant("patrol"), run) == []
