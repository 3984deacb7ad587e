"""The receipts of a report from a phone: how long it took, whose clock was wrong, what is still coming."""

import re

import pytest

from vedette.handsets.models import Upload
from vedette.handsets.tests.phone import HOUR_MS, file_said, flash, ms, phone_of
from vedette.kit.ids import new_id

pytestmark = pytest.mark.django_db
KEY = b"k" * 32


def said(cast, answer, seat="watch"):
    page = cast.signed_in(seat).get(f"/reports/{answer.json()['id']}/receipts/")
    return re.sub(r"\s+", " ", page.content.decode())


def test_a_report_that_waited_says_how_long_and_a_right_clock_says_nothing(cast):
    phone = phone_of(cast)
    page = said(cast, phone.send(phone.packet(written_at=ms() - 42 * 60_000 - 5_000)))
    assert "Written on the phone" in page and "It came 42 min after it was written." in page
    assert "clock" not in page.replace("icon-clock", "") and "not yet" in page
    # The head of the pane takes it along, so that it never says otherwise than its receipts.
    assert 'id="report-read" hx-swap-oob="true"' in page and "Not yet read" in page


@pytest.mark.parametrize(("hours", "word"), [(9, "9 h ahead"), (-9, "9 h behind")])
def test_a_wrong_clock_is_said_with_both_readings(cast, hours, word):
    phone = phone_of(cast, ahead_ms=hours * HOUR_MS)
    page = said(cast, phone.send(phone.packet()))
    assert f"The phone’s clock was {word}: its times are corrected by it." in page and "ours at receipt" in page
    assert "set between" not in page


def test_a_clock_that_was_set_in_between_is_said(cast):
    phone = phone_of(cast)
    page = said(cast, phone.send(phone.packet(written_at=ms() + 9 * HOUR_MS, clock_said=9 * HOUR_MS)))
    assert "set between writing and sending" in page and "knew itself 9 h ahead" in page


def test_files_that_are_still_to_come_are_told_with_how_much_has_come_and_why_not(cast):
    phone = phone_of(cast)
    files = [file_said(b"x" * 2_000_000, KEY, name) for name in ("waits.jpg", "begun.jpg", "refused.jpg", "there.jpg")]
    answer = phone.send(phone.packet(body=flash(), files=files))
    rows = Upload.objects.as_house("a test says how they stand")
    rows.filter(name="begun.jpg").update(began_at=cast.seats["watch"].since)
    rows.filter(name="refused.jpg").update(state="refused", reason="It carries a program.")
    rows.filter(name="there.jpg").update(state="attached")
    page = said(cast, answer)
    assert "begun.jpg is still coming: 0 bytes of 1.9 MB" in page and "waits.jpg (1.9 MB) waits on the phone" in page
    assert "refused.jpg: It carries a program." in page and "there.jpg" not in page


def test_a_report_that_came_by_no_phone_has_its_path_all_the_same(cast):
    report = cast.report()
    page = cast.signed_in("watch").get(f"/reports/{report.pk}/receipts/").content.decode()
    assert "Written" in page and "On the desk" in page
    assert cast.signed_in("watch").get(f"/reports/{new_id()}/receipts/").status_code == 404
    assert (
        f'hx-get="/reports/{report.pk}/receipts/"'
        in cast.signed_in("watch").get(f"/?report={report.pk}").content.decode()
    )
