"""Reads of officers' safety, of what the viewer may read: who is under duress, who owes a sign of life, who gave one."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import ClockView, clocks_of
from vedette.handling.policy import may, readable
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.programme.models import CheckIn, Duress, MissionMember, SafetyCheck

RECENT = datetime.timedelta(days=2)
MOST = 200


@dataclass(frozen=True)
class LastKnown:
    """Where somebody was last known to be: the place, when, and from what that is known."""

    at: datetime.datetime
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_m: int | None = None
    source: str = ""

    def columns(self) -> dict[str, Any]:
        """As an alarm keeps it."""
        return {
            "place": self.place[:200], "lat": self.lat, "lon": self.lon, "precision_m": self.precision_m,
            "position_at": self.at, "position_from": self.source[:40],
        }  # fmt: skip


@dataclass(frozen=True)
class DuressRow:
    """An alarm with its clock and who has it in hand."""

    duress: Duress
    clock: ClockView | None = None
    in_hand: list[str] = field(default_factory=list)
    closed_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it still burns."""
        return self.duress.until is None


@dataclass(frozen=True)
class CheckRow:
    """A sign of life an officer owes or gave, with its clock and who wrote it down."""

    check: SafetyCheck
    clock: ClockView | None = None
    set_by: str = ""
    done_by: str = ""

    @property
    def late(self) -> bool:
        """Whether it is owed and past due."""
        due = self.check.due
        return self.open and due is not None and due <= now()

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.check.until is None and self.check.done_at is None


@dataclass(frozen=True)
class SafetyBoard:
    """What the page of officers' safety shows."""

    alarms: list[DuressRow] = field(default_factory=list)
    owed: list[CheckRow] = field(default_factory=list)
    teams: list[CheckIn] = field(default_factory=list)
    given: list[CheckRow] = field(default_factory=list)
    moment: datetime.datetime | None = None

    @property
    def late(self) -> int:
        """How many signs of life are past due."""
        late_teams = sum(1 for row in self.teams if self.moment and row.due <= self.moment)
        return sum(1 for row in self.owed if row.late) + late_teams


def safety_board(viewer: Viewer | None) -> SafetyBoard:
    """Alarms that burn, signs of life owed (the longest due first), and those heard of within two days, the newest first."""
    moment = now()
    if not may(viewer, "see_safety").allowed:
        return SafetyBoard(moment=moment)
    rows = _checks(viewer)
    owed = rows.filter(done_at__isnull=True, until__isnull=True).order_by("due", "sheet_id")[:MOST]
    # By when the house heard of it: what a phone delivers days later is news all the same.
    heard = Coalesce("told_at", "until")
    given = rows.annotate(heard=heard).filter(heard__gte=moment - RECENT).order_by("-heard", "-sheet_id")[:MOST]
    found = _rows(viewer, [*owed, *given])
    return SafetyBoard(
        alarms=alarms(viewer),
        owed=[row for row in found if row.open],
        teams=_teams(viewer),
        given=[row for row in found if not row.open],
        moment=moment,
    )


def alarms(viewer: Viewer | None) -> list[DuressRow]:
    """The alarms of duress that burn, the newest first, then those closed within two days; empty but for the desk."""
    if not may(viewer, "acknowledge_duress").allowed:
        return []
    rows = Duress.objects.seen_by(viewer).filter(readable(viewer, "sheet__"))
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=now() - RECENT)).select_related(
        "sheet__access_class", "seat"
    )
    found = sorted(rows.order_by("-at")[:MOST], key=lambda row: row.until is not None)
    clocks = clocks_of(viewer, [row.pk for row in found], "duress") if found else {}
    return _alarm_rows(found, clocks)


def burning(viewer: Viewer | None) -> list[DuressRow]:
    """The alarms nobody has closed: what the desk shows on top of everything."""
    return [row for row in alarms(viewer) if row.open]


def check_by_id(viewer: Viewer | None, key: uuid.UUID | None) -> SafetyCheck | None:
    """One sign of life, if the viewer may read it."""
    found: SafetyCheck | None = _checks(viewer).filter(pk=key).first()
    return found


def duress_by_id(viewer: Viewer | None, key: uuid.UUID | None) -> Duress | None:
    """One alarm, if the viewer may read it; never the one who raised it."""
    if not may(viewer, "acknowledge_duress").allowed:
        return None
    rows = Duress.objects.seen_by(viewer).filter(readable(viewer, "sheet__"), pk=key)
    found: Duress | None = rows.select_related("sheet__access_class", "seat").first()
    return found


def own_checks(viewer: Viewer | None) -> list[SafetyCheck]:
    """The signs of life the viewer himself owes, the next first."""
    if viewer is None:
        return []
    rows = _checks(viewer).filter(seat=viewer.seat_id, done_at__isnull=True, until__isnull=True)
    return list(rows.order_by("due")[:MOST])


def own_team_checks(viewer: Viewer | None) -> list[CheckIn]:
    """The signs of life that the missions the viewer is on owe, the next first."""
    if viewer is None:
        return []
    on = MissionMember.objects.seen_by(viewer).filter(in_force(), seat=viewer.seat_id).values("mission")
    return [row for row in _teams(viewer, on)]


def team_check_by_id(viewer: Viewer | None, key: uuid.UUID) -> CheckIn | None:
    """One sign of life that a mission owes or gave, if the viewer may read the mission."""
    rows = CheckIn.objects.seen_by(viewer).filter(readable(viewer, "mission__sheet__"), pk=key)
    found: CheckIn | None = rows.select_related("mission__sheet").first()
    return found


def last_sign(viewer: Viewer | None, seat: uuid.UUID) -> LastKnown | None:
    """Where a seat was when it last gave a sign of life that says where, its own or its team's, of what the viewer may read."""
    own = _checks(viewer).filter(seat=seat, done_at__isnull=False).exclude(told_place="", told_lat=None)
    where = ("done_at", "told_place", "told_lat", "told_lon", "told_precision_m")
    team = CheckIn.objects.seen_by(viewer).filter(readable(viewer, "mission__sheet__"), done_by=seat)
    team = team.exclude(place="", lat=None)
    rows = [
        *own.order_by("-done_at").values_list(*where)[:1],
        *team.order_by("-done_at").values_list("done_at", "place", "lat", "lon", "precision_m")[:1],
    ]
    found = [LastKnown(at, place, lat, lon, metres, "sign of life") for at, place, lat, lon, metres in rows]
    return max(found, key=lambda one: one.at, default=None)


def _checks(viewer: Viewer | None) -> Any:
    rows = SafetyCheck.objects.seen_by(viewer).filter(readable(viewer, "sheet__"))
    return rows.select_related("sheet__access_class", "seat")


def _teams(viewer: Viewer | None, of: Any = None) -> list[CheckIn]:
    rows = CheckIn.objects.seen_by(viewer).filter(
        in_force(), readable(viewer, "mission__sheet__"), done_at__isnull=True
    )
    rows = rows if of is None else rows.filter(mission__in=of)
    return list(rows.select_related("mission__sheet").order_by("due")[:MOST])


def _rows(viewer: Viewer | None, found: list[SafetyCheck]) -> list[CheckRow]:
    clocks = clocks_of(viewer, [row.pk for row in found], "safety") if found else {}
    names = labels(key for row in found for key in (row.by, row.done_by))
    return [
        CheckRow(
            row,
            clocks.get(row.pk),
            names.get(row.by, "") if row.by else "",
            names.get(row.done_by, "") if row.done_by else "",
        )
        for row in found
    ]


def _alarm_rows(found: Iterable[Duress], clocks: dict[uuid.UUID, ClockView]) -> list[DuressRow]:
    rows = list(found)
    held = {key: view.clock.acknowledged for key, view in clocks.items()}
    names = labels([*(one for seats in held.values() for one in seats), *(row.closed_by for row in rows)])
    return [
        DuressRow(
            row,
            clocks.get(row.pk),
            [names.get(one, "") for one in held.get(row.pk, [])],
            names.get(row.closed_by, "") if row.closed_by else "",
        )
        for row in rows
    ]
