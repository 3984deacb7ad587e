"""Keeping people: who may, what is asked first, two watch seats together, the glass, one's own keys."""

import datetime

import pytest
from django.test import Client

from vedette.agencies.models import GlassBreak, Lock, Person, SeatChange
from vedette.agencies.queries import seat_viewer
from vedette.handling import locking, own_security, people
from vedette.handling.people import SeatDraft
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.time import real_now
from vedette.web.signin.tests.stage import code_now, entries, sign_in

PLACES = ["/settings/people/", "/settings/people/invite/", "/settings/house/", "/settings/locks/"]


def draft(house, **values) -> SeatDraft:
    plain = {"agency": house.agencies["home"].id, "label": "Watch officer 9", "roles": ("watch",)}
    return SeatDraft(**{**plain, **values})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("who", "answer"), [("keeper", 200), ("north", 403), (None, 302)])
def test_people_are_kept_by_administrators_alone(house, place, who, answer):
    client = house.browser(who) if who else Client()
    assert client.get(place).status_code == answer


@pytest.mark.parametrize("who", ["watch1", "chief"])
def test_the_watch_sees_locks_and_nothing_of_people(house, who):
    client = house.browser(who)
    assert [client.get(place).status_code for place in PLACES] == [403, 403, 403, 200]


def test_everyone_sees_his_own_security_and_no_tab_he_cannot_open(house):
    said = house.browser("north").get("/settings/").content.decode()
    assert "My security" in said and "People and seats" not in said


def test_inviting_by_page_makes_a_person_a_seat_and_a_link_shown_once(house):
    client = house.browser("keeper")
    typed = {
        "username": "Watch9",
        "agency": str(house.agencies["home"].id),
        "unit": "",
        "seat_label": "Watch officer 9",
    }
    answer = client.post(
        "/settings/people/invite/", {**typed, "roles": ["watch"], "clearance": "3", "groups": "desk, Narco"}
    )
    link = answer.content.decode().split("/invitation/")[1].split("/")[0]
    assert Client().get(f"/invitation/{link}/").status_code == 200
    seat = Person.objects.get(username="watch9").seats.get()
    assert (seat.roles, seat.clearance, seat.groups) == (["watch"], 3, ["desk", "narco"])
    assert link not in client.get("/settings/people/").content.decode()
    again = client.post("/settings/people/invite/", {**typed, "roles": ["watch"], "clearance": "3"})
    assert (again.status_code, "taken" in again.content.decode()) == (422, True)


def test_a_privileged_act_without_a_fresh_proof_leads_to_the_proof_and_back(house):
    secret, _ = house.with_codes("keeper")
    client = house.browser("keeper", proved=False)
    page = f"/settings/people/{house.seats['watch1'].id}/"
    asked = client.get("/settings/people/invite/")
    assert asked["Location"] == "/prove/?next=%2Fsettings%2Fpeople%2Finvite%2F"
    sent = client.post(f"{page}suspend/", {"because": "left"}, headers={"Referer": f"http://testserver{page}"})
    assert sent["Location"].startswith("/prove/?next=") and "again=1" in sent["Location"]
    assert entries("person.suspended") == []
    assert client.post("/prove/", {"code": "000000", "next": page}).status_code == 422
    assert client.post("/prove/", {"code": code_now(secret), "next": page})["Location"] == page
    assert client.post(f"{page}suspend/", {"because": "left"})["Location"] == page
    assert [entry.reason for entry in entries("person.suspended")] == ["left"]


def test_a_proof_older_than_ten_minutes_is_none(house):
    seat = house.seats["keeper"]
    stale = seat_viewer(seat.id, seat.person_id, real_now() - datetime.timedelta(minutes=10, seconds=1))
    with pytest.raises(Forbidden) as refusal:
        people.invite(stale, username="a", label="a", seat=draft(house))
    assert refusal.value.way_out == "prove"


def test_changing_a_seat_keeps_what_it_was_and_reaches_its_open_session(house):
    inside = house.browser("watch1")
    assert inside.get("/settings/locks/").status_code == 200
    keeper, seat = house.viewer("keeper"), house.seats["watch1"]
    people.set_seat(
        keeper, seat=seat.id, draft=draft(house, label=seat.label, roles=("investigator",)), because="moved"
    )
    assert inside.get("/settings/locks/").status_code == 403
    rows = list(SeatChange.objects.filter(seat=seat).order_by("since"))
    assert [row.attributes["roles"] for row in rows] == [["watch"], ["investigator"]]
    assert rows[0].until == rows[1].since and rows[1].by == keeper.seat_id


def test_a_suspended_seat_gets_nothing_until_it_is_given_back(house):
    inside, keeper, seat = house.browser("watch1"), house.viewer("keeper"), house.seats["watch1"]
    people.suspend(keeper, seat=seat.id, because="left")
    assert inside.get("/settings/").status_code == 302
    people.restore(keeper, seat=seat.id, because="came back")
    assert inside.get("/settings/").status_code == 200


def test_the_last_administrator_stays(house):
    keeper = house.viewer("keeper")
    with pytest.raises(Refused, match="last administrator"):
        people.suspend(keeper, seat=keeper.seat_id, because="why not")
    with pytest.raises(Refused, match="last administrator"):
        people.set_seat(keeper, seat=keeper.seat_id, draft=draft(house), because="why not")


@pytest.mark.parametrize(
    "values", [{"roles": ()}, {"roles": ("king",)}, {"clearance": 9}, {"roles": ("partner",)}, {"label": " "}]
)
def test_a_seat_that_makes_no_sense_is_refused(house, values):
    with pytest.raises(Refused):
        people.invite(house.viewer("keeper"), username="new", label="New", seat=draft(house, **values))


def locked(house) -> Lock:
    for _ in range(5):
        sign_in(Client(), "chief", "000000")
    return Lock.objects.get()


def test_two_watch_seats_of_two_people_release_a_lock_together(house):
    lock, first, second = locked(house), house.viewer("watch1"), house.viewer("watch2")
    assert locking.release_lock(first, lock=lock.id, because="called back on his number") is None
    with pytest.raises(Conflict, match="second person"):
        locking.release_lock(first, lock=lock.id, because="again")
    assert locking.release_lock(second, lock=lock.id, because="I know his voice") is not None
    lock.refresh_from_db()
    assert set(lock.released_by) == {first.seat_id, second.seat_id}
    assert len(entries("person.lock_proposed")) == len(entries("person.released")) == 1


def test_an_administrator_releases_alone_and_nobody_his_own(house):
    lock = locked(house)
    with pytest.raises(Refused, match="his own"):
        locking.release_lock(house.viewer("chief"), lock=lock.id, because="it is me")
    with pytest.raises(Forbidden):
        locking.release_lock(house.viewer("north"), lock=lock.id, because="please")
    assert locking.release_lock(house.viewer("keeper"), lock=lock.id, because="called back") is not None
    with pytest.raises(Missing):
        locking.release_lock(house.viewer("keeper"), lock=lock.id, because="again")


def test_a_proposal_runs_out_after_half_an_hour(house, monkeypatch):
    lock = locked(house)
    locking.release_lock(house.viewer("watch1"), lock=lock.id, because="called back")
    later = real_now() + datetime.timedelta(minutes=31)
    second = house.viewer("watch2")
    monkeypatch.setattr("vedette.handling.locking.real_now", lambda: later)
    assert locking.release_lock(second, lock=lock.id, because="now") is None


def test_an_account_locked_by_hand_is_shut_for_codes_and_sessions(house):
    secret, _ = house.with_codes("watch1")
    inside = house.browser("watch1")
    made = locking.lock(house.viewer("keeper"), person=house.seats["watch1"].person_id, because="phone stolen")
    assert made is not None and made.whole
    assert inside.get("/settings/").status_code == 302
    assert sign_in(Client(), "watch1", code_now(secret)).status_code == 422


def test_the_glass_is_broken_with_a_reason_for_an_hour_at_most(house):
    chief = house.viewer("chief")
    for minutes, because in ((61, "a reason"), (0, "a reason"), (60, " ")):
        with pytest.raises(Refused):
            locking.break_glass(chief, because=because, minutes=minutes)
    with pytest.raises(Forbidden):
        locking.break_glass(house.viewer("north"), because="a reason", minutes=5)
    locking.break_glass(chief, because="explosion at the harbour", minutes=15)
    assert house.viewer("chief").glass_broken
    assert GlassBreak.objects.get().because == entries("glass.broken")[0].reason
    assert "explosion at the harbour" in house.browser("watch1").get("/settings/locks/").content.decode()


def test_one_ends_ones_own_sessions_and_no_other_persons(house):
    here, there, other = house.browser("watch1"), house.browser("watch1"), house.browser("watch2")
    sitting = there.session["sitting"]
    assert other.post("/settings/sessions/end/", {"sitting": sitting}).status_code == 404
    assert there.get("/settings/").status_code == 200
    here.post("/settings/sessions/end/", {"sitting": sitting})
    assert there.get("/settings/").status_code == 302
    third = house.browser("watch1")
    here.post("/settings/sessions/end/")
    assert (here.get("/settings/").status_code, third.get("/settings/").status_code) == (200, 302)


def test_new_recovery_codes_make_the_old_ones_worthless(house):
    _, old = house.with_codes("watch1")
    fresh = own_security.renew_own_codes(house.viewer("watch1"))
    assert sign_in(Client(), "watch1", old[0]).status_code == 422
    assert sign_in(Client(), "watch1", fresh[0]).status_code == 302


@pytest.mark.parametrize(
    "place", ["/settings/recovery/", "/settings/passkey/", "/settings/app/", "/settings/password/"]
)
def test_ones_own_keys_ask_for_a_fresh_proof(house, place):
    client = house.browser("watch1", proved=False)
    answer = client.post(place, "{}", content_type="application/json")
    assert answer.status_code == 302 and answer["Location"].startswith("/prove/")
