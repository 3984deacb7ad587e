"""Due arithmetic: the offsets of a playbook."""

import datetime

import pytest

from vedette.response.durations import parse_duration
from vedette.response.models import Task

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT0S", 0 * HOUR),
        ("PT5M", HOUR / 12),
        ("PT60M", HOUR),
        ("PT1H30M", 1.5 * HOUR),
        ("P3D", 3 * DAY),
        ("P1DT12H", 1.5 * DAY),
        ("P2W", 14 * DAY),
        ("P365D", 365 * DAY),
    ],
)
def test_a_duration_is_read_as_iso_8601_writes_it(text, length):
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "P", "PT", "5M", "P1M", "P1Y", "PT5", "-PT5M", "P1.5D", "PT5M ", "pt5m"])
def test_what_has_no_one_length_is_no_duration(text):
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)


def test_each_task_is_due_its_offset_after_the_start(run):
    plan = {task.key: task.offset for task in run.playbook.plan.tasks}
    for task in Task.objects.as_house("a test looks at every task").filter(run=run):
        assert task.due_at == run.started_at + plan[task.key]


def test_an_offset_of_days_is_as_many_times_24_hours_when_the_clocks_change(run):
    task = Task.objects.as_house("a test looks at one task").get(run=run, key="PB-32")
    assert task.due_at - run.started_at == 180 * DAY
