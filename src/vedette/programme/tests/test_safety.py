"""Officers abroad: signs of life they owe and give, and the alarm of duress."""

import datetime

import pytest

from vedette.agencies.actions import record_person, record_seat
from vedette.agencies.queries import viewers_of
from vedette.alerts.actions import step_clocks
from vedette.alerts.actions.duties import record_duty
from vedette.alerts.queries import clocks_of, late_clocks
from vedette.audit.models import Entry
from vedette.handling.explaining import explained
from vedette.handling.policy import who_may_see
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.time import now, set_clock
from vedette.programme.actions import (
    acknowledge_duress,
    close_duress,
    drop_safety_check,
    give_sign,
    give_unasked_sign,
    read_safety,
    report_duress,
    set_safety_check,
)
from vedette.programme.models import Duress
from vedette.programme.positions import Position, columns
from vedette.programme.safety import LastKnown, alarms, check_by_id, duress_by_id, last_sign, own_checks

HOUR = datetime.timedelta(hours=1)
HERE = Position(lat=48.85341, lon=2.3488, precision_m=11.2)


def at(hours):
    set_clock(shown=now() + hours * HOUR, speed=1, paused=True)


@pytest.fixture
def officer(cast):
    return cast.viewer("officer_a")


@pytest.fixture
def watch(cast):
    record_duty(cast.seats["watch"], "watch")
    return cast.viewer("watch")


@pytest.fixture
def owed(officer):
    return set_safety_check(officer, due=now() + 2 * HOUR, position=Position("North gate"), note="meets the host")


def test_a_missed_sign_of_life_climbs_its_ladder_and_stands_late_at_the_desk(watch, officer, owed):
    assert (owed.zone, late_clocks(watch, ["safety"])) == ("Europe/Paris", [])
    at(2.1)
    step_clocks()
    (late,) = late_clocks(watch, ["safety"])
    assert (late.clock.seat_id, late.last.duty, late.last.outcome) == (officer.seat_id, "watch", "told")
    board = read_safety(watch)
    assert board.late == 1 and board.owed[0].late and board.owed[0].clock.last.seat_id == watch.seat_id


def test_a_sign_of_life_meets_its_clock_and_keeps_when_it_was_said_and_when_heard(watch, officer, owed):
    said = now() + HOUR
    at(3)
    give_sign(officer, check=owed, position=HERE, at=said)
    row = check_by_id(watch, owed.pk)
    assert (row.done_at, row.told_at > said, row.told_place) == (said, True, "")
    assert (row.told_precision_m, late_clocks(watch, ["safety"]), own_checks(officer)) == (12, [], [])
    assert last_sign(watch, officer.seat_id).at == said
    with pytest.raises(Refused):
        give_sign(officer, check=owed, position=HERE)


def test_a_phone_whose_clock_runs_ahead_gives_no_sign_from_the_future(officer, owed):
    row = give_sign(officer, check=owed, position=HERE, at=now() + 9 * HOUR)
    assert row.done_at <= now()


def test_the_desk_asks_for_a_sign_of_an_officer_who_reads_it_and_cannot_drop_it(cast, watch, officer):
    asked = set_safety_check(watch, seat=cast.seats["officer_a"], due=now() + HOUR)
    assert [row.pk for row in own_checks(officer)] == [asked.pk]
    with pytest.raises(Forbidden):
        drop_safety_check(officer, check=asked, because="It bores me.")
    drop_safety_check(watch, check=asked, because="He is home.")
    assert own_checks(officer) == [] and clocks_of(watch, [asked.pk], "safety")[asked.pk].clock.state == "stopped"
    with pytest.raises(Refused):
        give_sign(officer, check=asked, position=HERE)


def test_nobody_gives_or_sets_a_sign_of_life_of_another_officer(cast, officer, owed):
    other = cast.viewer("officer_b")
    with pytest.raises(Forbidden):
        set_safety_check(other, seat=cast.seats["officer_a"], due=now() + HOUR)
    with pytest.raises(Forbidden):
        give_sign(other, check=owed, position=HERE)
    assert check_by_id(other, owed.pk) is None


def test_what_the_watch_heard_on_the_phone_it_writes_down_for_him(watch, officer, owed):
    row = give_sign(watch, check=owed, position=Position("His hotel"))
    assert (row.done_by, row.told_place) == (watch.seat_id, "His hotel")


@pytest.mark.parametrize(
    ("position", "field"),
    [
        (Position(), "place"),
        (Position(lat=48.0), "lat"),
        (Position(lat=91, lon=2), "lat"),
        (Position(lat=float("nan"), lon=2), "lat"),
    ],
)
def test_a_position_that_says_nothing_is_refused(position, field):
    with pytest.raises(Refused) as refusal:
        columns(position, required=True)
    assert refusal.value.field == field


def test_an_unasked_sign_of_life_tells_the_desk_where_he_last_was(watch, officer):
    made = give_unasked_sign(officer, position=HERE)
    assert (made.due, last_sign(watch, officer.seat_id).lat) == (None, 48.85341)
    assert read_safety(watch).given[0].check.pk == made.pk


def test_a_sign_of_life_that_was_heard_days_later_is_news_and_the_newest_stands_first(cast, watch, officer, owed):
    other = set_safety_check(cast.viewer("officer_b"), due=now() + HOUR)
    given_at = now()
    at(72)
    drop_safety_check(watch, check=other, because="He is home.")
    at(1)
    give_sign(officer, check=owed, position=HERE, at=given_at)
    assert [row.check.pk for row in read_safety(watch).given] == [owed.pk, other.pk]
    at(49)
    assert read_safety(watch).given == []


@pytest.mark.parametrize("due", [-1, 0, 24 * 61])
def test_a_moment_that_has_passed_or_lies_far_off_is_refused(officer, due):
    with pytest.raises(Refused) as refusal:
        set_safety_check(officer, due=now() + due * HOUR)
    assert refusal.value.field == "due"


# Duress


@pytest.fixture
def alarm(watch, officer):
    last = LastKnown(now() - HOUR, "North gate", 48.0, 2.0, 30, "report")
    return report_duress(officer, at=now() - HOUR / 6, handset_label="Phone of A", last=last)


def test_an_alarm_of_duress_is_late_at_once_and_tells_the_watch(watch, officer, alarm):
    step_clocks()
    (late,) = late_clocks(watch, ["duress"])
    assert (late.clock.seat_id, late.last.duty) == (officer.seat_id, "watch")
    (row,) = alarms(watch)
    assert (row.open, row.in_hand, row.duress.place, row.duress.handset_label) == (True, [], "North gate", "Phone of A")


def test_the_seat_that_raised_it_sees_nothing_of_it(cast, officer, alarm):
    assert alarms(officer) == [] and not Duress.objects.seen_by(officer).exists()
    assert all(not Duress.objects.seen_by(cast.viewer(name)).exists() for name in ("narrow", "north_1", "investigator"))


def test_nobody_sees_his_own_alarm_from_the_desk_nor_from_another_of_his_seats(cast, alarm):
    home, person = cast.agencies["home"], cast.seats["officer_a"].person
    wide = {"roles": ["watch", "officer"], "clearance": 3, "groups": ["desk"], "sworn": True}
    own = record_seat(person, home, label="his desk", **wide)
    other = record_seat(record_person(username="x", label="x"), home, label="another", **wide)
    his, colleague = viewers_of([own.id])[own.id], viewers_of([other.id])[other.id]
    record_duty(own, "watch")
    step_clocks()
    assert late_clocks(colleague, ["duress"])[0].last.outcome == "not-cleared"
    assert (duress_by_id(his, alarm.pk), alarms(his), late_clocks(his, ["duress"])) == (None, [], [])
    assert who_may_see([alarm.pk], [his, colleague]) == {alarm.pk: {colleague}}
    with pytest.raises(Missing):
        explained(his, alarm.sheet.reference)
    with pytest.raises(Forbidden):
        acknowledge_duress(his, duress=alarm)
    assert duress_by_id(colleague, alarm.pk) == alarm and explained(colleague, alarm.sheet.reference)


def test_an_alarm_in_hand_climbs_no_further_and_is_closed_with_what_was_done(watch, alarm):
    acknowledge_duress(watch, duress=alarm)
    assert (alarms(watch)[0].in_hand, late_clocks(watch, ["duress"])) == (["watch"], [])
    with pytest.raises(Refused):
        acknowledge_duress(watch, duress=alarm)
    with pytest.raises(Refused) as refusal:
        close_duress(watch, duress=alarm, done=" ")
    assert refusal.value.field == "done"
    close_duress(watch, duress=alarm, done="Called the host; he is safe.")
    assert (alarms(watch)[0].open, alarms(watch)[0].closed_by) == (False, "watch")
    with pytest.raises(Refused):
        close_duress(watch, duress=alarm, done="Again.")


def test_an_alarm_nobody_took_in_hand_may_be_closed_and_its_clock_is_met(watch, alarm):
    close_duress(watch, duress=alarm, done="A drill.")
    assert late_clocks(watch, ["duress"]) == []
    codes = Entry.objects.filter(objects_ids__contains=[alarm.pk]).values_list("code", flat=True)
    assert {"duress.reported", "duress.closed"} <= set(codes)
