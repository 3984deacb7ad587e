"""The same packet twice at a moment; in a file of its own, for it commits."""

import threading

import pytest
from django.db import connection

from tests.cast import the_cast
from vedette.handsets.models import Packet
from vedette.handsets.tests.phone import phone_of
from vedette.reporting.models import Report


@pytest.mark.django_db(transaction=True)
def test_one_packet_sent_four_times_at_a_moment_is_one_report_and_one_answer(transactional_db):
    cast = the_cast()
    phone, other = phone_of(cast), phone_of(cast)
    packet, said = phone.packet(), []

    def send(sender):
        said.append(sender.send(packet))
        connection.close()

    threads = [threading.Thread(target=send, args=(sender,)) for sender in (phone, phone, other, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in said] == [200] * 4
    assert len({answer.content for answer in said}) == 1
    assert Report.objects.as_house("a test counts").count() == 1 == Packet.objects.count()
