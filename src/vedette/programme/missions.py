"""Reads of missions, of those the viewer may read: the list, one mission with all that stands under it, its history."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.dated import in_force
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.programme.gate import GateAnswer, may_go
from vedette.programme.going import ASKED, Prepared
from vedette.programme.matching import PASSPORT, Candidate, Judged, Need, Team, best_team, table
from vedette.programme.models import (
    Away,
    CheckIn,
    Debrief,
    Leg,
    Mission,
    MissionCheck,
    MissionMember,
    MissionNeed,
    MissionSession,
    MissionState,
    MissionTask,
    Observation,
    Post,
    Posting,
    Qualification,
)
from vedette.programme.officers import ABROAD, days_abroad
from vedette.programme.queries import holdings, officers
from vedette.programme.standing import near, stands_at

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


def missions(
    viewer: Viewer | None, of: Iterable[uuid.UUID] | None = None, after: uuid.UUID | None = None
) -> list[MissionRow]:
    """The missions the viewer may read, those that go on first, by their first day; four questions for 1 and 50.

    `after`: only those that followed this incident or report.
    """
    rows = Mission.objects.seen_by(viewer).select_related("sheet__access_class", "asker", "agreement__partner")
    rows = rows if of is None else rows.filter(pk__in=list(of))
    found = {row.pk: row for row in (rows if after is None else rows.filter(basis=after))}
    if not found:
        return []
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
    return list(MissionState.objects.seen_by(viewer).filter(mission=mission).order_by("-since", "-id"))


def post_of_team(viewer: Viewer | None, at: datetime.datetime | None = None) -> Post | None:
    """From which post a member of a team files on the days of his mission: that of its city, else the first of its country."""
    if viewer is None:
        return None
    moment = at or now()
    # Who was taken off the team since then was on it all the same.
    then_on = in_force() | in_force(moment)
    on = MissionMember.objects.seen_by(viewer).filter(then_on, seat=viewer.seat_id, days__overlap=near(moment))
    rows = on.select_related("mission").order_by("days")
    mission = stands_at(moment, ((row.mission, row.mission.zone, row.days) for row in rows))
    if mission is None:
        return None
    found = Post.objects.filter(country=mission.country).exclude(status__in=(Post.Status.CLOSED, Post.Status.HOME))
    here = (
        MissionState.objects.seen_by(viewer).filter(in_force(), mission=mission).values_list("place", flat=True).first()
    )
    cities = {mission.city.casefold(), (here or "").casefold()}
    return min(found, key=lambda post: (post.city.casefold() not in cities, post.key), default=None)


# Before travel


def checks_of(viewer: Viewer | None, mission: Mission) -> list[MissionCheck]:
    """The lines of the list before travel in force, in the order of the list."""
    rows = MissionCheck.objects.seen_by(viewer).filter(in_force(), mission=mission)
    order = MissionCheck.Kind.values
    return sorted(rows, key=lambda row: order.index(row.kind))


@dataclass(frozen=True)
class Progress:
    """How far a mission is on its list before travel, and the sign of life it owes next."""

    done: int = 0
    of: int = len(MissionCheck.Kind)
    due: CheckIn | None = None


def progress(viewer: Viewer | None, rows: Iterable[MissionRow]) -> dict[uuid.UUID, Progress]:
    """How far each of these missions is; two questions for any number."""
    ids = [row.mission.pk for row in rows]
    settled = (MissionCheck.State.DONE, MissionCheck.State.NOT_NEEDED)
    checks = MissionCheck.objects.seen_by(viewer).filter(in_force(), mission__in=ids, state__in=settled)
    done = Counter(checks.values_list("mission", flat=True))
    owed = CheckIn.objects.seen_by(viewer).filter(in_force(), mission__in=ids, done_at__isnull=True).order_by("-due")
    due = {row.mission_id: row for row in owed}
    return {key: Progress(done[key], due=due.get(key)) for key in ids}


def sessions_of(viewer: Viewer | None, mission: Mission) -> list[MissionSession]:
    """The sessions of the curriculum in force, by day."""
    return list(MissionSession.objects.seen_by(viewer).filter(in_force(), mission=mission).order_by("day", "since"))


def mission_gate(row: MissionRow) -> GateAnswer:
    """Whether its agreement lets a mission happen over all its days, and what would."""
    held = holdings()
    mission = row.mission
    own = next((one for one in held if one.agreement.id == mission.agreement_id), None)
    near = [one for one in held if mission.asker_id in (None, one.agreement.partner_id)]
    return may_go(own, near, (row.begins, row.last))


def prepared(viewer: Viewer | None, mission: Mission) -> Prepared | None:
    """All that is written of an accepted mission before it travels; None before the chief has chosen its days."""
    row = mission_row(viewer, mission.pk)
    if row is None or row.state.begins is None:
        return None
    people = [member.seat.person_id for member in row.members]
    papers = Qualification.objects.filter(in_force(), confirmed_at__isnull=False, person__in=people)
    return Prepared(
        mission=row.mission,
        first=row.begins,
        last=row.last,
        gate=mission_gate(row),
        checks=checks_of(viewer, mission),
        members=row.members,
        sessions=sessions_of(viewer, mission),
        elsewhere=[one for question in ASKED for one in question(row.mission)],
        passports=list(papers.filter(kind=Qualification.Kind.CERTIFICATE, name__iexact=PASSPORT)),
    )


# The journey


@dataclass(frozen=True)
class Journey:
    """All that stands under a mission from its plan to its report."""

    tasks: list[MissionTask] = field(default_factory=list)
    sessions: list[MissionSession] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    debrief: Debrief | None = None
    observations: list[Observation] = field(default_factory=list)

    @property
    def trainees(self) -> int:
        """How many seats of trainees the sessions had, in sum."""
        return sum(row.trainees for row in self.sessions)

    @property
    def outside(self) -> list[MissionTask]:
        """The tasks outside the mandate, which are shown in red."""
        return [row for row in self.tasks if row.outside_mandate]

    def late(self, at: datetime.datetime) -> list[CheckIn]:
        """The signs of life that are owed and past due."""
        return [row for row in self.check_ins if row.done_at is None and row.due < at]


def journey(viewer: Viewer | None, mission: Mission) -> Journey:
    """What is planned, done and told of one mission, of what the viewer may read; six questions."""
    own = Q(mission=mission) & in_force()
    return Journey(
        tasks=list(MissionTask.objects.seen_by(viewer).filter(own).order_by("day", "since")),
        sessions=sessions_of(viewer, mission),
        check_ins=list(CheckIn.objects.seen_by(viewer).filter(own).order_by("due")),
        legs=list(Leg.objects.seen_by(viewer).filter(own).order_by("begins")),
        debrief=Debrief.objects.seen_by(viewer).filter(own).first(),
        observations=list(Observation.objects.seen_by(viewer).filter(own).order_by("since")),
    )


# Matching


@dataclass(frozen=True)
class Matching:
    """The officers before one mission, each with what speaks for him and what is missing, and the best team of them."""

    row: MissionRow
    needs: list[Need]
    judged: list[Judged]
    team: Team
    said: dict[str, list[Qualification]] = field(default_factory=dict)

    @property
    def chosen(self) -> set[str]:
        """The keys (ids of seats) of the best team."""
        return {one.key for one, _need in self.team.members}


def matching(viewer: Viewer | None, row: MissionRow) -> Matching:
    """The matching table of a mission, for the manager and the chief; Missing to anybody else."""
    if not may(viewer, "see_matching").allowed:
        raise Missing
    needs = [Need(need.kind, need.name, need.number, need.level or Need.level) for need in row.needs]
    people = candidates(viewer, except_for=row.mission.pk)
    days = (row.begins, row.last)
    said: dict[str, list[Qualification]] = defaultdict(list)
    seats = {seat.person_id: str(seat.id) for seat in officers()}
    names = {need.name.casefold() for need in needs}
    waiting = Qualification.objects.filter(in_force(), confirmed_at__isnull=True, person__in=seats)
    for one in waiting.order_by("name"):
        if one.name.casefold() in names:
            said[seats[one.person_id]].append(one)
    return Matching(
        row, needs, table(people, needs, days), best_team(people, needs, row.mission.team, days), dict(said)
    )


def candidates(viewer: Viewer | None, except_for: uuid.UUID | None = None) -> list[Candidate]:
    """Every officer in force with what is confirmed of him and when he is not free; seven questions for any number.

    A mission that the viewer may not read makes its members busy all the same: nobody can be in two places.
    """
    seats = officers()
    today, people = now().date(), [seat.person_id for seat in seats]
    languages: dict[uuid.UUID, dict[str, Decimal]] = defaultdict(dict)
    skills: dict[uuid.UUID, set[str]] = defaultdict(set)
    papers: dict[uuid.UUID, dict[str, datetime.date | None]] = defaultdict(dict)
    known = Qualification.objects.filter(in_force(), confirmed_at__isnull=False, person__in=people)
    for one in known:
        name, lapsed = one.name.casefold(), one.expires is not None and one.expires < today
        if one.kind == Qualification.Kind.CERTIFICATE:
            papers[one.person_id][name] = one.expires
        elif one.kind == Qualification.Kind.LANGUAGE and not lapsed:
            languages[one.person_id][name] = one.level or Need.level
        elif one.kind == Qualification.Kind.SKILL and not lapsed:
            skills[one.person_id].add(name)
    busy = _busy(seats, except_for)
    abroad = days_abroad(viewer, people)
    return [
        Candidate(
            str(seat.id), seat.label, languages[seat.person_id], frozenset(skills[seat.person_id]),
            papers[seat.person_id], tuple(busy[seat.person_id]), abroad.get(seat.person_id, 0),
        )
        for seat in seats
    ]  # fmt: skip


def _busy(
    seats: list[Seat], except_for: uuid.UUID | None
) -> dict[uuid.UUID, list[tuple[datetime.date, datetime.date, str]]]:
    """Why and when each officer is not free: away, posted, or on another mission."""
    people = [seat.person_id for seat in seats]
    spans: dict[uuid.UUID, list[tuple[datetime.date, datetime.date, str]]] = defaultdict(list)
    gone = Away.objects.filter(in_force(), person__in=people).values_list("person", "days", "kind")
    posted = Posting.objects.filter(seat__person__in=people, post__status__in=ABROAD)
    house = MissionMember.objects.as_house("who is on a mission the viewer may not read is not free either")
    sent = house.filter(in_force(), seat__person__in=people).exclude(mission=except_for)
    stays = [(*row, "posting") for row in posted.values_list("seat__person", "days")]
    stays += [(*row, "mission") for row in sent.values_list("seat__person", "days")]
    for person, days, why in [*gone, *stays]:
        spans[person].append((days.lower or datetime.date.min, days.upper or datetime.date.max, why))
    return spans
