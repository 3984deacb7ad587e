"""Fixtures of sharing: the Paris evening up to the siege, with its four releases."""

import pytest

from vedette.sharing.tests.stage import Stage, play


@pytest.fixture
def paris(db: None) -> Stage:
    """Paris 2015 up to the assault on the hall."""
    return play("paris-2015", "PAR-011")
