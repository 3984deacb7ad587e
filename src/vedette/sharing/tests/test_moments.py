"""Who was informed at a moment: releases signed, deliveries, receipts, recalls by then, of what the viewer may see now."""

import datetime

import pytest

from vedette.alerts.actions import step_clocks
from vedette.kit.time import now, set_clock
from vedette.sharing.actions import acknowledge_release, act_on_release, open_release, recall_release
from vedette.sharing.matrix import Matrix, matrix
from vedette.sharing.queries import Reach
from vedette.sharing.tests.stage import Stage, signed

MINUTE = datetime.timedelta(minutes=1)


class Evening:
    """A police version signed at 0, opened at 5, acknowledged at 30, acted on at 35, recalled at 60; one more at 50."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.began = stage, now()
        boston = stage.partner("pt-bos")
        self.first = signed(stage, "police", "pt-bos")
        self.to(5)
        open_release(boston, release=self.first.pk)
        self.to(16)
        step_clocks()
        self.to(30)
        acknowledge_release(boston, release=self.first.pk)
        self.to(35)
        act_on_release(boston, release=self.first.pk, text="Patrols doubled.")
        self.to(50)
        self.second = signed(stage, "bulletin", "unit:transit")
        self.to(60)
        recall_release(stage.releasing, release=self.first, because="A place in it was wrong.")
        self.to(90)

    def to(self, minutes: float) -> None:
        """Move the shown clock to so many minutes after the first signature."""
        set_clock(shown=self.at(minutes), speed=1, paused=True)

    def at(self, minutes: float) -> datetime.datetime:
        """So many minutes after the first signature."""
        return self.began + minutes * MINUTE

    def matrix(self, minutes: float) -> Matrix:
        """Who was informed then, as the watch sees it."""
        return matrix(self.stage.watch, self.stage.main, self.at(minutes))

    def boston(self, minutes: float) -> Reach:
        """The line of the partner."""
        return next(row for row in self.matrix(minutes).rows if not row.ours)


@pytest.fixture
def evening(paris: Stage) -> Evening:
    """That evening, looked at 90 minutes later."""
    return Evening(paris)


@pytest.mark.parametrize(
    "minutes, opened, acknowledged, acted, recalled",
    [
        (1, False, False, False, False),
        (5, True, False, False, False),
        (29, True, False, False, False),
        (30, True, True, False, False),
        (35, True, True, True, False),
        (59, True, True, True, False),
        (60, True, True, True, True),
    ],
)
def test_a_line_holds_the_receipts_and_the_recall_that_were_there_by_then(
    evening: Evening, minutes: float, opened: bool, acknowledged: bool, acted: bool, recalled: bool
) -> None:
    row = evening.boston(minutes)
    assert row.delivered == evening.began
    assert (bool(row.opened), bool(row.acknowledged), bool(row.acted), row.recalled) == (
        opened, acknowledged, acted, recalled,
    )  # fmt: skip


def test_silence_is_counted_to_that_moment_with_the_clock_and_its_steps(evening: Evening) -> None:
    before, late, answered = (evening.boston(minutes) for minutes in (14, 29, 31))
    assert (before.silent_minutes, before.late, late.silent_minutes, late.late) == (14, False, 29, True)
    assert answered.silent_minutes is None and not answered.late
    assert [bool(row.clock and row.clock.running) for row in (before, late, answered)] == [True, True, False]
    assert [len(row.clock.escalations) if row.clock else 0 for row in (before, late)] == [0, 1]
    assert [evening.matrix(minutes).silent for minutes in (14, 29, 31)] == [0, 1, 0]


def test_what_was_signed_later_was_not_there_and_its_recipients_were_told_nothing(evening: Evening) -> None:
    assert evening.matrix(-1).rows == []
    early, late = evening.matrix(49), evening.matrix(50)
    assert [row.release.pk for row in early.rows] == [evening.first.pk]
    assert {row.release.pk for row in late.rows} == {evening.first.pk, evening.second.pk}
    told_nothing = ["transit" in {unit.key for unit in found.untold} for found in (early, late)]
    assert told_nothing == [True, False]


def test_a_partner_reads_of_then_no_more_than_his_own_line_of_now(evening: Evening) -> None:
    stage = evening.stage
    rows = matrix(stage.partner("pt-bos"), stage.main, evening.at(55)).rows
    assert {row.release.pk for row in rows} <= {evening.first.pk}
    assert matrix(stage.partner("pt-jttf"), stage.main, evening.at(55)).rows == []
