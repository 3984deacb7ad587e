"""The Viewer: who is asking. Passed to every question, never ambient."""

import datetime
import uuid
from dataclasses import dataclass, field

from vedette.kit.time import now

# Seats of the home desk: they see what partners lodged here.
DESK_ROLES = frozenset({"watch", "clerk", "analyst", "commander", "releasing"})


@dataclass(frozen=True)
class Viewer:
    """One active seat of one person, with what decides access; `broken_glass_until` is set only by break_glass."""

    seat_id: uuid.UUID
    person_id: uuid.UUID
    agency_id: uuid.UUID
    unit_id: uuid.UUID | None
    roles: frozenset[str]
    clearance: int
    groups: frozenset[str]
    sworn: bool
    is_home: bool
    agency_kind: str
    agency_name: str = field(default="", compare=False)
    seat_label: str = field(default="", compare=False)
    zone: str = field(default="UTC", compare=False)
    city: str = field(default="", compare=False)
    broken_glass_until: datetime.datetime | None = None
    proved_at: datetime.datetime | None = field(default=None, compare=False)
    wall: bool = field(default=False, compare=False)
    # Whether anybody of the house ever broke the glass: where nobody did, no page asks for a notice of it.
    glass_ever: bool = field(default=True, compare=False)

    @property
    def glass_broken(self) -> bool:
        """Whether a break-glass of this seat is in force."""
        return self.broken_glass_until is not None and self.broken_glass_until > now()

    @property
    def on_desk(self) -> bool:
        """A seat of the home desk."""
        return self.is_home and bool(self.roles & DESK_ROLES)

    @property
    def may_know_names(self) -> bool:
        """Sworn officers and analysts may read sheets that name a person (28 CFR 23.20(e): need to know, right to know)."""
        return self.sworn or "analyst" in self.roles

    def holds(self, *roles: str) -> bool:
        """Whether the seat holds any of the roles."""
        return bool(self.roles & set(roles))
