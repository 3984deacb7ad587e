"""Attacks on who is asking: foreign seats in a session, other people's seats, where sign-in sends one on."""

import pytest
from django.http import HttpRequest
from django.test import Client

from tests.cast import sign_in, someone
from tests.house.facts import HOUR
from vedette.agencies.actions import sit_in_demonstration, switch_seat
from vedette.agencies.models import Person, Seat
from vedette.agencies.queries import seats_in_force, seats_of
from vedette.agencies.signin import PERSON, PROVED, SEAT, sit_down
from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden
from vedette.kit.time import now


def forged(client: Client, **values: object) -> Client:
    """The browser's session with these values written over it."""
    session = client.session
    session.update(values)
    session.save()
    return client


def signed_out(client: Client) -> bool:
    answer = client.get("/")
    return answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def test_a_seat_of_somebody_else_in_the_session_is_nobody(cast):
    client = cast.signed_in("sergeant")
    assert not signed_out(client)
    assert signed_out(forged(client, **{SEAT: str(cast.seats["watch"].id)}))


@pytest.mark.parametrize("seat", ["", "x", "' OR 1=1 --", str(someone()), "00000000-0000-0000-0000-000000000000"])
def test_a_seat_that_is_none_is_nobody(cast, seat):
    assert signed_out(forged(cast.signed_in("watch"), **{SEAT: seat}))


@pytest.mark.parametrize("change", [{"suspended_at": 0}, {"until": 0}, {"since": HOUR}])
def test_a_session_ends_with_its_seat(cast, change):
    client = cast.signed_in("watch")
    moments = {name: now() + (shift or 0 * HOUR) for name, shift in change.items()}
    Seat.objects.filter(id=cast.seats["watch"].id).update(**moments)
    assert signed_out(client)


def test_a_session_ends_with_its_person(cast):
    client = cast.signed_in("watch")
    Person.objects.filter(id=cast.seats["watch"].person_id).update(is_active=False)
    assert signed_out(client)


def test_a_cookie_made_up_by_its_bearer_is_nobody(cast):
    client = Client()
    client.cookies["vedette_session"] = "a" * 32
    assert signed_out(client)


def test_one_may_move_to_ones_own_second_seat_and_to_nobody_elses(cast):
    client = cast.signed_in("watch")
    assert client.post("/seat/", {"seat": str(cast.seats["commander"].id)}).status_code == 403
    assert client.session[SEAT] == str(cast.seats["watch"].id)
    assert client.post("/seat/", {"seat": str(cast.seats["watch_off"].id)}).status_code == 302
    assert client.session[SEAT] == str(cast.seats["watch_off"].id)


def test_a_suspended_second_seat_is_not_moved_to(cast):
    Seat.objects.filter(id=cast.seats["watch_off"].id).update(suspended_at=now())
    with pytest.raises(Forbidden):
        switch_seat(HttpRequest(), cast.viewer("watch"), str(cast.seats["watch_off"].id))


def test_another_persons_proof_is_not_taken_over(cast):
    request = HttpRequest()
    request.session = cast.signed_in("watch").session
    assert PROVED in request.session
    sit_down(request, cast.viewer("watch_off"))
    assert PROVED in request.session
    sit_down(request, cast.viewer("releasing"))
    assert PROVED not in request.session


def test_signing_in_changes_the_sessions_key(cast):
    request = HttpRequest()
    request.session = cast.signed_in("watch").session
    before = request.session.session_key
    sit_down(request, cast.viewer("watch"))
    assert request.session.session_key != before


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil", "http:evil"],
)
def test_sign_in_sends_nobody_to_another_house(cast, wanted):
    answer = Client().post("/sign-in/", {"seat": str(cast.seats["watch"].id), "next": wanted})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/") and "evil" not in answer["Location"]


def test_sign_in_sends_one_on_within_the_house_with_the_whole_question(cast):
    turned_away = Client().get("/?report=1&after=2")
    asked = Client().get(turned_away["Location"])
    assert asked.context["next"] == "/?report=1&after=2"


def test_a_real_database_knows_no_one_click_sign_in(cast, monkeypatch):
    before = Entry.objects.count()
    monkeypatch.setattr("vedette.agencies.actions.installation_kind", lambda: "real", raising=False)
    monkeypatch.setattr("vedette.web.signin.views.installation_kind", lambda: "real", raising=False)
    with pytest.raises(Forbidden):
        sit_in_demonstration(HttpRequest(), str(cast.seats["watch"].id))
    client = Client()
    client.post("/sign-in/", {"seat": str(cast.seats["watch"].id)})
    assert SEAT not in client.session and PERSON not in client.session
    assert signed_out(client)
    assert Entry.objects.filter(code="person.signed_in").count() == 0 and Entry.objects.count() >= before


def test_seats_that_are_not_in_force_are_not_offered(cast):
    Seat.objects.filter(id=cast.seats["watch_off"].id).update(until=now())
    Seat.objects.filter(id=cast.seats["south"].id).update(since=now() + HOUR)
    Seat.objects.filter(id=cast.seats["north_1"].id).update(until=now() + HOUR)
    offered = {seat.id for seat in seats_in_force()}
    assert cast.seats["north_1"].id in offered
    assert not offered & {cast.seats["watch_off"].id, cast.seats["south"].id}
    assert [seat.id for seat in seats_of(cast.seats["watch"].person_id)] == [cast.seats["watch"].id]


def test_a_browser_signed_in_as_a_viewer_is_that_viewer(cast):
    assert not signed_out(sign_in(cast.viewer("watch")))
