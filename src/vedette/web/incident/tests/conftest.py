"""The house of the response room, with browsers signed in to its seats."""

from vedette.response.tests.conftest import commander, house, run, watch

__all__ = ["commander", "house", "run", "watch"]
