"""Three hundred random worlds, half of them here: the house answers as a second rule does that was written without it."""

from tests.house.comparing import disagreements


def test_every_reader_agrees_with_the_second_rule_in_150_random_worlds(cast):
    assert disagreements(cast, 150, seed=2011) == []
