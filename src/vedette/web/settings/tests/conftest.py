"""A real installation for each test."""

import pytest

from vedette.web.signin.tests.stage import House, real_house


@pytest.fixture
def house(db) -> House:
    """A real installation with an administrator, a watch, a commander and a partner."""
    return real_house()
