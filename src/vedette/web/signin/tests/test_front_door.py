"""The front door of a real installation: invitation, code, session, what is locked and what is told."""

import datetime
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from vedette.agencies import codes, locks, signin
from vedette.agencies.actions import expire_accounts, sit_in_demonstration
from vedette.agencies.models import Attempt, Invitation, Lock, Person, Sitting
from vedette.agencies.sittings import device_of
from vedette.config import settings as own_settings
from vedette.kit.time import real_now
from vedette.web.signin.tests.stage import PASSWORD, code_now, entries, sign_in, spelled_secret

OUTSIDE = {"REMOTE_ADDR": "203.0.113.7"}


def test_an_invitation_makes_a_password_an_app_and_ten_codes_and_is_good_once(house):
    link, client = house.link("watch1"), Client()
    secret = spelled_secret(client.get(link).content.decode())
    taken = client.post(link, {"password": PASSWORD, "code": code_now(secret)})
    assert taken["Location"] == "/recovery-codes/"
    shown = client.get("/recovery-codes/").content.decode()
    assert shown.count("<code>") == 10
    assert client.post("/recovery-codes/").status_code == 302
    assert "<code>" not in client.get("/recovery-codes/", follow=True).content.decode()
    assert [entry.objects_ids for entry in entries("person.accepted")] == [[house.seats["watch1"].person_id]]
    thief = Client()
    assert thief.get(link).status_code == 404
    assert thief.post(link, {"password": PASSWORD, "code": code_now(secret, 1)}).status_code == 404
    assert not thief.session.get("person")


@pytest.mark.parametrize("death", ["run out", "replaced", "unknown"])
def test_a_dead_link_says_the_same_whatever_killed_it(house, death):
    link = house.link("watch1")
    if death == "run out":
        Invitation.objects.update(until=real_now() - datetime.timedelta(seconds=1))
    elif death == "replaced":
        house.link("watch1")
    else:
        link = "/invitation/" + "A" * 43 + "/"
    answer = Client().get(link)
    assert (answer.status_code, "opens nothing" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("password", ["short", "password1234", "watch1watch1", "x" * 300])
def test_a_password_among_the_first_that_are_tried_is_refused_and_the_link_stays_good(house, password):
    link, client = house.link("watch1"), Client()
    secret = spelled_secret(client.get(link).content.decode())
    assert client.post(link, {"password": password, "code": code_now(secret)}).status_code == 422
    assert client.post(link, {"password": PASSWORD, "code": code_now(secret)}).status_code == 302


def test_name_password_and_code_open_a_session_with_a_new_key_and_lead_where_was_asked(house):
    secret, _ = house.with_codes("watch1")
    client = Client()
    client.get("/sign-in/?next=/settings/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["vedette_session"] = session.session_key
    answer = client.post(
        "/sign-in/", {"name": " Watch1 ", "password": PASSWORD, "code": code_now(secret), "next": "/settings/"}
    )
    assert answer["Location"] == "/settings/"
    assert client.session.session_key != session.session_key
    assert "planted" not in client.session
    assert not Session.objects.filter(pk=session.session_key).exists()
    assert client.get("/settings/").status_code == 200
    (entry,) = entries("person.signed_in")
    assert (entry.objects_ids, entry.reason) == ([house.seats["watch1"].person_id], "code")


def test_a_code_opens_once_even_within_its_time(house):
    secret, recovery = house.with_codes("watch1")
    code = code_now(secret)
    assert sign_in(Client(), "watch1", code).status_code == 302
    assert sign_in(Client(), "watch1", code).status_code == 422
    assert sign_in(Client(), "watch1", recovery[0].upper()).status_code == 302
    assert sign_in(Client(), "watch1", recovery[0]).status_code == 422
    assert codes.codes_left(house.seats["watch1"].person_id) == 9


@pytest.mark.parametrize(
    ("name", "password", "right_code"),
    [("nobody", PASSWORD, True), ("watch1", "another long password", True), ("watch1", PASSWORD, False)],
)
def test_an_unknown_name_a_wrong_password_and_a_wrong_code_are_answered_alike(house, name, password, right_code):
    secret, _ = house.with_codes("watch1")
    answer = sign_in(Client(), name, code_now(secret) if right_code else "000000", password)
    said = answer.content.decode()
    assert (answer.status_code, "do not fit together" in said) == (422, True)
    assert PASSWORD not in said
    (entry,) = entries("person.refused")
    assert entry.actor is None and name not in entry.reason


def test_five_wrong_tries_lock_the_account_and_a_right_code_then_opens_nothing(house):
    secret, _ = house.with_codes("watch1")
    for _ in range(5):
        sign_in(Client(), "watch1", "000000")
    answer = sign_in(Client(), "watch1", code_now(secret))
    assert "is locked" in answer.content.decode()
    assert sign_in(Client(), "watch2", "000000").status_code == 422
    (lock,) = Lock.objects.all()
    assert lock.person_id == house.seats["watch1"].person_id
    locks.record_release(lock, by=[], because="test")
    assert sign_in(Client(), "watch1", code_now(secret)).status_code == 302


def test_a_name_nobody_has_locks_and_looks_the_same(house):
    said = [sign_in(Client(), "nobody", "000000").content.decode() for _ in range(6)]
    assert "is locked" in said[5] and "is locked" not in said[4]
    assert Lock.objects.get().person is None


def test_five_wrong_tries_from_one_address_lock_the_address_and_not_others(house):
    secret, _ = house.with_codes("watch1")
    for number in range(5):
        sign_in(Client(), f"guess{number}", "000000", **OUTSIDE)
    assert "is locked" in sign_in(Client(), "watch1", code_now(secret), **OUTSIDE).content.decode()
    assert sign_in(Client(), "watch1", code_now(secret), REMOTE_ADDR="203.0.113.8").status_code == 302


def test_locks_leave_open_sessions_alone(house):
    house.with_codes("watch1")
    inside = house.browser("watch1")
    for _ in range(6):
        sign_in(Client(), "watch1", "000000")
    assert inside.get("/settings/").status_code == 200


def test_four_wrong_tries_are_forgotten_by_a_right_one(house):
    secret, recovery = house.with_codes("watch1")
    for _ in range(4):
        sign_in(Client(), "watch1", "000000")
    assert sign_in(Client(), "watch1", code_now(secret)).status_code == 302
    for _ in range(4):
        sign_in(Client(), "watch1", "000000")
    assert sign_in(Client(), "watch1", recovery[0]).status_code == 302


def test_wrong_tries_older_than_15_minutes_do_not_count(house, monkeypatch):
    house.with_codes("watch1")
    for _ in range(4):
        sign_in(Client(), "watch1", "000000")
    later = real_now() + datetime.timedelta(minutes=16)
    monkeypatch.setattr("vedette.agencies.locks.real_now", lambda: later)
    sign_in(Client(), "watch1", "000000")
    assert not Lock.objects.exists()


def test_a_flood_of_wrong_tries_raises_one_alarm(house):
    for number in range(27):
        sign_in(Client(), f"guess{number}", "000000")
    assert len(entries("person.flood")) == 1
    assert locks.flooded()


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "/sign-in/",
    ],
)
def test_next_never_leads_out_of_the_house_or_round_in_circles(house, wanted):
    secret, _ = house.with_codes("watch1")
    client = Client()
    client.get("/sign-in/", {"next": wanted})
    answer = client.post(
        "/sign-in/", {"name": "watch1", "password": PASSWORD, "code": code_now(secret), "next": wanted}
    )
    assert answer["Location"] == "/go/"


def test_a_real_installation_has_no_sign_in_by_one_press(house, rf):
    client = Client()
    assert "Take a seat" not in client.get("/sign-in/").content.decode()
    client.post("/sign-in/", {"seat": str(house.seats["watch1"].id)})
    assert client.get("/settings/").status_code == 302
    request = rf.post("/")
    request.session = client.session
    with pytest.raises(Exception, match="only in a demonstration"):
        sit_in_demonstration(request, str(house.seats["watch1"].id))
    inside = house.browser("watch1", proved=False)
    assert inside.post("/prove/", {"press": "1"}).status_code == 403


def test_the_demonstration_listens_on_this_machine_alone_unless_told(monkeypatch):
    import argparse

    from vedette.config.serve import add_address_options

    monkeypatch.delenv("VEDETTE_LISTEN", raising=False)
    parser = argparse.ArgumentParser()
    add_address_options(parser)
    assert parser.parse_args([]).listen == "127.0.0.1"


def at(monkeypatch, **ahead: float) -> None:
    """Let the door's clock stand so far ahead."""
    moment = real_now() + datetime.timedelta(**ahead)
    monkeypatch.setattr(signin, "real_now", lambda: moment)


def test_a_session_ends_after_12_hours_however_busy(house, monkeypatch):
    client = house.browser("watch1")
    for minutes in range(0, 12 * 60, 29):
        with monkeypatch.context() as patch:
            at(patch, minutes=minutes)
            assert client.get("/settings/").status_code == 200
    at(monkeypatch, hours=12, seconds=1)
    assert client.get("/settings/")["Location"].startswith("/sign-in/")


def test_a_screen_nobody_touches_for_30_minutes_is_locked_until_a_proof(house, monkeypatch):
    secret, _ = house.with_codes("watch1")
    client = house.browser("watch1")
    with monkeypatch.context() as patch:
        at(patch, minutes=29)
        fetched = client.get("/settings/", headers={"Sec-Fetch-Mode": "cors"})
        assert fetched.status_code == 200
    with monkeypatch.context() as patch:
        at(patch, minutes=31)
        away = client.get("/settings/", follow=True)
        assert away.redirect_chain[-1][0].startswith("/locked/?next=")
        assert client.post("/locked/", {"code": code_now(secret), "next": "/settings/"})["Location"] == "/settings/"
        assert client.get("/settings/").status_code == 200
    assert len(entries("person.proved")) == 1


def test_a_wall_board_is_never_locked_for_want_of_a_hand(house, monkeypatch):
    seat = house.seats["watch1"]
    seat.wall = True
    seat.save()
    client = house.browser("watch1")
    at(monkeypatch, hours=3)
    assert client.get("/settings/").status_code == 200
    assert client.post("/lock/", headers={"Accept": "application/json"}).json() == {"locked": False}


def test_a_screen_locked_by_hand_opens_nothing_and_can_be_left(house):
    client = house.browser("watch1")
    client.post("/lock/")
    assert client.get("/settings/people/")["Location"].startswith("/sign-in/")
    client.post("/sign-out/")
    assert client.get("/locked/")["Location"] == "/go/"
    assert Sitting.objects.get().until is not None


def test_accounts_unused_for_90_days_and_temporary_ones_after_72_hours_are_switched_off(house):
    long_ago, lately = real_now() - datetime.timedelta(days=91), real_now() - datetime.timedelta(hours=73)
    Person.objects.filter(username="watch1").update(last_login=long_ago)
    Person.objects.filter(username="watch2").update(made_at=long_ago, last_login=real_now())
    Person.objects.filter(username="north").update(temporary=True, made_at=lately, last_login=real_now())
    inside = house.browser("north")
    assert expire_accounts() == 2
    assert set(Person.objects.filter(is_active=False).values_list("username", flat=True)) == {"watch1", "north"}
    assert inside.get("/settings/").status_code == 302
    assert expire_accounts() == 0


def test_an_account_switched_off_is_refused_like_an_unknown_name(house):
    secret, _ = house.with_codes("watch1")
    Person.objects.filter(username="watch1").update(is_active=False)
    assert "do not fit together" in sign_in(Client(), "watch1", code_now(secret)).content.decode()


def test_what_is_typed_at_the_door_is_stored_nowhere(house):
    sign_in(Client(), "a-name-typed-by-somebody", "000000", "a password typed by somebody")
    assert "typed" not in str(list(Attempt.objects.values())) + str(
        [entry.reason for entry in entries("person.refused")]
    )


@pytest.mark.fault
def test_it_takes_as_long_to_refuse_an_unknown_name_as_a_wrong_password(house, settings):
    settings.PASSWORD_HASHERS = own_settings.PASSWORD_HASHERS
    house.with_codes("watch1")
    took: dict[str, list[float]] = {"watch1": [], "nobody": [], "watch2": []}
    for _ in range(7):
        for name, times in took.items():
            Attempt.objects.all().delete()
            Lock.objects.all().delete()
            began = time.perf_counter()
            sign_in(Client(), name, "000000", "a wrong long password")
            times.append(time.perf_counter() - began)
    least = [min(times) for times in took.values()]
    assert max(least) < 1.4 * min(least)


def test_the_sign_in_page_says_what_was_asked_for(house):
    assert "You asked for Settings" in Client().get("/sign-in/?next=/settings/people/").content.decode()


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36", "Chrome on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", "a program"),
    ],
)  # fmt: skip
def test_a_device_is_called_in_a_few_words(agent, device):
    assert device_of(agent) == device
