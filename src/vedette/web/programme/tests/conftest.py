"""What the tests of these screens share: the manager signed in, and a few rows made by the real verbs."""

import datetime

import pytest
from django.test import Client

from tests.cast import Cast
from vedette.agencies.viewer import Viewer
from vedette.kit.time import set_clock
from vedette.programme.actions import set_clause, sign_agreement
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
def browser(cast: Cast) -> Client:
    """The manager's browser."""
    return cast.signed_in("narrow")


@pytest.fixture
def agreement(cast: Cast, manager: Viewer) -> Agreement:
    """Terms with the northern neighbour: one clause shares up to AMBER, one forbids names."""
    entered = sign_agreement(
        manager,
        partner=cast.agencies["north"],
        title="Terms with the north",
        kind="sharing",
        signed=datetime.date(2026, 1, 5),
    )
    set_clause(
        manager,
        agreement=entered,
        number=1,
        text="Reports go to the commands.",
        gate="share",
        effect="allows",
        up_to="AMBER",
        because="signed",
    )
    set_clause(
        manager, agreement=entered, number=2, text="Never a name.", gate="named", effect="forbids", because="signed"
    )
    return entered
