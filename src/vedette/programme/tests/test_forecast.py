"""What a post loses within twelve months: by whom, by which paper, kept by whom, and who could fill it."""

import datetime

import pytest

from vedette.agencies.models import Seat
from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden
from vedette.kit.time import now
from vedette.programme.actions import (
    end_posting,
    post_officer,
    read_forecast,
    set_away,
    set_paper,
    state_qualification,
)
from vedette.programme.forecast import forecast
from vedette.programme.models import Post, Posting


def ahead(days: int) -> datetime.date:
    return now().date() + datetime.timedelta(days=days)


@pytest.fixture
def officer(cast, manager) -> Seat:
    """The officer of post A: French 3, liaison, cleared for what is restricted; the post speaks French."""
    seat = cast.seats["officer_a"]
    Post.objects.filter(id=cast.posts["a"].id).update(languages=["French"])
    Seat.objects.filter(id=seat.id).update(clearance=3)
    knows(manager, seat, "language", "French", level=3)
    knows(manager, seat, "language", "Dutch", level=4)
    knows(manager, seat, "skill", "liaison")
    return seat


def knows(manager, seat, kind, name, **more) -> None:
    state_qualification(manager, person=seat.person, kind=kind, name=name, **more)


def leaves(manager, seat, days) -> None:
    end_posting(manager, posting=Posting.objects.get(seat=seat), last_day=ahead(days), because="tour")


def turns(viewer, *, post="A-ville"):
    rows = {row.coverage.post.city: row.turns for row in forecast(viewer)}
    return [
        (
            (turn.day - now().date()).days,
            turn.why,
            [f"{one.item.name} {one.item.level or ''}".strip() for one in turn.lost],
        )
        for turn in rows.get(post, [])
    ]


def test_with_the_posting_goes_what_the_post_speaks_each_skill_and_the_clearance(cast, manager, officer):
    assert turns(manager) == []
    leaves(manager, officer, 60)
    assert turns(manager) == [(60, "posting", ["clearance 3", "French 3.0", "liaison"])]
    leaves(manager, officer, 400)
    assert turns(manager) == []


def test_a_visa_that_runs_out_first_and_a_test_that_lapses_are_their_own_losses(cast, manager, officer):
    leaves(manager, officer, 60)
    set_paper(manager, post=cast.posts["a"], kind="visa", seat=officer, expires=ahead(30))
    knows(manager, officer, "language", "French", level=3, expires=ahead(10))
    knows(manager, officer, "certificate", "driving", expires=ahead(50))
    knows(manager, officer, "certificate", "passport", expires=ahead(20))
    assert turns(manager) == [
        (10, "language", ["French 3.0"]),
        (20, "certificate", ["passport"]),
        (30, "visa", ["clearance 3", "liaison"]),
    ]


def test_a_successor_keeps_what_he_brings_as_well_and_only_on_days_on_which_he_is_there(cast, manager, officer, spare):
    leaves(manager, officer, 60)
    knows(manager, spare, "language", "French", level=4)
    next_one = post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(61))
    assert turns(manager) == [(60, "posting", ["clearance 3", "liaison"])]
    (turn,) = forecast(manager)[0].turns
    assert [one.kept_by for one in turn.losses if one.kept_by] == ["Officer 9"]
    Posting.objects.filter(id=next_one.id).delete()
    post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(62))
    assert turns(manager)[0][2] == ["clearance 3", "French 3.0", "liaison"]


def test_who_could_fill_is_named_with_what_he_lacks_and_why_he_is_not_free(cast, manager, officer, spare):
    leaves(manager, officer, 60)
    (turn,) = forecast(manager)[0].turns
    assert turn.fills == ()
    knows(manager, spare, "language", "French", level=3)
    (fill,) = forecast(manager)[0].turns[0].fills
    assert (fill.label, [one.name for one in fill.fills], [one.name for one in fill.lacks], fill.obstacles) == (
        "Officer 9", ["French"], ["clearance", "liaison"], (),
    )  # fmt: skip
    assert not turn.renewed
    set_away(manager, person=spare.person, kind="leave", first=ahead(70), last=ahead(80))
    assert forecast(manager)[0].turns[0].fills[0].obstacles == ("away:leave",)


def test_the_forecast_is_the_managers_and_the_chiefs_and_a_look_at_it_is_written_down(cast, manager, officer):
    leaves(manager, officer, 60)
    assert len(forecast(cast.viewer("commander"))) == 1
    for name in ("officer_a", "watch", "auditor", "guards"):
        assert forecast(cast.viewer(name)) == []
        with pytest.raises(Forbidden):
            read_forecast(cast.viewer(name))
    read_forecast(manager)
    assert Entry.objects.filter(code="forecast.seen").get().objects_ids == [cast.posts["a"].id]
