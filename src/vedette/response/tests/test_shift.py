"""The log of the watch and handing it over."""

import pytest

from vedette.alerts.queries import on_duty
from vedette.kit.errors import Forbidden, Refused
from vedette.response.actions import hand_over, write_shift
from vedette.response.shift import handovers, log_since, watch_now
from vedette.response.tests.conftest import START


def test_a_line_of_the_log_is_read_by_the_desk_and_by_nobody_else(house, watch):
    write_shift(watch, text="Paris has a direct line.")
    assert [line.who for line in log_since(house.viewer("Commander on duty"), START)] == ["Watch officer 1"]
    for seat in ("Investigator, robbery squad", "Auditor"):
        assert log_since(house.viewer(seat), START) == []
    assert log_since(house.sergeant("patrol"), START) == []


def test_an_empty_line_is_refused_and_a_unit_writes_none(house, watch):
    with pytest.raises(Refused):
        write_shift(watch, text="  ")
    with pytest.raises(Forbidden):
        write_shift(house.sergeant("patrol"), text="I was here.")


def test_the_watch_is_the_others_from_the_moment_it_is_handed_over(house, watch):
    moment = house.at(30)
    hand_over(watch, to=house.seat("Watch officer 2"), note="Quiet.", reach="desk line 2")
    standing = on_duty("watch")
    assert (standing.seat.label, standing.since, standing.reach) == ("Watch officer 2", moment, "desk line 2")
    assert on_duty("watch", START).seat.label == "Watch officer 1"


def test_what_was_open_is_kept_with_the_handover(house, watch, run):
    items = watch_now(watch).open_items
    assert items["runs"] == [str(run.pk)]
    assert len(items["orders"]) == 8
    hand_over(watch, to=house.seat("Watch officer 2"), open_items=items)
    assert handovers(watch)[0].open_items == items


def test_handing_over_to_oneself_or_to_another_agency_is_refused(house, watch):
    with pytest.raises(Refused):
        hand_over(watch, to=house.seat("Watch officer 1"))
    from vedette.agencies.models import Seat

    with pytest.raises(Refused):
        hand_over(watch, to=Seat.objects.exclude(agency=house.agency).first())
