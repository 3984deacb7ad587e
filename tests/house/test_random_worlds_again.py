"""The other half of the three hundred random worlds, in a file of its own so that two processes share them."""

from tests.house.comparing import disagreements


def test_every_reader_agrees_with_the_second_rule_in_150_more_random_worlds(cast):
    assert disagreements(cast, 150, seed=4011) == []
