"""The shift screen: its log, its roster, its handover."""

import pytest

from tests.cast import sign_in
from vedette.alerts.models import Duty
from vedette.alerts.queries import on_duty
from vedette.response.actions import write_shift


@pytest.fixture
def desk(watch):
    return sign_in(watch)


def test_a_line_is_written_and_read(desk):
    desk.post("/shift/write/", {"text": "Paris has a direct line."})
    assert "Paris has a direct line." in desk.get("/shift/").content.decode()


def test_an_empty_line_says_so_and_keeps_the_page(desk):
    answer = desk.post("/shift/write/", {"text": " "}, headers={"hx-request": "true"})
    assert "It is empty" in answer.content.decode()


def test_a_unit_has_no_such_screen(house, run):
    assert sign_in(house.sergeant("patrol")).get("/shift/").status_code == 403


def test_a_duty_that_nobody_has_is_said_in_red(house, desk):
    Duty.objects.filter(duty="watch-commander").update(until=house.at(0))
    house.at(1)
    assert "escalations pass over this duty" in desk.get("/shift/").content.decode()


def test_the_roster_is_set_and_the_watch_is_handed_over(house, desk):
    relief = house.seat("Watch officer 2")
    desk.post("/shift/duty/", {"duty": "releasing", "seat": relief.id, "reach": "line 9"})
    assert on_duty("releasing").reach == "line 9"
    answer = desk.post("/shift/hand-over/", {"to": relief.id, "note": "Quiet."}, follow=True)
    assert "Watch officer 2 has the watch." in answer.content.decode()
    assert on_duty("watch").seat_id == relief.id


def test_the_handover_page_holds_what_is_open_and_the_log(house, desk, run, watch):
    write_shift(watch, text="Paris has a direct line.")
    text = desk.get("/shift/handover/").content.decode()
    assert run.incident.title in text
    assert "Paris has a direct line." in text
    assert "Watch commander" in text or "watch commander" in text


def test_a_unit_has_its_duty_sergeant_of_its_own_seats_and_what_cannot_be_is_said(house, desk):
    unit, seat = house.unit("patrol"), house.sergeant("patrol").seat_id
    Duty.objects.all().delete()
    assert f"sergeant:{unit.id}" in desk.get("/shift/").content.decode()
    wrong = desk.post(
        "/shift/duty/", {"duty": f"sergeant:{unit.id}", "seat": house.seat("Watch officer 2").id}, follow=True
    )
    assert "of his own unit" in wrong.content.decode() and on_duty("sergeant", unit=unit.id) is None
    desk.post("/shift/duty/", {"duty": f"sergeant:{unit.id}", "seat": seat, "reach": "unit line"})
    assert on_duty("sergeant", unit=unit.id).seat_id == seat
    assert "no duty" in desk.post("/shift/duty/", {"duty": "cook", "seat": seat}, follow=True).content.decode()
