"""Two missions that took place before the night of a demonstration: one over, one abroad. Invented, and marked as generated.

Each passes the product's own verbs at the moments it would have: what no agreement lets happen on those days is left out.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from vedette.agencies.models import Agency, Seat
from vedette.agencies.queries import agency_by_key, viewers_of
from vedette.agencies.viewer import Viewer
from vedette.funding.actions import commit_cost
from vedette.funding.models import Category
from vedette.kit.time import now, real_now, set_clock
from vedette.programme.actions import (
    LegDraft,
    accept_mission,
    ask_mission,
    assign_member,
    check_in,
    close_mission,
    decide_go,
    depart_mission,
    file_debrief,
    match_mission,
    note_observation,
    plan_check_in,
    plan_leg,
    plan_session,
    plan_task,
    return_mission,
    set_check,
)
from vedette.programme.actions.missions import MissionDraft, NeedDraft
from vedette.programme.gate import may_go
from vedette.programme.models import Agreement, Mission, MissionCheck, MissionNeed
from vedette.programme.queries import holdings

GENERATED = "generated for the demonstration"
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
HOME = "America/New_York"


@dataclass(frozen=True)
class Trip:
    """What is invented of a mission; `begins` in days from the day before the night."""

    title: str
    country: str
    city: str
    zone: str
    begins: int
    days: int
    language: NeedDraft
    skills: tuple[NeedDraft, ...]
    officers: tuple[tuple[str, str], ...]
    sessions: tuple[str, ...]
    case: str


TRIPS = (
    Trip(
        "Scene examination course for a state police", "IN", "Mumbai", "Asia/Kolkata", -160, 12,
        NeedDraft("language", "Hindi", 1, 1), (NeedDraft("skill", "forensic scene", 1), NeedDraft("skill", "post-blast", 1)),
        (("DET-13", "forensic scene"), ("DET-15", "post-blast")),
        ("First officer at a scene", "Search after a blast", "Evidence from the hand of the finder to the court"), "BRG",
    ),
    Trip(
        "Advisers on crowds and de-escalation", "CO", "Bogota", "America/Bogota", -4, 21,
        NeedDraft("language", "Spanish", level=3), (NeedDraft("skill", "crowd control", 1), NeedDraft("skill", "event planning", 1)),
        (("DET-18", "crowd control"), ("SGT-19", "event planning")),
        ("Ways in and out of a square", "Talking before pushing"), "CRD",
    ),
)  # fmt: skip


@transaction.atomic
def load_journeys(home: dict[str, Any]) -> None:
    """Play the missions that an agreement of this home side lets happen on their days."""
    known = {row["id"] for row in home["officers"]}
    for trip in TRIPS:
        terms = _terms(trip)
        if terms is not None and known.issuperset(label for label, _skill in trip.officers):
            _play(trip, terms)


def _terms(trip: Trip) -> Agreement | None:
    first = now().date() + trip.begins * DAY
    for one in holdings():
        days = (first, first + (trip.days - 1) * DAY)
        bureau = one.agreement.partner.kind == Agency.Kind.BUREAU
        if bureau and may_go(one, [], days).allowed:
            return one.agreement
    return None


# What each member of a team costs in all, in cents.
COSTS = {Category.TRAVEL: 2_150_00, Category.LODGING: 1_300_00}


@contextmanager
def clock_set_back() -> Iterator[datetime.datetime]:
    """The shown clock stands where it stood when this is over."""
    moment = now()
    try:
        yield moment
    finally:
        set_clock(shown=moment, speed=1, paused=True)


def _at(moment: datetime.datetime) -> None:
    set_clock(shown=moment, speed=1, paused=True)


def _viewer(label: str) -> Viewer:
    seat = Seat.objects.get(label=label, until__isnull=True)
    return viewers_of([seat.id])[seat.id]


def _play(trip: Trip, terms: Agreement) -> None:
    manager, chief = _viewer("Programme manager"), replace(_viewer("Commander on duty"), proved_at=real_now())
    with clock_set_back() as night:
        first = night.date() + trip.begins * DAY
        _at(night + (trip.begins - 40) * DAY)
        mission = _asked(manager, trip, terms, first)
        _at(night + (trip.begins - 39) * DAY)
        match_mission(manager, mission=mission)
        _at(night + (trip.begins - 36) * DAY)
        accept_mission(
            chief, mission=mission, begins=first, days=trip.days, place=trip.city, because="as asked", agreement=terms
        )
        _at(night + (trip.begins - 30) * DAY)
        _prepare(manager, mission, trip, first)
        _at(night + (trip.begins - 2) * DAY)
        decide_go(chief, mission=mission, go=True)
        _at(night + trip.begins * DAY)
        depart_mission(manager, mission=mission)
        home_on = night + (trip.begins + trip.days - 1) * DAY
        _signs(manager, mission, first, trip, upto=night)
        if home_on < night:
            _home(manager, mission, home_on)


def _asked(manager: Viewer, trip: Trip, terms: Agreement, first: datetime.date) -> Mission:
    return ask_mission(
        manager,
        origin=Mission.Origin.BUREAU,
        asker=agency_by_key(terms.partner.key),
        draft=MissionDraft(
            title=trip.title, kind=Mission.Kind.TRAINING, country=trip.country, city=trip.city, zone=trip.zone,
            wanted_from=first, wanted_days=trip.days, team=len(trip.officers), needs=(trip.language, *trip.skills),
            note=GENERATED, agreement=terms, sensitivity=1,
        ),
    )  # fmt: skip


def _prepare(manager: Viewer, mission: Mission, trip: Trip, first: datetime.date) -> None:
    """The team, the way there and back, the curriculum, the list before travel."""
    needs = {need.name: need for need in MissionNeed.objects.seen_by(manager).filter(mission=mission)}
    for label, skill in trip.officers:
        assign_member(
            manager, mission=mission, seat=Seat.objects.get(label=label, until__isnull=True), role=needs[skill]
        )
    last = first + (trip.days - 1) * DAY
    for place, title in enumerate(trip.sessions):
        plan_session(
            manager, mission=mission, title=title, day=first + (2 + place) * DAY, hours=6, trainees=24, vetted=24
        )
    plan_task(manager, mission=mission, title="Read the host's own manual with its instructors", day=first + DAY)
    for leg in _legs(trip, first, last):
        plan_leg(manager, leg, mission=mission)
    today = now().date()
    # The books tick their own line: what the bureau pays on its missions is committed under its order number.
    for category, cents in COSTS.items():
        commit_cost(
            manager, mission=mission, category=category, begins=first, ends=last, amount=cents * len(trip.officers),
            currency="USD", order_number=f"SO-{trip.case}", because=GENERATED,
        )  # fmt: skip
    for kind in MissionCheck.Kind:
        if kind == MissionCheck.Kind.FUNDING:
            continue
        vetting = {}
        if kind in (MissionCheck.Kind.UNITS, MissionCheck.Kind.TRAINEES):
            number = f"{today.year}-{trip.case}-{1 if kind == MissionCheck.Kind.UNITS else 2}"
            vetting = {
                "case_number": number,
                "vetted_on": today,
                "valid_until": today + 365 * DAY,
                "cleared": 24,
                "suspended": 1,
            }
        set_check(manager, mission=mission, kind=kind, state=MissionCheck.State.DONE, **vetting)  # type: ignore[arg-type]


def _legs(trip: Trip, first: datetime.date, last: datetime.date) -> Iterator[LegDraft]:
    def at(day: datetime.date, hour: int) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(hour))

    there, back = {"begins_zone": HOME, "ends_zone": trip.zone}, {"begins_zone": trip.zone, "ends_zone": HOME}
    yield LegDraft("flight", trip.city, at(first, 7), at(first + DAY, 6), "New York", **there)
    yield LegDraft("stay", "Guest house of the host", at(first + DAY, 8), at(last, 5))
    yield LegDraft("flight", "New York", at(last, 8), at(last + DAY, 6), trip.city, **back)


def _signs(manager: Viewer, mission: Mission, first: datetime.date, trip: Trip, upto: datetime.datetime) -> None:
    """A sign of life every fourth day: those due by now were given; the next one is owed after the last word of the night."""
    day = datetime.datetime.combine(first, datetime.time(22), datetime.UTC)
    for number in range(1, trip.days, 4):
        due = day + number * DAY
        if due < upto:
            row = plan_check_in(manager, mission=mission, due=due)
            _at(due - HOUR)
            check_in(manager, due=row, place=trip.city)
    last = day + (trip.days - 2) * DAY
    if last > upto:
        plan_check_in(manager, mission=mission, due=last)


def _home(manager: Viewer, mission: Mission, on: datetime.datetime) -> None:
    _at(on)
    return_mission(manager, mission=mission)
    _at(on + 5 * DAY)
    file_debrief(
        manager,
        mission=mission,
        text="Three sessions were held, with seventy-two seats in all. The hosts ask for it again.",
    )
    note_observation(
        manager, mission=mission, element="training",
        text="The first officers at a scene had no tape and no gloves in the car.",
        suggestion="Put both into every car at home and ask for them at inspection.",
    )  # fmt: skip
    close_mission(manager, mission=mission)
