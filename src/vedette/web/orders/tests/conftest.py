"""The house of the response room, with browsers signed in to its seats."""

from vedette.response.tests.conftest import commander, house, kept_house, run, watch

__all__ = ["commander", "house", "kept_house", "run", "watch"]
