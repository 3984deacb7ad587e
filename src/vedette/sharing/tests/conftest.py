"""Fixtures of sharing: the Paris evening up to the siege, played once for a whole file of tests."""

import copy
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.kept import for_a_file
from vedette.sharing.tests.stage import Stage, play


@pytest.fixture(scope="module")
def paris_evening(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Paris 2015 up to the assault on the hall, in a transaction around those of the tests."""
    with for_a_file(django_db_blocker):
        yield play("paris-2015", "PAR-011")


@pytest.fixture
def paris(paris_evening: Stage, db: None) -> Stage:
    """That evening as it was, whatever the test before did with it."""
    return copy.deepcopy(paris_evening)
