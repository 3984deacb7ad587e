"""What the tests of this room share: the money of the cast, and four reports filed within half an hour."""

import datetime

import pytest

from vedette.funding.tests.conftest import money
from vedette.kit.time import set_clock

__all__ = ["at", "money", "told"]
START = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def at(minutes):
    """So many minutes after the start, by a clock that stands."""
    set_clock(shown=START + minutes * MINUTE, speed=1, paused=True)


@pytest.fixture
def told(cast):
    """Three reports of post A at 0, 10 and 20 minutes, and one of post B at 30."""
    reports = []
    for minutes, officer in ((0, "officer_a"), (10, "officer_a"), (20, "officer_a"), (30, "officer_b")):
        at(minutes)
        reports.append(cast.report(officer, text=f"Shots near the station, {minutes}."))
    at(60)
    return reports
