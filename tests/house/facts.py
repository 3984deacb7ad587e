"""Worlds in plain words: seats, sheets and deliveries as facts, before any of it is written to the database."""

import datetime
import uuid
from dataclasses import dataclass, field

HOUR = datetime.timedelta(hours=1)


@dataclass
class SeatFacts:
    """A seat as the rule of the house knows it."""

    id: uuid.UUID
    agency: uuid.UUID
    kind: str
    unit: uuid.UUID | None
    roles: frozenset[str]
    clearance: int
    groups: frozenset[str]
    sworn: bool
    since: datetime.datetime
    until: datetime.datetime | None = None
    suspended: bool = False
    glass: tuple[datetime.datetime, datetime.datetime] | None = None
    person: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass
class DeliveryFacts:
    """A delivery of a sheet to one agency, unit or seat."""

    to: str
    whom: uuid.UUID
    since: datetime.datetime
    expires: datetime.datetime | None = None
    recalled: datetime.datetime | None = None


@dataclass
class SheetFacts:
    """A control sheet with its deliveries; `text` is what the row under it says."""

    id: uuid.UUID
    holder: uuid.UUID
    originator: uuid.UUID
    filed: datetime.datetime
    sensitivity: int = 1
    groups: frozenset[str] = frozenset()
    named: bool = False
    author: uuid.UUID | None = None
    lodged_by: uuid.UUID | None = None
    kept_from: uuid.UUID | None = None
    expires: datetime.datetime | None = None
    withdrawn: datetime.datetime | None = None
    purged: datetime.datetime | None = None
    deliveries: list[DeliveryFacts] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """Unique and speakable enough for a test."""
        return f"T-{self.id.hex[:20]}"


@dataclass
class World:
    """All seats and all sheets of one world, and the moment it is looked at."""

    moment: datetime.datetime
    seats: list[SeatFacts] = field(default_factory=list)
    sheets: list[SheetFacts] = field(default_factory=list)

    @property
    def ids(self) -> set[uuid.UUID]:
        """Every sheet there is."""
        return {sheet.id for sheet in self.sheets}
