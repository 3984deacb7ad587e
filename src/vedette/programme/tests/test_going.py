"""Before a mission travels: team, list, agreement; a go is refused with every missing item named."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from vedette.agencies.queries import viewers_of
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now, set_clock
from vedette.programme.actions import (
    accept_mission,
    assign_member,
    decide_go,
    decline_mission,
    depart_mission,
    end_agreement,
    end_clause,
    post_officer,
    release_member,
    return_mission,
    set_away,
    set_check,
    set_clause,
    state_qualification,
)
from vedette.programme.gate import may_go
from vedette.programme.going import lacking
from vedette.programme.missions import mission_row, missions, prepared
from vedette.programme.models import MissionCheck, MissionMember, MissionSession
from vedette.programme.officers import days_abroad, roll_of_honour, service_record
from vedette.programme.queries import holding_by_key, holdings
from vedette.programme.tests.conftest import VETTING

DAYS = (datetime.date(2026, 7, 1), datetime.date(2026, 7, 10))


def items(viewer, mission):
    return [item.item for item in lacking(prepared(viewer, mission))]


def at(day):
    set_clock(shown=datetime.datetime.combine(day, datetime.time(12), datetime.UTC), speed=1, paused=False)


def state_of(viewer, mission):
    return mission_row(viewer, mission.pk).state.state


@pytest.fixture
def ready(manager, checked, spare):
    assign_member(manager, mission=checked, seat=spare)
    return checked


def test_with_team_list_and_agreement_the_chief_says_go(chief, manager, ready):
    assert items(manager, ready) == []
    decide_go(chief, mission=ready, go=True)
    assert state_of(manager, ready) == "go"


def test_a_bare_mission_is_refused_with_every_missing_item_and_its_way_out(chief, manager, mission):
    with pytest.raises(Refused) as refusal:
        decide_go(chief, mission=mission, go=True)
    assert refusal.value.field == "go" and "Nobody is on the team." in refusal.value.reason
    for kind in MissionCheck.Kind:
        assert kind.label in refusal.value.reason
    assert "write it down" in refusal.value.way_out
    assert state_of(manager, mission) == "accepted"


@pytest.mark.parametrize("kind", MissionCheck.Kind.values)
def test_each_single_line_left_open_stops_it(chief, manager, ready, kind):
    set_check(manager, mission=ready, kind=kind, state="open")
    assert items(manager, ready) == [kind]
    with pytest.raises(Refused):
        decide_go(chief, mission=ready, go=True)


def test_a_refused_line_stops_it_and_one_not_needed_does_not(manager, ready):
    set_check(manager, mission=ready, kind="country-clearance", state="refused", because="the embassy said no")
    assert items(manager, ready) == ["country-clearance"]
    set_check(manager, mission=ready, kind="country-clearance", state="not-needed", because="inside our own country")
    assert items(manager, ready) == []


@pytest.mark.parametrize("state", ["refused", "not-needed"])
def test_a_line_refused_or_not_needed_says_why(manager, mission, state):
    with pytest.raises(Refused) as refusal:
        set_check(manager, mission=mission, kind="insurance", state=state)
    assert refusal.value.field == "because"


@pytest.mark.parametrize(("day", "stops"), [(10, False), (9, True)])
def test_a_line_holds_to_the_last_day(manager, ready, day, stops):
    set_check(manager, mission=ready, kind="insurance", state="done", valid_until=datetime.date(2026, 7, day))
    assert (items(manager, ready) == ["insurance"]) is stops


def test_a_vetting_that_expires_in_mid_mission_stops_it(manager, ready):
    set_check(
        manager,
        mission=ready,
        kind="trainee-vetting",
        state="done",
        **{**VETTING, "valid_until": datetime.date(2026, 7, 5)},
    )
    assert items(manager, ready) == ["trainee-vetting"]


def test_training_is_never_held_without_vetting(manager, ready):
    with pytest.raises(Refused) as refusal:
        set_check(manager, mission=ready, kind="unit-vetting", state="not-needed", because="they are known")
    assert refusal.value.field == "state"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"case_number": ""}, "case_number"),
        ({"case_number": "Jean Dupont"}, "case_number"),
        ({"case_number": "DUPONT"}, "case_number"),
        ({"vetted_on": None}, "vetted_on"),
        ({"vetted_on": datetime.date(2026, 3, 3)}, "vetted_on"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": datetime.date(2026, 2, 1)}, "valid_until"),
        ({"cleared": None}, "cleared"),
        ({"cleared": 0}, "cleared"),
        ({"cleared": -4}, "cleared"),
        ({"cleared": 10_000_000}, "cleared"),
        ({"suspended": -1}, "suspended"),
        ({"because": "Colonel Jean Dupont was suspended"}, "because"),
    ],
)
def test_a_vetting_is_a_case_a_day_and_counts_and_never_a_name(manager, mission, values, field):
    with pytest.raises(Refused) as refusal:
        set_check(manager, mission=mission, kind="trainee-vetting", state="done", **{**VETTING, **values})
    assert refusal.value.field == field and refusal.value.way_out
    assert not MissionCheck.objects.seen_by(manager).exists()


@pytest.mark.parametrize(
    ("trainees", "vetted", "day", "stops"),
    [(20, 20, 3, False), (20, 19, 3, True), (25, 25, 3, True), (20, 20, 3, False)],
)
def test_a_session_with_seats_nobody_vetted_stops_it(manager, ready, trainees, vetted, day, stops):
    MissionSession.objects.create(
        mission=ready,
        title="Arrest",
        day=datetime.date(2026, 7, day),
        hours=3,
        trainees=trainees,
        vetted=vetted,
        since=now(),
    )
    assert (items(manager, ready) == ["sessions"]) is stops


def test_only_the_chief_decides_and_only_freshly_proved(cast, manager, ready):
    for viewer in (manager, cast.viewer("watch"), cast.viewer("commander")):
        with pytest.raises(Forbidden):
            decide_go(viewer, mission=ready, go=True)
    assert state_of(manager, ready) == "accepted"


def test_a_no_go_needs_its_reason_frees_the_team_and_may_be_accepted_anew(cast, chief, manager, ready, spare):
    with pytest.raises(Refused) as refusal:
        decide_go(chief, mission=ready, go=False)
    assert refusal.value.field == "because"
    decide_go(chief, mission=ready, go=False, because="The threat level rose.")
    row = mission_row(manager, ready.pk)
    assert (row.state.state, row.members) == ("no-go", [])
    accept_mission(chief, mission=ready, begins=datetime.date(2026, 9, 1), days=10, place="A-ville", because="Autumn.")
    assert assign_member(manager, mission=ready, seat=spare).days == DateRange(
        datetime.date(2026, 9, 1), datetime.date(2026, 9, 11)
    )


def test_a_mission_whose_first_day_has_passed_cannot_be_go(chief, manager, ready):
    at(datetime.date(2026, 7, 2))
    with pytest.raises(Refused) as refusal:
        decide_go(chief, mission=ready, go=True)
    assert refusal.value.field == "go"


# The agreement


def gate(manager, terms, days=DAYS):
    return may_go(holding_by_key(terms.key), holdings(), days)


def test_an_agreement_in_force_over_all_days_with_its_clause_covers_it(manager, terms):
    answer = gate(manager, terms)
    assert answer.allowed and answer.clause.number == 1


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        ("2026-12-30", "2026-12-31", ""),
        ("2026-12-30", "2027-01-01", "ends in mid-mission"),
        ("2027-01-01", "2027-01-09", "no longer holds"),
        ("2025-02-28", "2025-03-09", "signed only after"),
    ],
)
def test_an_agreement_that_does_not_hold_over_all_days_stops_it_and_says_why(manager, terms, first, last, word):
    answer = gate(manager, terms, (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)))
    assert answer.allowed is (word == "") and word in answer.sentence
    assert answer.allowed or answer.way_round


def test_an_agreement_ended_in_mid_mission_stops_the_go(chief, manager, ready, terms):
    end_agreement(manager, agreement=terms, ended=datetime.date(2026, 7, 5), because="A new minister.")
    with pytest.raises(Refused) as refusal:
        decide_go(chief, mission=ready, go=True)
    assert "in mid-mission" in refusal.value.reason and "before 5 Jul 2026" in refusal.value.way_out


def test_without_a_clause_for_missions_or_with_one_that_forbids_them_it_stops(manager, terms):
    clause = terms.clauses.get()
    set_clause(manager, agreement=terms, number=1, text="No missions.", gate="mission", effect="forbids", because="new")
    assert not gate(manager, terms).allowed
    end_clause(manager, clause=terms.clauses.get(until__isnull=True), because="struck")
    assert "No clause" in gate(manager, terms).sentence and clause.gate == "mission"


def test_no_agreement_is_a_no_that_names_the_one_that_would_cover_it(manager, terms):
    assert "Training terms" in may_go(None, holdings(), DAYS).way_round
    assert not may_go(None, [], DAYS).allowed


# The team


def test_who_is_put_on_the_team_reads_the_mission_and_no_longer_once_taken_off(manager, mission, spare):
    def reads():
        return [row.mission.pk for row in missions(viewers_of([spare.id])[spare.id])]

    assert reads() == []
    member = assign_member(manager, mission=mission, seat=spare)
    assert reads() == [mission.pk]
    release_member(manager, member=member, because="ill")
    assert reads() == []
    with pytest.raises(Refused):
        release_member(manager, member=member, because="again")


def test_nobody_is_on_two_missions_on_one_day(cast, manager, mission, spare):
    assign_member(manager, mission=mission, seat=spare)
    other = MissionMember.objects.seen_by(manager).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        MissionMember.objects.create(mission=mission, seat=spare, days=other.days, since=now())
    with pytest.raises(Refused) as refusal:
        assign_member(manager, mission=mission, seat=spare)
    assert refusal.value.field == "seat"


def test_who_stands_at_a_post_is_not_sent(cast, manager, mission):
    with pytest.raises(Refused) as refusal:
        assign_member(manager, mission=mission, seat=cast.seats["officer_a"])
    assert "A-ville" in refusal.value.reason


def test_who_is_on_a_mission_is_not_posted_on_its_days(cast, manager, mission, spare):
    assign_member(manager, mission=mission, seat=spare)
    with pytest.raises(Refused) as refusal:
        post_officer(manager, seat=spare, post=cast.posts["b"], begins=datetime.date(2026, 7, 10))
    assert refusal.value.field == "begins"
    post_officer(manager, seat=spare, post=cast.posts["b"], begins=datetime.date(2026, 7, 11))


def test_who_is_away_on_one_of_its_days_is_not_sent(manager, mission, spare):
    set_away(manager, person=spare.person, kind="leave", first=DAYS[1], last=DAYS[1])
    with pytest.raises(Refused) as refusal:
        assign_member(manager, mission=mission, seat=spare)
    assert "away" in refusal.value.reason


def test_only_officers_in_force_are_sent_and_only_once_the_chief_accepted(cast, chief, manager, mission, spare):
    with pytest.raises(Refused):
        assign_member(manager, mission=mission, seat=cast.seats["watch"])
    decline_mission(chief, mission=mission, because="no")
    with pytest.raises(Refused) as refusal:
        assign_member(manager, mission=mission, seat=spare)
    assert refusal.value.field == "mission"


def test_a_member_fills_a_skill_that_is_confirmed_of_him(manager, mission, spare):
    role = mission_row(manager, mission.pk).needs[1]
    with pytest.raises(Refused) as refusal:
        assign_member(manager, mission=mission, seat=spare, role=role)
    assert refusal.value.field == "role"
    state_qualification(manager, person=spare.person, kind="skill", name="Patrol")
    assert assign_member(manager, mission=mission, seat=spare, role=role).role == role


def test_a_member_whose_passport_expires_on_the_way_stops_it(manager, ready, spare):
    state_qualification(
        manager, person=spare.person, kind="certificate", name="passport", expires=datetime.date(2026, 7, 9)
    )
    assert items(manager, ready) == ["team"]


@pytest.mark.parametrize("name", ["officer_a", "watch", "commander", "north_1"])
def test_only_the_manager_keeps_team_and_list(cast, mission, spare, name):
    with pytest.raises(Forbidden):
        assign_member(cast.viewer(name), mission=mission, seat=spare)
    with pytest.raises(Forbidden):
        set_check(cast.viewer(name), mission=mission, kind="insurance", state="done")


def test_a_journey_counts_in_service_days_and_on_the_roll(cast, chief, manager, ready, spare):
    decide_go(chief, mission=ready, go=True)
    with pytest.raises(Refused):
        depart_mission(manager, mission=ready)
    at(datetime.date(2026, 7, 1))
    depart_mission(manager, mission=ready)
    at(datetime.date(2026, 7, 4))
    with pytest.raises(Refused) as refusal:
        return_mission(manager, mission=ready)
    assert refusal.value.field == "because"
    assert days_abroad(manager)[spare.person_id] == 4
    at(datetime.date(2026, 7, 20))
    return_mission(manager, mission=ready)
    assert days_abroad(manager)[spare.person_id] == 10
    (line,) = service_record(manager, spare.person)
    assert (line.what, line.days) == ("Trainers for the host", 10)
    (honoured,) = roll_of_honour(manager)
    assert (honoured.label, honoured.missions, honoured.days) == ("Officer 9", 1, 10)


def test_what_lapses_between_the_go_and_the_departure_keeps_the_team_home(chief, manager, ready, terms):
    decide_go(chief, mission=ready, go=True)
    end_agreement(manager, agreement=terms, ended=datetime.date(2026, 7, 5), because="A new minister.")
    at(datetime.date(2026, 7, 1))
    with pytest.raises(Refused) as refusal:
        depart_mission(manager, mission=ready)
    assert "in mid-mission" in refusal.value.reason and state_of(manager, ready) == "go"


@pytest.mark.parametrize("name", ["officer_a", "officer_b"])
def test_an_officer_who_is_not_on_the_team_moves_it_nowhere(cast, chief, ready, name):
    decide_go(chief, mission=ready, go=True)
    at(datetime.date(2026, 7, 1))
    with pytest.raises(Forbidden):
        depart_mission(cast.viewer(name), mission=ready)
