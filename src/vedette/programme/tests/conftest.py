"""What the tests of this room share: the manager of the cast, and an agreement entered by the real verb."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.kit.time import set_clock
from vedette.programme.actions import sign_agreement
from vedette.programme.models import Agreement


@pytest.fixture(autouse=True)
def spring_2026(request: pytest.FixtureRequest) -> None:
    """Where there is a cast, it lives on 2 March 2026: no test depends on the day it is run."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        set_clock(shown=datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC), speed=1, paused=False)


@pytest.fixture
def manager(cast: Cast) -> Viewer:
    """The cast's programme manager ("narrow" holds that role)."""
    return cast.viewer("narrow")


@pytest.fixture
def spare(cast: Cast) -> Seat:
    """An officer in force who is posted nowhere."""
    from vedette.agencies.actions import record_person, record_seat

    person = record_person(username="spare", label="Officer 9")
    return record_seat(person, cast.agencies["home"], label="Officer 9", roles=["officer"], sworn=True)


@pytest.fixture
def agreement(cast: Cast, manager: Viewer) -> Callable[..., Agreement]:
    """Enters an agreement with the northern neighbour."""

    def enter(**values: Any) -> Agreement:
        plain = {
            "partner": cast.agencies["north"],
            "title": "Terms with the north",
            "kind": "sharing",
            "signed": datetime.date(2025, 3, 1),
        }
        return sign_agreement(manager, **{**plain, **values})

    return enter
