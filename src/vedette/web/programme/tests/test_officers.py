"""The list of officers and an officer's own page: he states, the manager confirms, nobody else reads."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.agencies.actions import record_person, record_seat
from vedette.programme.actions import confer_honour, set_away, state_qualification
from vedette.programme.models import Away, Honour, Qualification

LIST, OWN = "/programme/officers/", "/programme/me/"
FRENCH = {"kind": "language", "name": "French", "level": "2.5", "tested": "2025-05-01", "expires": "", "note": ""}


@pytest.fixture
def person(cast):
    return cast.seats["officer_a"].person


@pytest.fixture
def page(person):
    return f"{LIST}{person.id}/"


def asked_of(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_an_officer_states_and_the_manager_confirms_on_the_list(cast, browser, person, page):
    own = cast.signed_in("officer_a")
    told = own.post(f"{page}held/", FRENCH, follow=True).content.decode()
    assert "French 2+" in told and "Said by himself" in told and "tested 1 May 2025" in told
    assert "1 entry to confirm" in browser.get(LIST).content.decode()
    row = Qualification.objects.get(person=person)
    told = browser.post(f"{page}held/{row.id}/confirm/", follow=True).content.decode()
    assert "Confirmed: from now on it counts." in told and "Said by himself" not in told
    assert "French 2+" in browser.get(LIST).content.decode()


def test_he_does_not_confirm_what_he_said_of_himself(cast, person, page):
    own = cast.signed_in("officer_a")
    own.post(f"{page}held/", FRENCH)
    row = Qualification.objects.get(person=person)
    assert own.post(f"{page}held/{row.id}/confirm/").status_code == 403
    assert Qualification.objects.get(person=person).confirmed_at is None


def test_a_level_that_is_missing_stands_beside_its_field_and_what_was_typed_is_kept(cast, page):
    answer = cast.signed_in("officer_a").post(f"{page}held/", {**FRENCH, "level": ""})
    told = answer.content.decode()
    assert answer.status_code == 422 and 'id="state_level_error"' in told and 'value="French"' in told
    answer = cast.signed_in("officer_a").post(f"{page}held/", {**FRENCH, "tested": "2099-01-01"})
    assert answer.status_code == 422 and 'id="state_tested_error"' in answer.content.decode()


def test_what_is_ended_stays_as_an_older_entry(cast, manager, person, browser, page):
    row = state_qualification(manager, person=person, kind="skill", name="patrol")
    assert browser.post(f"{page}held/{row.id}/end/", {"because": ""}).status_code == 422
    told = browser.post(f"{page}held/{row.id}/end/", {"because": "long ago"}, follow=True).content.decode()
    assert "1 older entry" in told and "long ago" in told


def test_a_paper_near_its_end_is_warned_of_and_a_lapsed_one_is_red(manager, person, browser, page):
    for name, day in (("passport", datetime.date(2026, 4, 1)), ("licence", datetime.date(2026, 2, 1))):
        state_qualification(manager, person=person, kind="certificate", name=name, expires=day)
    told = browser.get(page).content.decode()
    assert "until 1 Apr 2026" in told and "expired 1 Feb 2026" in told


def test_days_away_are_written_and_freed(cast, person, page):
    own = cast.signed_in("officer_a")
    typed = {"kind": "leave", "first": "2026-08-01", "last": "2026-08-14", "note": ""}
    assert "1 Aug 2026 – 14 Aug 2026" in own.post(f"{page}away/", typed, follow=True).content.decode()
    again = own.post(f"{page}away/", typed)
    assert again.status_code == 422 and 'id="away_first_error"' in again.content.decode()
    row = Away.objects.get(person=person)
    assert "free to travel" in own.post(f"{page}away/{row.id}/end/", {"because": "x"}, follow=True).content.decode()


def test_an_honour_stands_on_his_page_and_on_the_roll(cast, manager, person, browser, page):
    typed = {"title": "Commendation", "day": "2026-01-05", "note": ""}
    assert "Commendation" in browser.post(f"{page}honours/", typed, follow=True).content.decode()
    assert "Commendation" in cast.signed_in("watch").get(LIST).content.decode()
    row = Honour.objects.get(person=person)
    browser.post(f"{page}honours/{row.id}/end/", {"because": "by mistake"})
    assert "Commendation" not in cast.signed_in("watch").get(LIST).content.decode()


def test_an_officer_reaches_his_own_page_from_the_rail(cast):
    told = cast.signed_in("officer_a").get(OWN).content.decode()
    assert f'href="{OWN}"' in told and "officer_a" in told and "A-ville" in told and "What you bring" in told


@pytest.mark.parametrize("name", ["officer_b", "watch", "analyst", "releasing", "sergeant", "auditor", "north_1"])
def test_nobody_else_reads_or_writes_the_page_of_an_officer(cast, manager, person, page, name):
    state_qualification(manager, person=person, kind="tie", name="Family in Lyon")
    browser = cast.signed_in(name)
    doors = [browser.get(page), browser.post(f"{page}held/", FRENCH), browser.post(f"{page}away/", {})]
    doors += [browser.post(f"{page}honours/", {"title": "x", "day": "2026-01-01"})]
    assert {answer.status_code for answer in doors} <= {403, 404}
    assert all("Family in Lyon" not in answer.content.decode() for answer in doors)
    assert Qualification.objects.filter(person=person).count() == 1


def test_the_desk_sees_the_roll_and_not_who_can_what(cast, manager, person):
    state_qualification(manager, person=person, kind="skill", name="patrol")
    told = cast.signed_in("watch").get(LIST).content.decode()
    assert "Roll of honour" in told and "Who can what" not in told and "patrol" not in told


def test_a_row_of_another_officer_is_not_there(cast, manager, browser, page):
    other = cast.seats["officer_b"].person
    row = state_qualification(manager, person=other, kind="skill", name="patrol")
    away = set_away(
        manager, person=other, kind="leave", first=datetime.date(2026, 8, 1), last=datetime.date(2026, 8, 2)
    )
    honour = confer_honour(manager, person=other, title="x", day=datetime.date(2026, 1, 1))
    for door in (f"held/{row.id}/end/", f"held/{row.id}/confirm/", f"away/{away.id}/end/", f"honours/{honour.id}/end/"):
        assert browser.post(f"{page}{door}", {"because": "x"}).status_code == 404


def test_the_list_asks_as_often_for_thirty_officers_as_for_two(cast, manager, browser):
    few = asked_of(browser, LIST)
    for number in range(28):
        one = record_person(username=f"spare{number}", label=f"Spare {number}")
        record_seat(one, cast.agencies["home"], label=f"Spare {number}", roles=["officer"], sworn=True)
        state_qualification(manager, person=one, kind="skill", name="patrol")
    assert asked_of(browser, LIST) == few <= 35


def test_an_officers_page_asks_as_often_for_thirty_entries_as_for_one(manager, person, browser, page):
    state_qualification(manager, person=person, kind="skill", name="skill")
    one = asked_of(browser, page)
    for number in range(29):
        state_qualification(manager, person=person, kind="skill", name=f"skill {number}")
    assert asked_of(browser, page) == one <= 35
