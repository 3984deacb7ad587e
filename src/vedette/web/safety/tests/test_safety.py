"""The page of officers' safety, and the banner of an alarm."""

import datetime

import pytest

from vedette.handsets.models import Handset
from vedette.handsets.tests.phone import HOUR_MS, phone_of
from vedette.kit.time import now, real_now, set_clock
from vedette.programme.actions import report_duress, set_safety_check
from vedette.programme.safety import alarms, safety_board

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def owed(cast):
    return set_safety_check(cast.viewer("officer_a"), due=now() + 2 * HOUR, note="meets the host")


def test_the_desk_asks_writes_down_and_drops(cast, owed):
    watch = cast.signed_in("watch")
    typed = {
        "seat": cast.seats["officer_b"].id,
        "due": "2030-01-01T10:00",
        "zone": "Mars/Base",
        "place": "",
        "note": "x",
    }
    answer = watch.post("/safety/ask/", typed)
    assert answer.status_code == 422 and "no time zone" in answer.content.decode()
    soon = (now() + 5 * HOUR).astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M")
    assert watch.post("/safety/ask/", {**typed, "due": soon, "zone": "UTC"}).status_code == 302
    assert len(safety_board(cast.viewer("watch")).owed) == 2
    assert watch.post(f"/safety/{owed.pk}/sign/", {"place": ""}).status_code == 422
    assert watch.post(f"/safety/{owed.pk}/sign/", {"place": "His hotel"}).status_code == 302
    page = watch.get("/safety/").content.decode()
    assert "His hotel" in page and "written down by watch" in page
    left = safety_board(cast.viewer("watch")).owed[0].check
    assert watch.post(f"/safety/{left.pk}/drop/", {"because": "He is home."}).status_code == 302
    assert "He is home." in watch.get("/safety/?part=board").content.decode()


def test_an_alarm_stands_red_on_every_page_of_the_desk_until_it_is_closed(cast):
    report_duress(cast.viewer("officer_a"), handset_label="Phone of A")
    watch = cast.signed_in("watch")
    assert 'id="duress-alarms"' in watch.get("/").content.decode()
    assert "nobody has it in hand" in watch.get("/safety/alarms/").content.decode()
    (row,) = alarms(cast.viewer("watch"))
    watch.post(f"/safety/duress/{row.duress.pk}/acknowledge/")
    assert "in hand: watch" in watch.get("/safety/alarms/").content.decode()
    assert watch.post(f"/safety/duress/{row.duress.pk}/close/", {"done": ""}).status_code == 422
    watch.post(f"/safety/duress/{row.duress.pk}/close/", {"done": "He is safe."})
    assert watch.get("/safety/alarms/").content.decode().strip() == ""
    assert "He is safe." in watch.get("/safety/").content.decode()


def test_who_answers_no_alarms_hears_of_none(cast):
    report_duress(cast.viewer("officer_a"), handset_label="Phone of A")
    for name in ("officer_a", "narrow", "investigator"):
        client = cast.signed_in(name)
        assert client.get("/safety/alarms/").status_code == 403
        assert "Phone of A" not in client.get("/safety/").content.decode()
        assert "duress-alarms" not in client.get("/ask/").content.decode()


def test_the_desk_sees_which_phones_are_silent_and_what_waits_on_them(cast):
    silent, well = phone_of(cast, "officer_a"), phone_of(cast, "officer_b", ahead_ms=9 * HOUR_MS)
    silent.contact(waiting=3)
    well.contact()
    Handset.objects.filter(id=silent.id).update(contact_at=real_now() - 5 * HOUR)
    page = cast.signed_in("watch").get("/safety/phones/").content.decode()
    assert "1 silent" in page and "3 wait on the phone" in page and "9 h ahead" in page
    assert page.index("officer_a") < page.index("officer_b")
    assert 'hx-get="/safety/phones/"' in cast.signed_in("watch").get("/safety/").content.decode()
    assert cast.signed_in("officer_a").get("/safety/phones/").status_code == 403


def test_a_missed_sign_of_life_stands_at_the_foot_of_the_desk_and_on_the_shift(cast, owed):
    set_clock(shown=now() + 3 * HOUR, speed=1, paused=True)
    watch = cast.signed_in("watch")
    for page in ("/", "/shift/"):
        text = watch.get(page).content.decode()
        assert "no sign of life" in text and owed.sheet.reference in text
    report_duress(cast.viewer("officer_b"))
    foot = watch.get("/?part=runbar").content.decode()
    assert foot.index("under duress") < foot.index("no sign of life"), "who is in danger stands first"
