"""Clocks, ladders and duties by themselves."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from vedette.alerts.actions import (
    acknowledge_clock,
    record_duty,
    record_ladders,
    set_duty,
    set_ladder,
    start_clock,
    step_clocks,
    stepping,
    stop_clock,
)
from vedette.alerts.models import Clock, Escalation, Ladder
from vedette.alerts.queries import failing_clocks, late_clocks, on_duty, running_clocks
from vedette.handling.actions import new_sheet
from vedette.handling.models import Sheet
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now, set_clock

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def sheet(cast):
    set_clock(shown=now(), speed=1, paused=True)
    return new_sheet(cast.viewer("watch"), kind="task", prefix="TSK")


def later(minutes):
    set_clock(shown=now() + minutes * MINUTE, speed=1, paused=True)


def all_clocks():
    return Clock.objects.as_house("a test looks at every clock")


def test_a_clock_without_a_due_time_gives_as_long_as_its_ladder_says(sheet):
    assert start_clock(sheet, "acknowledge", new_id(), ladder_key="orders").due_at == now() + 5 * MINUTE
    assert start_clock(sheet, "acknowledge", new_id(), ladder_key="silence").due_at == now() + 15 * MINUTE


def test_the_same_clock_started_twice_is_one(sheet):
    subject = new_id()
    first = start_clock(sheet, "acknowledge", subject, now() + MINUTE, "orders")
    assert start_clock(sheet, "acknowledge", subject, now() + 9 * MINUTE, "orders").pk == first.pk


def test_a_clock_that_needs_two_is_met_by_two_different_seats(cast, sheet):
    subject, seats = new_id(), [cast.seats["watch"].id, cast.seats["analyst"].id]
    start_clock(sheet, "acknowledge", subject, now() + MINUTE, "orders", needed=2)
    for seat in (seats[0], seats[0]):
        assert acknowledge_clock(subject, "acknowledge", seat).state == "running"
    assert acknowledge_clock(subject, "acknowledge", seats[1]).state == "met"
    assert acknowledge_clock(subject, "acknowledge", seats[1]) is None


def test_a_stopped_clock_takes_no_step(sheet):
    subject = new_id()
    start_clock(sheet, "acknowledge", subject, now(), "orders")
    assert stop_clock(subject, because="settled") == 1
    later(60)
    assert step_clocks() == 0


@pytest.mark.parametrize("end", ["met", "stopped", "withdrawn", "nothing"])
def test_a_clock_says_whether_it_ran_at_a_moment_however_it_ended(cast, sheet, end):
    subject, began = new_id(), now()
    start_clock(sheet, "acknowledge", subject, now() + MINUTE, "orders")
    later(10)
    if end == "met":
        acknowledge_clock(subject, "acknowledge", cast.seats["watch"].id)
    elif end == "stopped":
        stop_clock(subject)
    elif end == "withdrawn":
        Sheet.objects.filter(pk=sheet.pk).update(withdrawn_at=now())
        step_clocks()
    clock = all_clocks().get()
    ran = [clock.ran_at(began + minutes * MINUTE) for minutes in (-1, 0, 9.9, 10)]
    assert ran == [False, True, True, end == "nothing"]


@pytest.mark.parametrize("kind, together", [("deed", False), ("release", True)])
def test_an_order_has_one_open_clock_and_a_delivery_may_have_two(sheet, kind, together):
    subject = new_id()
    start_clock(sheet, "acknowledge", subject, ladder_key="orders")
    try:
        with transaction.atomic():
            start_clock(sheet, kind, subject, ladder_key="orders")
    except IntegrityError:
        assert not together
    assert all_clocks().count() == 1 + together


def test_a_clock_whose_record_was_withdrawn_ends_and_chases_nobody(sheet):
    start_clock(sheet, "acknowledge", new_id(), now(), "orders")
    Sheet.objects.filter(pk=sheet.pk).update(withdrawn_at=now())
    later(60)
    step_clocks()
    assert not Escalation.objects.as_house("a test counts").exists()
    assert all_clocks().get().state == "stopped"


def test_a_step_that_fails_keeps_its_error_waits_and_then_succeeds(sheet, monkeypatch):
    start_clock(sheet, "acknowledge", new_id(), now(), "orders")
    with monkeypatch.context() as patch:
        patch.setattr(stepping, "on_duty", lambda *_args, **_options: 1 / 0)
        step_clocks()
        assert step_clocks() == 0, "it waits before it tries again"
    (failed,) = failing_clocks()
    assert (failed.attempts, failed.last_error.split(":")[0]) == (1, "ZeroDivisionError")
    assert failed.try_after > real_now()
    all_clocks().update(try_after=real_now())
    assert step_clocks() == 1
    assert failing_clocks() == []


def test_one_failing_clock_does_not_hold_up_the_others(sheet, monkeypatch):
    bad = start_clock(sheet, "acknowledge", new_id(), now() - MINUTE, "orders")
    start_clock(sheet, "acknowledge", new_id(), now(), "orders")
    step = stepping._step
    monkeypatch.setattr(stepping, "_step", lambda clock: 1 / 0 if clock.pk == bad.pk else step(clock))
    assert step_clocks() == 2
    assert Escalation.objects.as_house("a test counts").count() == 1


def test_running_and_late_clocks_are_those_on_what_the_viewer_may_read(cast, sheet):
    hidden = new_sheet(None, kind="task", prefix="TSK", sensitivity=3, groups=["counter"])
    for one in (sheet, hidden):
        start_clock(one, "acknowledge", new_id(), now() + MINUTE, "orders")
    watch = cast.viewer("watch")
    assert [view.clock.sheet_id for view in running_clocks(watch)] == [sheet.pk]
    assert late_clocks(watch) == []
    later(2)
    assert [view.clock.sheet_id for view in late_clocks(watch)] == [sheet.pk]
    assert running_clocks(cast.viewer("north_1")) == []


def test_one_seat_is_on_a_duty_at_a_time_and_who_was_is_kept(cast, sheet):
    began = now()
    record_duty(cast.seats["watch"], "watch")
    later(60)
    record_duty(cast.seats["analyst"], "watch")
    assert on_duty("watch").seat_id == cast.seats["analyst"].id
    assert on_duty("watch", began).seat_id == cast.seats["watch"].id


def test_each_unit_has_its_own_sergeant(cast, sheet):
    for name in ("transit", "liaison"):
        record_duty(cast.seats["sergeant"], "sergeant", unit=cast.units[name])
    assert on_duty("sergeant", unit=cast.units["transit"].id) is not None
    assert on_duty("sergeant") is None
    with pytest.raises(Refused):
        record_duty(cast.seats["sergeant"], "sergeant")


def test_the_watch_sets_who_is_on_duty_and_an_investigator_does_not(cast, sheet):
    set_duty(cast.viewer("watch"), duty="watch", seat=cast.seats["analyst"], reach="line 3")
    assert on_duty("watch").reach == "line 3"
    with pytest.raises(Forbidden):
        set_duty(cast.viewer("investigator"), duty="watch", seat=cast.seats["analyst"])
    with pytest.raises(Refused):
        set_duty(cast.viewer("watch"), duty="watch", seat=cast.seats["north_1"])


def test_a_changed_ladder_holds_for_clocks_to_come(cast, sheet):
    record_ladders()
    before = start_clock(sheet, "acknowledge", new_id(), ladder_key="orders")
    steps = [{"duty": "commander", "minutes": 0}]
    set_ladder(cast.viewer("commander"), key="orders", minutes=2, steps=steps, because="a drill showed it")
    after = start_clock(sheet, "acknowledge", new_id(), ladder_key="orders")
    assert (len(before.ladder.steps), after.ladder.steps) == (3, steps)
    assert after.due_at == now() + 2 * MINUTE
    assert after.ladder in record_ladders()
    assert Ladder.objects.get(key="orders", until__isnull=True).minutes == 2


@pytest.mark.parametrize(
    "steps",
    [[], [{"duty": "nobody", "minutes": 0}], [{"duty": "watch", "minutes": 5}, {"duty": "commander", "minutes": 5}]],
)
def test_a_ladder_that_could_not_be_climbed_is_refused(cast, sheet, steps):
    with pytest.raises(Refused):
        set_ladder(cast.viewer("commander"), key="orders", minutes=5, steps=steps, because="a try")
