"""The rule of who may see what, over the facts of a sheet at hand: for many viewers at once, and for moments gone by.

`policy.visible` is the same rule as a condition of the database; the laws hold both against a third writing of it.
"""

import uuid
from dataclasses import dataclass
from typing import Protocol

from vedette.agencies.models import Agency
from vedette.agencies.viewer import DESK_ROLES
from vedette.handling.models import Sensitivity

NO, STRUCK, WHOLE = "no", "struck", "whole"
NEVER_NAMES = (Agency.Kind.PRIVATE, Agency.Kind.FOUNDATION)


class Asker(Protocol):
    """What of a seat decides what it may see: a Viewer, or a seat as it stood at some moment."""

    @property
    def seat_id(self) -> uuid.UUID: ...
    @property
    def person_id(self) -> uuid.UUID: ...
    @property
    def agency_id(self) -> uuid.UUID: ...
    @property
    def unit_id(self) -> uuid.UUID | None: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def clearance(self) -> int: ...
    @property
    def groups(self) -> frozenset[str]: ...
    @property
    def sworn(self) -> bool: ...
    @property
    def is_home(self) -> bool: ...
    @property
    def agency_kind(self) -> str: ...
    @property
    def glass_broken(self) -> bool: ...


@dataclass(frozen=True)
class Given:
    """A delivery in force: to whom, and whether it was recalled."""

    agency: uuid.UUID | None
    unit: uuid.UUID | None
    seat: uuid.UUID | None
    recalled: bool


@dataclass(frozen=True)
class Facts:
    """A sheet that stands (neither purged nor expired), and the deliveries of it that are in force."""

    holder: uuid.UUID
    lodged_by: uuid.UUID | None
    author: uuid.UUID | None
    kept_from: uuid.UUID | None
    sensitivity: int
    groups: frozenset[str]
    named: bool
    withdrawn: bool
    deliveries: tuple[Given, ...]


def auditor_only(asker: Asker) -> bool:
    """The home agency's auditor reads trails and ids; content only one at a time, with a reason, through open_one."""
    return asker.is_home and "auditor" in asker.roles and not asker.roles - {"auditor", "privacy"}


def face(asker: Asker, facts: Facts) -> str:
    """How a sheet stands before an asker: `whole`, `struck` (no more than that something was taken back) or `no`."""
    if auditor_only(asker) or facts.kept_from == asker.person_id:
        return NO
    if _kept(asker, facts):
        return WHOLE
    if facts.named and asker.agency_kind in NEVER_NAMES:
        return NO
    mine = [given for given in facts.deliveries if _reaches(given, asker)]
    if not mine:
        return NO
    return WHOLE if not facts.withdrawn and any(not given.recalled for given in mine) else STRUCK


def _kept(asker: Asker, facts: Facts) -> bool:
    """Known otherwise than by delivery: he wrote it, his agency holds it or lodged it, his desk received it."""
    if facts.author == asker.seat_id:
        return True
    if not asker.is_home:
        return facts.lodged_by == asker.agency_id
    if not _contained(asker, facts):
        return False
    if facts.lodged_by is not None:
        return bool(asker.roles & DESK_ROLES)
    return facts.holder == asker.agency_id


def _contained(asker: Asker, facts: Facts) -> bool:
    """Whether clearance, groups and standing contain the sheet's class; broken glass contains all."""
    if asker.glass_broken:
        return True
    if facts.sensitivity > min(asker.clearance, Sensitivity.RESTRICTED) or facts.groups - asker.groups:
        return False
    return not facts.named or asker.sworn or "analyst" in asker.roles


def _reaches(given: Given, asker: Asker) -> bool:
    to_unit = given.unit is not None and given.unit == asker.unit_id
    return to_unit or given.agency == asker.agency_id or given.seat == asker.seat_id
