"""The way of a team and its lodging: each end in its own clock, one way at a time, a bed every night."""

import datetime

import pytest

from vedette.agencies.queries import viewers_of
from vedette.kit.errors import Forbidden, Refused
from vedette.programme.actions import (
    LegDraft,
    MissionDraft,
    accept_mission,
    ask_mission,
    assign_member,
    decline_mission,
    drop_leg,
    file_debrief,
    name_agreement,
    plan_leg,
    plan_session,
)
from vedette.programme.itinerary import itinerary
from vedette.programme.missions import journey, mission_row

PARIS, HOME = "Europe/Paris", "America/New_York"
LAST = datetime.date(2026, 7, 10)


def july(day, hour=12):
    return datetime.datetime.combine(datetime.date(2026, 7, 1), datetime.time(hour)) + datetime.timedelta(days=day - 1)


EVENING, MORNING = july(1, 18), july(2, 8)


def flight(begins=EVENING, ends=MORNING, **values):
    plain = {"means": "flight", "origin": "Home", "destination": "A-ville", "begins_zone": HOME, "ends_zone": PARIS}
    return LegDraft(**{**plain, "begins": begins, "ends": ends, **values})


def stay(first, last):
    return LegDraft(means="stay", destination="Barracks", begins=july(first, 15), ends=july(last, 10))


def nights(manager, mission):
    found = itinerary(journey(manager, mission).legs, datetime.date(2026, 7, 1), LAST, PARIS)
    return [(one.day, two.day) for one, two in found.nights]


def test_a_leg_keeps_each_end_in_the_clock_of_its_own_place(manager, mission):
    leg = plan_leg(manager, flight(), mission=mission)
    assert (leg.begins.utcoffset(), leg.begins.astimezone(datetime.UTC).hour) == (datetime.timedelta(hours=-4), 22)
    assert leg.ends.astimezone(datetime.UTC) == datetime.datetime(2026, 7, 2, 6, tzinfo=datetime.UTC)
    assert plan_leg(manager, stay(2, 9), mission=mission).begins_zone == PARIS


def test_a_night_is_had_on_the_way_or_in_a_bed_and_any_other_is_named(manager, mission):
    assert nights(manager, mission) == []
    plan_leg(manager, flight(), mission=mission)
    assert nights(manager, mission) == [(2, 9)]
    hotel = plan_leg(manager, stay(2, 6), mission=mission)
    plan_leg(manager, stay(8, 9), mission=mission)
    assert nights(manager, mission) == [(6, 7), (9, 9)]
    drop_leg(manager, leg=hotel, because="The hosts house them.")
    assert nights(manager, mission) == [(2, 7), (9, 9)]
    with pytest.raises(Refused):
        drop_leg(manager, leg=hotel, because="Again.")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (flight(means="rocket"), "means"),
        (flight(origin=" "), "origin"),
        (flight(destination=""), "destination"),
        (flight(ends=july(1, 12)), "ends"),
        (flight(ends=july(6)), "ends"),
        (flight(begins=july(-10), ends=july(-9)), "begins"),
        (flight(begins_zone="Mars/Olympus"), "zone"),
        (flight(begins=july(1, 20)), "begins"),
    ],
)
def test_a_leg_that_cannot_be_is_refused_and_the_field_named(manager, mission, draft, field):
    plan_leg(manager, flight(), mission=mission)
    with pytest.raises(Refused) as told:
        plan_leg(manager, draft, mission=mission)
    assert told.value.field == field
    assert len(journey(manager, mission).legs) == 1


def test_an_hour_that_the_clocks_leave_out_is_refused_by_its_name(cast, manager, terms):
    draft = MissionDraft(
        title="Spring", kind="training", country="FR", wanted_from=datetime.date(2027, 3, 20), wanted_days=20, team=2,
        zone=PARIS,
    )  # fmt: skip
    spring = ask_mission(manager, origin="host", asker=cast.agencies["host"], draft=draft)
    accept_mission(cast.viewer("commander"), mission=spring, begins=draft.wanted_from, days=20, place="A-ville")
    night = datetime.datetime.combine(datetime.date(2027, 3, 28), datetime.time())
    with pytest.raises(Refused, match="leave out this hour"):
        plan_leg(manager, flight(night.replace(hour=2), night.replace(hour=3), begins_zone=PARIS), mission=spring)
    assert plan_leg(manager, flight(night.replace(hour=1), night.replace(hour=3), begins_zone=PARIS), mission=spring)


def test_who_is_on_the_team_enters_it_and_no_other_officer(cast, manager, mission, spare):
    with pytest.raises(Forbidden):
        plan_leg(viewers_of([spare.id])[spare.id], flight(), mission=mission)
    assign_member(manager, mission=mission, seat=spare)
    assert plan_leg(viewers_of([spare.id])[spare.id], flight(), mission=mission).by == spare.id


def test_the_chief_names_another_agreement_when_the_team_stands_and_not_once_it_is_over(
    chief, manager, mission, spare, agreement, terms
):
    assign_member(manager, mission=mission, seat=spare)
    better = agreement(title="Better terms", kind="mission")
    with pytest.raises(Forbidden):
        name_agreement(manager, mission=mission, agreement=better, because="It covers training.")
    name_agreement(chief, mission=mission, agreement=better, because="It covers training.")
    assert mission_row(manager, mission.pk).mission.agreement == better
    decline_mission(chief, mission=mission, because="No money.")
    with pytest.raises(Refused):
        name_agreement(chief, mission=mission, agreement=terms, because="Back.")


def test_a_session_that_may_name_somebody_is_refused_until_somebody_has_looked(manager, mission):
    values = {"day": datetime.date(2026, 7, 3), "hours": "2", "trainees": 2, "vetted": 2}
    with pytest.raises(Refused, match="may name a person"):
        plan_session(manager, mission=mission, title="Talk by Colonel Zdravko Kuzmanov", **values)
    assert plan_session(manager, mission=mission, title="Crowd control at A-ville", **values).id
    assert plan_session(manager, mission=mission, title="Talk by Colonel Zdravko Kuzmanov", nobody=True, **values).id
    with pytest.raises(Refused):
        file_debrief(manager, mission=mission, text="The team is not home.")
