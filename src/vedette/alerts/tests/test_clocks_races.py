"""Loops beside each other; in a file of its own, for it commits."""

import datetime
import threading

import pytest
from django.db import connection, transaction

from tests.cast import the_cast
from vedette.alerts import queries
from vedette.alerts.actions import start_clock, step_clocks
from vedette.alerts.models import Escalation
from vedette.handling.actions import new_sheet
from vedette.kit.ids import new_id
from vedette.kit.time import now, set_clock

MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_two_loops_beside_each_other_take_every_step_once(transactional_db):
    cast = the_cast()
    set_clock(shown=now(), speed=1, paused=True)
    sheet = new_sheet(cast.viewer("watch"), kind="task", prefix="TSK")
    with transaction.atomic():
        for _ in range(20):
            start_clock(sheet, "acknowledge", new_id(), now() - MINUTE, "orders")
    taken = []

    def loop():
        taken.append(step_clocks())
        connection.close()

    threads = [threading.Thread(target=loop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == Escalation.objects.as_house("a test counts").count() == 20
    assert queries.waiting_steps() == 0
