"""Phones are set up by officers, make contact without a session, and wipe themselves once they are revoked."""

import datetime
import json
from dataclasses import replace

import pytest
from django.test import Client

from tests.cast import Cast, sign_in
from vedette.agencies.actions import record_seat
from vedette.agencies.models import Seat
from vedette.agencies.queries import viewers_of
from vedette.audit.models import Entry
from vedette.handsets.actions import revoke_handset, revoke_own_handset
from vedette.handsets.models import Handset
from vedette.handsets.queries import handsets_of
from vedette.handsets.tests.phone import HOUR_MS, Phone, ms, phone_of, post
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now, set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast)


def proved(cast, name):
    return replace(cast.viewer(name), proved_at=real_now())


def row(phone: Phone) -> Handset:
    return Handset.objects.get(id=phone.id)


def test_an_officer_sets_up_a_phone_and_the_house_keeps_neither_token_nor_key_in_the_clear(phone):
    kept = row(phone)
    assert phone.token.encode() not in bytes(kept.token) and len(bytes(kept.wrapped)) == 60
    assert phone.jwk["kid"] == phone.id and phone.jwk["crv"] == "P-256" and "d" not in phone.jwk


@pytest.mark.parametrize("seat", ["watch", "north_1", "investigator"])
def test_nobody_else_sets_one_up(cast, seat):
    answer = cast.signed_in(seat).post("/api/v1/handsets", json.dumps({"label": "x"}), content_type="application/json")
    assert answer.status_code == 403


def test_five_phones_are_enough_for_a_seat(cast):
    for _ in range(5):
        phone_of(cast)
    again = cast.signed_in("officer_a").post("/api/v1/handsets", '{"label": "x"}', content_type="application/json")
    assert again.status_code == 422 and again.json()["field"] == "label"


def test_contact_without_a_session_says_sign_in_and_keeps_how_the_phone_stands(phone):
    phone.ahead_ms = 9 * HOUR_MS
    answer = phone.contact(waiting=3, oldest_waiting=phone.clock() - HOUR_MS, version="1.2").json()
    kept = row(phone)
    assert answer["state"] == "sign-in" and answer["csrf"] and answer["seat"] == "officer_a" and answer["clock"] is None
    assert abs(answer["server_time"] - ms()) < 20_000
    assert (kept.waiting, kept.version) == (3, "1.2") and abs(kept.offset_ms - 9 * HOUR_MS) < 20_000
    hour = datetime.timedelta(hours=1)
    assert abs(real_now() - hour - kept.oldest_waiting_at) < datetime.timedelta(seconds=20)


def test_contact_in_a_session_of_the_seat_is_well_and_in_another_ones_it_is_not(cast, phone):
    assert phone.contact(browser=phone.browser).json()["state"] == "ok"
    assert phone.contact(browser=cast.signed_in("officer_b")).json()["state"] == "sign-in"


def test_contact_tells_the_shown_clock_where_there_is_one(phone):
    shown = datetime.datetime(2015, 11, 13, 21, 0, tzinfo=datetime.UTC)
    set_clock(shown=shown, speed=20, paused=True)
    assert phone.contact().json()["clock"] == {"shown": shown.timestamp(), "speed": 20.0, "paused": True}


def test_a_token_that_is_not_known_never_wipes(phone):
    for handset, token in ((phone.id, "x"), (str(new_id()), phone.token), ("", "")):
        answer = post(Client(), "/api/v1/handsets/contact", {"device_time": ms()}, handset, token)
        assert answer.status_code == 401 and "state" not in answer.json()
    none = Client().post("/api/v1/handsets/contact", json.dumps({"device_time": ms()}), content_type="application/json")
    assert none.status_code == 401
    assert row(phone).contact_at is None


def test_contact_with_nonsense_is_refused(phone):
    assert phone.contact(device_time=-5).status_code == 422
    assert phone.contact(device_time=10**17).status_code == 422
    assert phone.contact(waiting=-4, version="x" * 41).status_code == 422


def test_a_contact_keeps_no_screen_open(phone):
    session = phone.browser.session
    used = session["used"] = (real_now() - datetime.timedelta(minutes=10)).isoformat()
    session.save()
    phone.contact(browser=phone.browser)
    assert phone.browser.session["used"] == used


def test_a_revoked_phone_is_told_to_wipe_with_and_without_a_session_and_sends_nothing_more(cast, phone):
    phone.contact(waiting=2)
    revoke_handset(proved(cast, "administrator"), handset=row(phone).id, because="lost in a taxi")
    assert phone.contact().json()["state"] == "wipe" == phone.contact(browser=phone.browser).json()["state"]
    assert phone.send(phone.packet()).status_code == 410
    assert row(phone).revoked_because == "lost in a taxi"


def test_a_phone_says_once_that_it_wiped_itself(phone):
    for _ in range(2):
        assert post(Client(), "/api/v1/handsets/wiped", {}, phone.id, phone.token).status_code == 200
    assert Entry.objects.filter(code="handset.wiped").count() == 1 and row(phone).wiped_at
    assert post(Client(), "/api/v1/handsets/wiped", {}, phone.id, "x").status_code == 401
    assert phone.contact().json()["state"] == "wipe" and phone.send(phone.packet()).status_code == 410


def test_its_owner_revokes_it_alone_and_nobody_elses(cast, phone):
    with pytest.raises(Missing):
        revoke_own_handset(proved(cast, "officer_b"), handset=row(phone).id, because="x")
    with pytest.raises(Forbidden):
        revoke_own_handset(cast.viewer("officer_a"), handset=row(phone).id, because="x")
    with pytest.raises(Refused):
        revoke_own_handset(proved(cast, "officer_a"), handset=row(phone).id, because=" ")
    revoke_own_handset(proved(cast, "officer_a"), handset=row(phone).id, because="sold")
    with pytest.raises(Missing):
        revoke_own_handset(proved(cast, "officer_a"), handset=row(phone).id, because="sold")


def test_two_watch_seats_revoke_it_together(cast, phone):
    assert revoke_handset(proved(cast, "watch"), handset=row(phone).id, because="not answering") is None
    with pytest.raises(Conflict):
        revoke_handset(proved(cast, "watch"), handset=row(phone).id, because="not answering")
    assert phone.contact().json()["state"] == "sign-in"
    assert revoke_handset(proved(cast, "commander"), handset=row(phone).id, because="stolen")
    assert phone.contact().json()["state"] == "wipe"
    with pytest.raises(Forbidden):
        revoke_handset(proved(cast, "analyst"), handset=row(phone).id, because="x")


@pytest.mark.parametrize("over", ["revoked_at", "wiped_at"])
def test_a_phone_that_counts_no_more_leaves_the_list_after_three_months(cast, phone, over):
    def listed(days: int) -> int:
        at = {over: real_now() - datetime.timedelta(days=days), "revoked_by": cast.seats["watch"]}
        Handset.objects.filter(id=row(phone).id).update(**at)
        return len(handsets_of(cast.viewer("watch")))

    assert (listed(89), listed(91)) == (1, 0)


def test_a_phone_whose_seat_has_ended_is_set_up_anew_for_its_owners_next_one(cast, phone):
    packet = phone.packet()
    first = phone.send(packet).json()
    mine, person = cast.seats["officer_a"], cast.seats["officer_a"].person
    following = record_seat(person, cast.agencies["home"], label="officer_c", roles=("officer",), since=mine.since)
    browser = sign_in(viewers_of([following.id])[following.id])
    assert phone.contact(browser=browser).json()["state"] == "sign-in"
    Seat.objects.filter(id=mine.id).update(suspended_at=now())
    assert phone.contact(browser=browser).json()["state"] == "sign-in"
    Seat.objects.filter(id=mine.id).update(until=now())
    assert phone.contact(browser=browser).json()["error"] == "notknown"
    assert (
        phone.contact().json()["state"]
        == "sign-in"
        == phone.contact(browser=cast.signed_in("officer_b")).json()["state"]
    )
    made = browser.post("/api/v1/handsets", json.dumps({"label": "again"}), content_type="application/json").json()
    again = Phone(made["id"], made["token"], made["sealing"], browser)
    assert again.send(packet).json() == first
