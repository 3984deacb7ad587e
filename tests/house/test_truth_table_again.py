"""The pages before the other half of the truth table's viewers, in a file of its own so that two processes share them."""

import pytest

from tests.house.test_truth_table import ROWS, hold, kinds


@pytest.mark.whole
@pytest.mark.parametrize("kind", kinds(slow=True))
@pytest.mark.parametrize("name", ROWS[1::2])
def test_every_page_answers_exactly_what_the_table_says(cast, name, kind):
    hold(cast, name, kind, slow=True)
