"""What the tests of this room share: a finance officer and a chief, four rules as in a real programme, a year of grants."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast
from vedette.agencies.actions import record_person, record_seat
from vedette.agencies.queries import viewers_of
from vedette.agencies.viewer import Viewer
from vedette.funding.actions import enter_expense, record_funder, record_grant, record_payer_rule, record_rate
from vedette.funding.actions.grants import record_ceiling
from vedette.funding.actions.rates import record_books
from vedette.funding.models import Category, Expense, Funder, Grant, PayerRule
from vedette.kit.time import now, set_clock
from vedette.programme.actions import ask_mission, record_agreement, record_clause
from vedette.programme.actions.missions import MissionDraft
from vedette.programme.models import Agreement, Mission

TODAY = datetime.date(2026, 3, 2)
YEAR = (datetime.date(2025, 7, 1), datetime.date(2026, 6, 30))
DAY = datetime.timedelta(days=1)
CITY = {Category.PERSONNEL: 90_000_000}
FOUNDATION = {Category.LODGING: 20_000_000, Category.TRAVEL: 10_000_000, Category.OFFICE: 5_000_000}


@pytest.fixture(autouse=True)
def spring_2026(request: pytest.FixtureRequest) -> None:
    """Where there is a cast, it lives on 2 March 2026: no test depends on the day it is run."""
    if "cast" in request.fixturenames or "money" in request.fixturenames:
        request.getfixturevalue("cast")
        set_clock(shown=datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC), speed=1, paused=False)


@dataclass
class Money:
    """The funding side of the cast."""

    cast: Cast
    finance: Viewer
    second: Viewer
    city: Funder
    foundation: Funder
    bureau: Funder
    grants: dict[str, Grant]
    rules: dict[int, PayerRule]
    agreements: dict[str, Agreement]

    def expense(self, by: Viewer | None = None, **values: Any) -> Expense:
        """A cost of the post in A-ville, entered by the real verb."""
        plain = {"item": "rent", "day": TODAY, "amount": 324_000, "currency": "USD"}
        if "mission" not in values:
            plain["post"] = self.cast.posts["a"]
        return enter_expense(by or self.finance, **{**plain, **values})

    def later(self, minutes: int) -> datetime.datetime:
        """A moment so many minutes on."""
        return now() + datetime.timedelta(minutes=minutes)

    def mission(self, origin: str = "host", **values: Any) -> Mission:
        """A mission somebody asked for."""
        draft = MissionDraft(
            title=values.pop("title", "First entry drill"),
            kind=values.pop("kind", "training"),
            country="FR",
            wanted_from=TODAY - 10 * DAY,
            wanted_days=20,
            team=4,
            zone="Europe/Paris",
        )
        asker = self.cast.agencies["federal" if origin == "bureau" else "host"]
        return ask_mission(self.cast.viewer("narrow"), origin=origin, draft=draft, asker=asker)


def seat(cast: Cast, name: str, roles: list[str]) -> Viewer:
    """A seat of those who keep the books."""
    made = record_seat(
        record_person(username=name, label=name), cast.agencies["home"], label=name, roles=roles, groups=["money"]
    )
    return viewers_of([made.id])[made.id]


def grant(key: str, funder: Funder, agreement: Agreement | None, ceilings: dict[Any, int]) -> Grant:
    """A year's grant with its ceilings."""
    made = record_grant(
        key=key, funder=funder, title=f"Year of {key}", begins=YEAR[0], ends=YEAR[1], agreement=agreement
    )
    for category, amount in ceilings.items():
        record_ceiling(made, category, amount)
    return made


@pytest.fixture
def money(cast: Cast) -> Money:
    """City pays personnel; the foundation lodging, travel and office at posts; the bureau everything on its missions."""
    record_books("USD", 7)
    cast.agencies["federal"].kind = "bureau"
    cast.agencies["federal"].save(update_fields=["kind"])
    held, clauses = {}, {}
    for key, number in (("foundation", 1), ("federal", 1)):
        held[key] = record_agreement(
            key=f"ag-{key}", partner=cast.agencies[key], title=f"Terms with {key}", kind="grant",
            signed=datetime.date(2025, 1, 1), expires=datetime.date(2026, 12, 31),
        )  # fmt: skip
        clauses[key] = record_clause(
            held[key], number=number, text=f"{key} pays.", gate="cost", effect="allows"
        )  # fmt: skip
    city = record_funder("city", "City", cast.agencies["home"])
    foundation = record_funder("foundation", "Foundation", cast.agencies["foundation"])
    bureau = record_funder("bureau", "Bureau", cast.agencies["federal"])
    everything = dict.fromkeys(Category, 40_000_000)
    grants = {
        "city": grant("city", city, None, CITY),
        "foundation": grant("foundation", foundation, held["foundation"], FOUNDATION),
        "bureau": grant("bureau", bureau, held["federal"], everything),
    }
    since = datetime.date(2020, 1, 1)

    def rule(number: int, funder: Funder, work: str, categories: list[Any], **values: Any) -> PayerRule:
        return record_payer_rule(
            shares={funder: 10_000}, number=number, title=f"{funder.name} pays", work=work,
            categories=categories, since=since, **values,
        )  # fmt: skip

    rules = {
        3: rule(3, bureau, "bureau", list(Category), clause=clauses["federal"], needs_order=True),
        1: rule(1, city, "all", [Category.PERSONNEL]),
        2: rule(2, foundation, "posts", list(FOUNDATION), clause=clauses["foundation"]),
    }
    record_rate("EUR", TODAY - 3 * DAY, Decimal("1.0760"), "central bank")
    finance, second = seat(cast, "finance 1", ["finance"]), seat(cast, "finance 2", ["finance"])
    return Money(cast, finance, second, city, foundation, bureau, grants, rules, held)


Entered = Callable[..., Expense]
