"""Abroad and after: tasks within the mandate, sessions that count, signs of life that escalate, the report."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.attacks.filing import proved
from vedette.agencies.queries import viewers_of
from vedette.alerts.actions import record_duty, record_ladders, step_clocks
from vedette.alerts.models import Clock, Escalation
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now, set_clock
from vedette.programme.actions import (
    assign_member,
    check_in,
    close_mission,
    decide_go,
    depart_mission,
    drop_check_in,
    drop_session,
    drop_task,
    file_debrief,
    note_observation,
    plan_check_in,
    plan_session,
    plan_task,
    return_mission,
)
from vedette.programme.missions import journey, mission_row, missions
from vedette.programme.models import CheckIn, Debrief, MissionSession, MissionTask, Observation
from vedette.sharing.actions.purging import approve_purge, order_purge

LEAVE = {
    "because": "The host asked in writing.",
    "bureau_leave": "Cable 114",
    "bureau_leave_on": datetime.date(2026, 3, 1),
}
SESSION = {"title": "Arrest", "day": datetime.date(2026, 7, 3), "hours": "3.5", "trainees": 20, "vetted": 20}
DUE = datetime.datetime(2026, 7, 2, 18, 0, tzinfo=datetime.UTC)


def at(day, hour=12):
    set_clock(shown=datetime.datetime(2026, 7, day, hour, tzinfo=datetime.UTC), speed=1, paused=False)


@pytest.fixture
def member(manager, checked, spare):
    """The Viewer of the officer on the team."""
    assign_member(manager, mission=checked, seat=spare)
    return viewers_of([spare.id])[spare.id]


@pytest.fixture
def abroad(chief, manager, checked, member):
    """The mission has left."""
    decide_go(chief, mission=checked, go=True)
    at(1)
    return depart_mission(manager, mission=checked)


@pytest.fixture
def home(manager, abroad):
    """The team is back."""
    at(20)
    return return_mission(manager, mission=abroad)


# Tasks


def test_advisers_train_and_advise_and_the_plan_says_when(manager, mission):
    made = plan_task(manager, mission=mission, title="Classroom", day=datetime.date(2026, 7, 2))
    assert journey(manager, mission).tasks == [made] and journey(manager, mission).outside == []


def test_what_lies_outside_the_mandate_is_the_chiefs_with_his_reason_and_the_bureaus_leave(chief, manager, mission):
    with pytest.raises(Refused) as refusal:
        plan_task(manager, mission=mission, title="Patrol with trainees", outside_mandate=True, **LEAVE)
    assert refusal.value.field == "outside_mandate" and refusal.value.way_out
    assert journey(manager, mission).tasks == []
    made = plan_task(chief, mission=mission, title="Patrol with trainees", outside_mandate=True, **LEAVE)
    assert journey(manager, mission).outside == [made]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"because": ""}, "because"),
        ({"bureau_leave": " "}, "bureau_leave"),
        ({"bureau_leave_on": None}, "bureau_leave_on"),
        ({"bureau_leave_on": datetime.date(2026, 3, 9)}, "bureau_leave_on"),
    ],
)
def test_without_one_of_the_leaves_even_the_chief_is_refused(chief, manager, mission, missing, field):
    with pytest.raises(Refused) as refusal:
        plan_task(chief, mission=mission, title="Patrol", outside_mandate=True, **{**LEAVE, **missing})
    assert refusal.value.field == field and journey(manager, mission).tasks == []


def test_the_database_holds_the_mandate_too(mission):
    with pytest.raises(IntegrityError), transaction.atomic():
        MissionTask.objects.create(mission=mission, title="Patrol", outside_mandate=True, since=now())


def test_a_task_on_a_day_outside_the_mission_is_refused_and_a_dropped_one_is_kept(manager, mission):
    with pytest.raises(Refused) as refusal:
        plan_task(manager, mission=mission, title="x", day=datetime.date(2026, 7, 11))
    assert refusal.value.field == "day"
    made = plan_task(manager, mission=mission, title="x", day=datetime.date(2026, 7, 10))
    drop_task(manager, task=made, because="no room")
    assert journey(manager, mission).tasks == [] and MissionTask.objects.seen_by(manager).count() == 1


# Sessions


def test_trainees_are_counted(manager, mission):
    plan_session(manager, mission=mission, **SESSION)
    plan_session(manager, mission=mission, **{**SESSION, "trainees": 4, "vetted": 4})
    assert journey(manager, mission).trainees == 24


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"day": datetime.date(2026, 6, 30)}, "day"),
        ({"hours": 0}, "hours"),
        ({"hours": "-2"}, "hours"),
        ({"hours": 25}, "hours"),
        ({"hours": "NaN"}, "hours"),
        ({"hours": "long"}, "hours"),
        ({"trainees": 0}, "trainees"),
        ({"trainees": -1}, "trainees"),
        ({"trainees": 99_999}, "trainees"),
        ({"vetted": 21}, "vetted"),
        ({"vetted": -1}, "vetted"),
    ],
)
def test_a_session_that_cannot_be_is_refused_by_field(manager, mission, values, field):
    with pytest.raises(Refused) as refusal:
        plan_session(manager, mission=mission, **{**SESSION, **values})
    assert refusal.value.field == field and not MissionSession.objects.seen_by(manager).exists()


def test_once_it_is_go_no_session_with_seats_nobody_vetted_is_added(manager, abroad):
    with pytest.raises(Refused) as refusal:
        plan_session(manager, mission=abroad, **{**SESSION, "vetted": 19})
    assert refusal.value.field == "vetted"
    made = plan_session(manager, mission=abroad, **SESSION)
    drop_session(manager, session=made, because="rain")
    assert journey(manager, abroad).sessions == []


# Signs of life


def test_one_that_comes_in_time_meets_its_clock(manager, member, abroad):
    due = plan_check_in(manager, mission=abroad, due=DUE)
    check_in(member, due=due, place="Hotel, all well")
    assert journey(manager, abroad).late(DUE + datetime.timedelta(days=1)) == []
    assert Clock.objects.seen_by(manager).get(subject=due.id).state == "met"
    with pytest.raises(Refused):
        check_in(member, due=due, place="again")


def test_one_that_is_missed_climbs_its_ladder(cast, manager, abroad):
    record_ladders()
    record_duty(cast.seats["watch"], "watch")
    due = plan_check_in(manager, mission=abroad, due=DUE)
    at(2, 17)
    step_clocks()
    assert not Escalation.objects.seen_by(cast.viewer("watch")).exists()
    at(2, 19)
    step_clocks()
    told = Escalation.objects.seen_by(cast.viewer("watch")).filter(clock__subject=due.id).order_by("step")
    assert [(row.duty, row.outcome) for row in told][:1] == [("watch", "told")]
    assert journey(manager, abroad).late(now()) == [due]


def test_one_that_is_no_longer_owed_stops_its_clock(manager, abroad):
    due = plan_check_in(manager, mission=abroad, due=DUE)
    drop_check_in(manager, due=due, because="home early")
    assert Clock.objects.seen_by(manager).get(subject=due.id).state == "stopped"
    with pytest.raises(Refused):
        drop_check_in(manager, due=due, because="again")


def test_one_in_the_past_twice_or_after_the_mission_is_refused(manager, abroad):
    plan_check_in(manager, mission=abroad, due=DUE)
    late = DUE + datetime.timedelta(days=30)
    for due in (DUE, now() - datetime.timedelta(hours=1), late):
        with pytest.raises(Refused) as refusal:
            plan_check_in(manager, mission=abroad, due=due)
        assert refusal.value.field == "due"
    assert CheckIn.objects.seen_by(manager).count() == 1


def test_nobody_speaks_for_a_team_he_is_not_on(cast, manager, abroad):
    due = plan_check_in(manager, mission=abroad, due=DUE)
    for name in ("officer_a", "officer_b", "watch", "commander", "north_1"):
        with pytest.raises(Forbidden):
            check_in(cast.viewer(name), due=due, place="x")
        with pytest.raises(Forbidden):
            note_observation(cast.viewer(name), mission=abroad, element="planning", text="x")


# The report


def test_the_team_reports_and_the_mission_is_closed_with_what_it_taught(manager, member, home):
    with pytest.raises(Refused) as refusal:
        close_mission(manager, mission=home)
    assert refusal.value.field == "debrief"
    first = file_debrief(member, mission=home, text="We trained twenty.")
    with pytest.raises(Refused) as refusal:
        file_debrief(member, mission=home, text="We trained nineteen.")
    assert refusal.value.field == "because"
    second = file_debrief(member, mission=home, text="We trained nineteen.", because="one left early")
    seen = note_observation(member, mission=home, element="equipment", text="No radios.", suggestion="Bring ours.")
    close_mission(manager, mission=home)
    found = journey(member, home)
    assert (found.debrief, found.observations) == (second, [seen]) and first != second
    assert mission_row(manager, home.pk).over and Debrief.objects.seen_by(manager).count() == 2
    with pytest.raises(Refused):
        note_observation(member, mission=home, element="equipment", text="Too late.")


def test_a_mission_is_not_closed_while_a_sign_of_life_is_owed(manager, member, abroad):
    plan_check_in(manager, mission=abroad, due=DUE)
    at(20)
    return_mission(manager, mission=abroad)
    file_debrief(member, mission=abroad, text="Done.")
    with pytest.raises(Refused) as refusal:
        close_mission(manager, mission=abroad)
    assert refusal.value.field == "check_in"


def test_no_report_before_the_return_and_no_observation_before_the_departure(manager, mission):
    with pytest.raises(Refused):
        file_debrief(manager, mission=mission, text="x")
    with pytest.raises(Refused):
        note_observation(manager, mission=mission, element="planning", text="x")
    assert not Observation.objects.seen_by(manager).exists()


@pytest.mark.parametrize("name", ["officer_a", "investigator", "north_1", "host", "auditor"])
def test_who_may_not_read_the_mission_reads_nothing_under_it(cast, manager, member, home, name):
    file_debrief(member, mission=home, text="We trained twenty.")
    note_observation(member, mission=home, element="equipment", text="No radios.")
    viewer = cast.viewer(name)
    found = journey(viewer, home)
    assert (found.debrief, found.observations, missions(viewer)) == (None, [], [])


def test_a_purged_mission_keeps_no_word_and_its_rows_still_stand(cast, chief, manager, member, abroad):
    plan_task(chief, mission=abroad, title="Meet Zoltan", outside_mandate=True, **{**LEAVE, "because": "Zoltan asked"})
    note_observation(
        member, mission=abroad, element="planning", text="Zoltan was late.", suggestion="Ask Zoltan.", nobody=True
    )
    plan_session(manager, mission=abroad, nobody=True, **{**SESSION, "title": "With Zoltan"})
    asker = proved(cast.viewer("auditor"))
    order = order_purge(asker, sheet=abroad.pk, also=[], basis="unlawful", because="It names a man.", words="Zoltan")
    approve_purge(proved(cast.viewer("commander")), order=order.id)
    for table in (MissionTask, Observation, MissionSession):
        (row,) = table.objects.as_house("what is left after a purge").values()
        assert "Zoltan" not in str(row) and "[purged]" in str(row)
    assert missions(manager) == []
