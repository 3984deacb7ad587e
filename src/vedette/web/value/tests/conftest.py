"""The money of the cast and its reports, as the room below has them."""

from vedette.account.tests.conftest import money, told

__all__ = ["money", "told"]
