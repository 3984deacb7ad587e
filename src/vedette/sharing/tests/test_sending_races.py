"""Two loops that carry one release beside each other, and a recall between them; in a file of its own: it commits."""

import threading

import pytest
from django.db import connection

from vedette.handling.models import Addressee
from vedette.sharing.actions import recall_release, send_waiting
from vedette.sharing.tests.stage import play
from vedette.sharing.tests.test_sending import BATCH, crowd, delivered, running, signed, small_batches

__all__ = ["small_batches"]


@pytest.mark.django_db(transaction=True)
def test_two_loops_beside_each_other_give_nobody_two_and_a_recall_between_them_leaves_nobody_one(
    transactional_db: None,
) -> None:
    paris = play("paris-2015", "PAR-003")
    release = signed(paris, crowd(8 * BATCH))

    def carry() -> None:
        try:
            send_waiting()
        finally:
            connection.close()

    loops = [threading.Thread(target=carry) for _ in range(2)]
    for loop in loops:
        loop.start()
    recall_release(paris.releasing, release=release, because="wrong place")
    for loop in loops:
        loop.join()
    send_waiting()
    assert not Addressee.objects.filter(sheet=release.pk, recalled_at__isnull=True).exists()
    assert running(release, "recall") == delivered(release) <= 8 * BATCH
