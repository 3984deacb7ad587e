"""What the tests of these screens share: the funding side of the cast, and browsers of those who keep the books."""

import pytest
from django.test import Client

from tests.cast import sign_in
from vedette.funding.tests.conftest import Money, money, spring_2026

__all__ = ["Money", "money", "spring_2026"]


@pytest.fixture
def browser(money: Money) -> Client:
    """The browser of the first finance officer, who enters what the second one approves."""
    return sign_in(money.finance)


@pytest.fixture
def second(money: Money) -> Client:
    """The browser of the second one."""
    return sign_in(money.second)
