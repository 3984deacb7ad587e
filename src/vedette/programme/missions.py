"""Reads of missions, of those the viewer may read: the list, one mission with all that stands under it, its history."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.kit.dated import in_force
from vedette.programme.models import Mission, MissionMember, MissionNeed, MissionState

OVER = (MissionState.State.DECLINED, MissionState.State.CLOSED)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class MissionRow:
    """A mission as a list shows it: how it stands, what it needs, who stands for it."""

    mission: Mission
    state: MissionState
    needs: list[MissionNeed] = field(default_factory=list)
    members: list[MissionMember] = field(default_factory=list)

    @property
    def begins(self) -> datetime.date:
        """The first day: as the chief chose, else as it was asked for."""
        return self.state.begins or self.mission.wanted_from

    @property
    def days(self) -> int:
        """How many days: as the chief chose, else as it was asked for."""
        return self.state.days or self.mission.wanted_days

    @property
    def last(self) -> datetime.date:
        """The last day."""
        return self.begins + (self.days - 1) * DAY

    @property
    def place(self) -> str:
        """Where: as the chief chose, else as it was asked for."""
        return self.state.place or self.mission.city

    @property
    def moved(self) -> bool:
        """Whether the chief chose other days than were asked for."""
        return self.begins != self.mission.wanted_from or self.days != self.mission.wanted_days

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done."""
        return self.state.state in OVER


def missions(viewer: Viewer | None, of: Iterable[uuid.UUID] | None = None) -> list[MissionRow]:
    """The missions the viewer may read, those that go on first, by their first day; four questions for 1 and 50."""
    rows = Mission.objects.seen_by(viewer).select_related("sheet__access_class", "asker", "agreement__partner")
    found = {row.pk: row for row in (rows if of is None else rows.filter(pk__in=list(of)))}
    states = MissionState.objects.seen_by(viewer).filter(in_force(), mission__in=found)
    standing = {state.mission_id: state for state in states}
    needs: dict[uuid.UUID, list[MissionNeed]] = defaultdict(list)
    for need in MissionNeed.objects.seen_by(viewer).filter(mission__in=found).order_by("kind", "name"):
        needs[need.mission_id].append(need)
    team: dict[uuid.UUID, list[MissionMember]] = defaultdict(list)
    members = MissionMember.objects.seen_by(viewer).filter(in_force(), mission__in=found)
    for member in members.select_related("seat__person", "role").order_by("seat__label"):
        team[member.mission_id].append(member)
    listed = [MissionRow(row, standing[key], needs[key], team[key]) for key, row in found.items() if key in standing]
    return sorted(listed, key=lambda row: (row.over, row.begins, row.mission.sheet.reference))


def mission_row(viewer: Viewer | None, key: uuid.UUID) -> MissionRow | None:
    """One mission, if the viewer may read it."""
    return next(iter(missions(viewer, [key])), None)


def mission_states(viewer: Viewer | None, mission: Mission) -> list[MissionState]:
    """How a mission stood, the newest first."""
    return list(MissionState.objects.seen_by(viewer).filter(mission=mission).order_by("-since"))
