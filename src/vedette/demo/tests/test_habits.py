"""The invented units answer in time, but for the one that is silent."""

import datetime
import json
from pathlib import Path

import pytest

import vedette.response
from vedette.demo.feed import DATA, read_home_for
from vedette.demo.habits import read_habits
from vedette.response.durations import parse_duration

BOOK = json.loads((Path(vedette.response.__path__[0]) / "playbooks" / "playbook-soft-target.json").read_text())
BEGAN = datetime.datetime(2015, 11, 13, 20, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize("horizon", BOOK["horizons"], ids=lambda row: row["id"])
def test_every_kind_but_the_silent_one_acknowledges_each_column_after_it_is_asked_and_before_its_clock_runs_out(
    horizon,
):
    habits = read_habits()
    asked = BEGAN + parse_duration(horizon["from"])
    kinds = {row["kind"] for row in read_home_for("paris-2015", DATA)["units"]}
    late = [
        kind
        for kind in kinds - habits.silent
        if not asked
        < (habits.acknowledged(horizon["id"], kind, BEGAN) or BEGAN)
        < asked + parse_duration(horizon["acknowledge_within"])
    ]
    assert late == []
    assert [habits.acknowledged(horizon["id"], kind, BEGAN) for kind in habits.silent] == [None]


def test_a_task_is_done_before_it_is_due_and_after_it_was_taken_on():
    habits = read_habits()
    for task in BOOK["tasks"]:
        taken, due = habits.acknowledged(task["horizon"], "legal", BEGAN), BEGAN + parse_duration(task["offset"])
        done = habits.done(task["horizon"], taken, due) if taken else None
        assert done is None or done > taken
        assert done is None or done < due or task["horizon"] == "minutes"
