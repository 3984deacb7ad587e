"""Reads of officers: what they can do, when they are away, where they have been. Whoever asks is let in by a verb."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from vedette.agencies.models import Person
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.dated import in_force
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.programme.models import Away, Honour, MissionMember, MissionState, Post, Posting, Qualification
from vedette.programme.queries import officers

MONTHS_BACK = 24
# A post at home or a mere contact is no stay abroad.
ABROAD = (Post.Status.STANDING, Post.Status.TEMPORARY, Post.Status.SEAT, Post.Status.CLOSED)
# A team has travelled, or is cleared to, in these states.
WENT = (MissionState.State.GO, MissionState.State.ABROAD, MissionState.State.BACK, MissionState.State.CLOSED)
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class ServiceLine:
    """One stay of an officer: a posting or a mission, its days (the last one excluded) and how many had passed by then."""

    what: str
    begins: datetime.date
    ends: datetime.date | None
    days: int
    posting: Posting | None = None
    member: MissionMember | None = None


@dataclass(frozen=True)
class OfficerPage:
    """All that is written of one officer: confirmed, said by himself, over; away, honours, stays, days abroad."""

    person: Person
    confirmed: list[Qualification] = field(default_factory=list)
    said: list[Qualification] = field(default_factory=list)
    over: list[Qualification] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    honours: list[Honour] = field(default_factory=list)
    service: list[ServiceLine] = field(default_factory=list)
    days_abroad: int = 0


def may_see_officer(viewer: Viewer | None, person: uuid.UUID) -> bool:
    """An officer's own rows are read by himself, the programme manager and the chief."""
    if viewer is None or not may(viewer, "see_officer").allowed:
        return False
    return viewer.person_id == person or viewer.holds("programme", "commander")


def officer_page(viewer: Viewer | None, person: Person) -> OfficerPage:
    """One officer before a viewer; Missing to whoever is neither himself nor his manager or chief."""
    if not may_see_officer(viewer, person.id):
        raise Missing
    rows = list(Qualification.objects.filter(person=person).order_by("kind", "name", "-since"))
    standing = [row for row in rows if row.until is None]
    return OfficerPage(
        person=person,
        confirmed=[row for row in standing if row.confirmed_at],
        said=[row for row in standing if not row.confirmed_at],
        over=[row for row in rows if row.until],
        away=list(Away.objects.filter(in_force(), person=person).order_by("days")),
        honours=list(Honour.objects.filter(in_force(), person=person).order_by("-day")),
        service=service_record(viewer, person),
        days_abroad=days_abroad(viewer, [person.id]).get(person.id, 0),
    )


def service_record(viewer: Viewer | None, person: Person) -> list[ServiceLine]:
    """The postings of an officer and his missions that the viewer may read, the newest first, with their days so far."""
    if not may_see_officer(viewer, person.id):
        raise Missing
    today = now().date()
    lines = []
    for row in Posting.objects.filter(seat__person=person, post__status__in=ABROAD).select_related("post", "seat"):
        lines.append(_line(row.post.city, row.days.lower, row.days.upper, today, posting=row))
    for sent in _travelled(viewer).filter(seat__person=person).select_related("mission__sheet", "seat", "role"):
        lines.append(_line(sent.mission.title, sent.days.lower, sent.days.upper, today, member=sent))
    return sorted(lines, key=lambda line: line.begins, reverse=True)


def _line(
    what: str,
    begins: datetime.date | None,
    ends: datetime.date | None,
    today: datetime.date,
    *,
    posting: Posting | None = None,
    member: MissionMember | None = None,
) -> ServiceLine:
    first = begins or datetime.date.min
    passed = min(ends or datetime.date.max, today + datetime.timedelta(days=1))
    return ServiceLine(what, first, ends, max(0, (passed - first).days), posting, member)


def days_abroad(viewer: Viewer | None, people: Iterable[uuid.UUID] | None = None) -> dict[uuid.UUID, int]:
    """On how many days of the last 24 months each officer was abroad; a day counts once. Two questions for any number.

    Missions that the viewer may not read are not counted.
    """
    today = now().date()
    window = (months_before(today, MONTHS_BACK), today + datetime.timedelta(days=1))
    stays: dict[uuid.UUID, list[Span]] = defaultdict(list)
    posted = Posting.objects.filter(post__status__in=ABROAD, days__overlap=window)
    sent = _travelled(viewer).filter(days__overlap=window)
    if people is not None:
        wanted = list(people)
        posted, sent = posted.filter(seat__person__in=wanted), sent.filter(seat__person__in=wanted)
    for rows in (posted, sent):
        for person, days in rows.values_list("seat__person_id", "days"):
            stays[person].append((days.lower or datetime.date.min, days.upper or datetime.date.max))
    return {person: union_days(spans, window) for person, spans in stays.items()}


def _travelled(viewer: Viewer | None) -> QuerySet[MissionMember]:
    rows = MissionMember.objects.seen_by(viewer).filter(until__isnull=True)
    return rows.filter(mission__states__until__isnull=True, mission__states__state__in=WENT)


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day some months back, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return datetime.date(year, month + 1, number)
        except ValueError:
            continue
    return datetime.date(year, month + 1, min(day.day, 28))


def union_days(spans: Iterable[Span], window: Span) -> int:
    """How many days of the window lie in any of the spans; upper ends are excluded."""
    total, reached = 0, window[0]
    for begins, ends in sorted(spans):
        first, last = max(begins, reached), min(ends, window[1])
        if last > first:
            total += (last - first).days
            reached = last
    return total


def qualifications_waiting(viewer: Viewer | None) -> list[Qualification]:
    """What officers said of themselves and nobody has confirmed; for the manager."""
    if viewer is None or not may(viewer, "confirm_qualification").allowed:
        return []
    rows = Qualification.objects.filter(in_force(), confirmed_at__isnull=True).select_related("person")
    return list(rows.order_by("since"))


def officer_by_id(key: uuid.UUID) -> Person | None:
    """An officer of the home agency in force, by his id as a person."""
    return Person.objects.filter(id=key, seats__in=officers()).distinct().first()


def qualification_by_id(person: Person, key: uuid.UUID) -> Qualification | None:
    """One thing written of this officer; whoever asks was let in to his page."""
    return Qualification.objects.filter(person=person, id=key).first()


def away_by_id(person: Person, key: uuid.UUID) -> Away | None:
    """One span of days away of this officer."""
    return Away.objects.filter(person=person, id=key).first()


def honour_by_id(person: Person, key: uuid.UUID) -> Honour | None:
    """One honour of this officer."""
    return Honour.objects.filter(person=person, id=key).first()


@dataclass(frozen=True)
class RollLine:
    """One officer on the roll of honour: how many missions and days abroad on them, and his honours."""

    label: str
    person_id: uuid.UUID
    missions: int
    days: int
    honours: list[Honour] = field(default_factory=list)


def roll_of_honour(viewer: Viewer | None) -> list[RollLine]:
    """Missions, days and honours of each officer by the label of his seat, most days first; missions the viewer reads."""
    if viewer is None or not may(viewer, "see_programme").allowed:
        return []
    today = now().date()
    honours: dict[uuid.UUID, list[Honour]] = defaultdict(list)
    for row in Honour.objects.filter(in_force()).order_by("-day"):
        honours[row.person_id].append(row)
    sent: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    days: dict[uuid.UUID, list[Span]] = defaultdict(list)
    labels = {seat.person_id: seat.label for seat in officers()}
    for member in _travelled(viewer).select_related("seat"):
        person = member.seat.person_id
        labels.setdefault(person, member.seat.label)
        sent[person].add(member.mission_id)
        days[person].append((member.days.lower, member.days.upper))
    window = (datetime.date.min, today + datetime.timedelta(days=1))
    lines = [
        RollLine(labels[person], person, len(sent[person]), union_days(days[person], window), honours[person])
        for person in labels
        if sent[person] or honours[person]
    ]
    return sorted(lines, key=lambda line: (-line.days, line.label))
