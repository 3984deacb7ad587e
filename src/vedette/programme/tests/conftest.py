"""What the tests of this room share: the manager of the cast, and an agreement entered by the real verb."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.kit.time import real_now, set_clock
from vedette.programme.actions import (
    MissionDraft,
    NeedDraft,
    accept_mission,
    ask_mission,
    set_check,
    set_clause,
    sign_agreement,
)
from vedette.programme.actions.going import record_check
from vedette.programme.models import Agreement, Mission, MissionCheck


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


@pytest.fixture
def chief(cast: Cast) -> Viewer:
    """The commander, who has just proved again that it is he."""
    return dataclasses.replace(cast.viewer("commander"), proved_at=real_now())


@pytest.fixture
def terms(agreement: Callable[..., Agreement], manager: Viewer, cast: Cast) -> Agreement:
    """An agreement with the host that lets missions take place up to the end of 2026."""
    made = agreement(
        partner=cast.agencies["host"], title="Training terms", kind="mission", expires=datetime.date(2026, 12, 31)
    )
    set_clause(
        manager, agreement=made, number=1, text="Missions as agreed.", gate="mission", effect="allows", because="signed"
    )
    return made


@pytest.fixture
def mission(cast: Cast, manager: Viewer, terms: Agreement) -> Mission:
    """A training mission of two that the chief accepted for 1 to 10 July 2026."""
    needs = (NeedDraft("skill", "patrol", 1), NeedDraft("language", "French", 1, "2"))
    draft = MissionDraft(
        title="Trainers for the host", kind="training", country="FR", wanted_from=datetime.date(2026, 6, 1),
        wanted_days=14, team=2, needs=needs, city="A-ville", zone="Europe/Paris", agreement=terms,
    )  # fmt: skip
    made = ask_mission(manager, origin="host", asker=cast.agencies["host"], draft=draft)
    return accept_mission(
        cast.viewer("commander"),
        mission=made,
        begins=datetime.date(2026, 7, 1),
        days=10,
        place="A-ville",
        because="Summer.",
    )


@pytest.fixture
def checked(manager: Viewer, mission: Mission) -> Mission:
    """The same with every line of its list done."""
    for kind in MissionCheck.Kind.values:
        vetting = VETTING if kind in ("unit-vetting", "trainee-vetting") else {}
        if kind != "funding":
            set_check(manager, mission=mission, kind=kind, state="done", **vetting)
    record_check(manager, mission, "funding", "done")
    return mission


VETTING: dict[str, Any] = {
    "case_number": "2026-0411-A", "vetted_on": datetime.date(2026, 2, 20), "valid_until": datetime.date(2027, 2, 19),
    "cleared": 24, "suspended": 1,
}  # fmt: skip
