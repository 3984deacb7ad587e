"""The other half of the three hundred random worlds, in a file of its own so that two processes share them.

The readers that are screens were asked in the first half.
"""

from tests.house.comparing import NEVER, disagreements


def test_every_reader_agrees_with_the_second_rule_in_150_more_random_worlds(cast):
    assert disagreements(cast, 150, seed=4011, slow_every=NEVER) == []
