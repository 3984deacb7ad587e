"""Three hundred random worlds: the house answers as a second rule does that was written without it."""

import pytest

from tests.house.comparing import disagreements

PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_every_reader_agrees_with_the_second_rule_in_a_hundred_random_worlds(cast, part):
    assert disagreements(cast, 100, seed=2011 + 100 * part) == []
