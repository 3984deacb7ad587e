"""Fixtures every test may ask for: the clock read anew, one fixed cast in a database of kind "test"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from vedette.kit.time import forget_clock

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def clock_read_anew() -> Iterator[None]:
    """No test sees the shown clock of the one before it."""
    forget_clock()
    yield
    forget_clock()


@pytest.fixture
def cast(db: None) -> "Cast":
    """The fixed cast (tests/cast.py), in place for this test and rolled back after it."""
    from tests.cast import the_cast

    return the_cast()
