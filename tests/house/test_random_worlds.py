"""Three hundred random worlds, half of them here: the house answers as a second rule does that was written without it."""

from tests.house.comparing import disagreements


def test_every_reader_agrees_with_the_second_rule_in_150_random_worlds(cast):
    # The readers that are screens are asked of every kind of viewer by the truth table; here by three seats of one world.
    assert disagreements(cast, 150, seed=2011, slow_seats=3) == []
