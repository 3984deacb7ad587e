"""The yearly statement for council and donors: figures about the programme, and no word of what was reported."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class StatementPost:
    """One post's line: what it cost, what it reported, what was done with it, how much sooner."""

    place: str
    cost: Decimal
    reports: int
    acted_on: int
    lead: int | None
    compared: int
    asked: int
    answered: int
    wait: int | None = None


@dataclass(frozen=True)
class StatementPayer:
    """What a funder bore, and what of it came as gifts in kind."""

    name: str
    borne: Decimal
    in_kind: Decimal


@dataclass(frozen=True)
class StatementYear:
    """One year beside the others."""

    name: str
    cost: Decimal
    reports: int
    acted_on: int
    lead: int | None


@dataclass(frozen=True)
class Statement:
    """The whole statement; sums in whole units of the currency, leads in minutes, `few` where there are too few cases for rates."""

    home: str
    title: str
    days: str
    made: str
    currency: str
    places: int
    posts: tuple[StatementPost, ...]
    payers: tuple[StatementPayer, ...]
    years: tuple[StatementYear, ...]
    releases: int
    told: int
    acknowledged: int
    told_ours: int
    acknowledged_ours: int
    missions: int
    trainees: int
    missions_cost: Decimal
    few: bool
    uncertain: tuple[str, ...] = ()
    notice: str = ""
    lead: int | None = None
    not_compared: int = 0
    about: str = ""

    @property
    def cost(self) -> Decimal:
        """What it cost in all; the posts and the missions are all there is."""
        return sum((row.cost for row in self.posts), self.missions_cost)

    @property
    def reports(self) -> int:
        """Reports of the year."""
        return sum(row.reports for row in self.posts)

    @property
    def acted_on(self) -> int:
        """Those acted on."""
        return sum(row.acted_on for row in self.posts)
