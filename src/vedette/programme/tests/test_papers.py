"""What runs out at a post, who sees it, and the rule of how many officers must stand there."""

import datetime

import pytest
from psycopg.types.range import DateRange

from vedette.agencies.models import Seat
from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now
from vedette.programme.actions import end_paper, end_posting, post_officer, set_away, set_cover, set_paper
from vedette.programme.models import Post, Posting, PostPaper
from vedette.programme.papers import leave_of, paper_by_id, papers
from vedette.programme.queries import coverage_of_post
from vedette.programme.rota import Wanted, coverage_of

TODAY = datetime.date(2026, 3, 2)


def ahead(days: int) -> datetime.date:
    return now().date() + datetime.timedelta(days=days)


def visa(cast, manager, left: int, **more):
    return set_paper(
        manager, post=cast.posts["a"], kind="visa", seat=cast.seats["officer_a"], expires=ahead(left), **more
    )


@pytest.mark.parametrize(("left", "warning"), [(91, None), (90, 90), (30, 30), (7, 7), (0, 7), (-1, 0)])
def test_a_paper_warns_at_90_30_and_7_days_and_when_it_has_run_out(cast, manager, left, warning):
    visa(cast, manager, left)
    (row,) = papers(manager)
    assert (row.days_left, row.warning) == (left, warning)


def test_a_visa_that_outlasts_its_posting_does_not_warn_and_one_that_does_not_does(cast, manager):
    visa(cast, manager, 20)
    stay = Posting.objects.get(seat=cast.seats["officer_a"])
    end_posting(manager, posting=stay, last_day=ahead(20), because="tour")
    assert papers(manager)[0].warning is None
    end_posting(manager, posting=Posting.objects.get(id=stay.id), last_day=ahead(21), because="a day more")
    assert papers(manager)[0].warning == 30


def test_a_new_visa_closes_the_one_before_with_a_reason_and_the_log_says_so(cast, manager):
    first = visa(cast, manager, 20)
    with pytest.raises(Refused) as refusal:
        visa(cast, manager, 400)
    assert refusal.value.field == "because"
    made = visa(cast, manager, 400, because="prolonged")
    first.refresh_from_db()
    assert first.until is not None and first.ended_because == "prolonged"
    end_paper(manager, paper=made, because="left")
    with pytest.raises(Refused):
        end_paper(manager, paper=made, because="left")
    assert list(Entry.objects.filter(code__startswith="paper.").order_by("real_at").values_list("code", flat=True)) == [
        "paper.set", "paper.set", "paper.ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "boat"}, "kind"),
        ({"kind": "visa"}, "seat"),
        ({"kind": "visa", "of": "officer_b"}, "seat"),
        ({"kind": "lease", "begins": TODAY + datetime.timedelta(days=40)}, "expires"),
    ],
)
def test_a_paper_of_nobody_posted_there_or_in_the_wrong_order_is_refused(cast, manager, values, field):
    seat = cast.seats.get(values.pop("of", ""))
    with pytest.raises(Refused) as refusal:
        set_paper(manager, post=cast.posts["a"], seat=seat, expires=ahead(30), **values)
    assert refusal.value.field == field and not PostPaper.objects.exists()


def test_an_officers_papers_and_leave_are_his_own_his_managers_and_the_chiefs_the_lease_is_everyones(cast, manager):
    set_paper(manager, post=cast.posts["a"], kind="lease", expires=ahead(9))
    own = visa(cast, manager, 20)
    him = cast.seats["officer_a"].person
    set_away(manager, person=him, kind="leave", first=ahead(3), last=ahead(9))
    shown = {
        name: {row.paper.kind for row in papers(cast.viewer(name))} for name in ("narrow", "commander", "officer_a")
    }
    assert set(map(frozenset, shown.values())) == {frozenset({"visa", "lease"})}
    for name in ("officer_b", "watch"):
        viewer = cast.viewer(name)
        assert [row.paper.kind for row in papers(viewer)] == ["lease"]
        assert paper_by_id(viewer, cast.posts["a"], own.id) is None and leave_of(viewer, {him.id}) == {}
    assert papers(cast.viewer("guards")) == [] and papers(None) == []
    assert len(leave_of(manager, {him.id})[him.id]) == 1


@pytest.mark.parametrize("name", ["watch", "commander", "officer_a", "auditor"])
def test_nobody_but_the_manager_writes_papers_or_rules(cast, manager, name):
    with pytest.raises(Forbidden):
        visa(cast, cast.viewer(name), 20)
    with pytest.raises(Forbidden):
        set_cover(cast.viewer(name), post=cast.posts["a"], officers=2, handover_days=7, because="more")


def test_a_second_officer_wanted_is_a_gap_until_he_comes(cast, manager, spare):
    post = cast.posts["a"]
    assert coverage_of_post(post).gaps == []
    set_cover(manager, post=post, officers=2, handover_days=3, because="more work")
    post_officer(manager, seat=spare, post=post, begins=ahead(10))
    seen = coverage_of_post(post)
    (gap,) = seen.gaps
    assert (gap.begins, gap.last, gap.left, gap.closed, seen.staffed) == (ahead(0), ahead(9), 1, True, False)
    with pytest.raises(Refused):
        set_cover(manager, post=post, officers=0, handover_days=3, because="none")
    set_cover(manager, post=post, officers=1, handover_days=3, because="less work")
    assert coverage_of_post(post).gaps == [] and post.covers.count() == 2


def stay(name: str, first: int, last: int | None) -> Posting:
    ends = TODAY + datetime.timedelta(days=last) if last is not None else None
    return Posting(seat=Seat(label=name), days=DateRange(TODAY + datetime.timedelta(days=first), ends))


@pytest.mark.parametrize(("comes", "days", "thin"), [(23, 7, False), (24, 6, True), (30, 0, True), (40, 0, True)])
def test_a_handover_shorter_than_the_rule_is_thin(comes, days, thin):
    seen = coverage_of(Post(status="standing"), [stay("A", -9, 30), stay("B", comes, None)], TODAY)
    assert seen.handover_days == days and bool(seen.thin) is thin


def test_where_two_must_stand_each_is_followed_by_the_second_after_him():
    rows = [stay("A", -9, 20), stay("B", -5, 60), stay("C", 15, None), stay("D", 62, None)]
    seen = coverage_of(Post(status="standing"), rows, TODAY, wanted=Wanted(2, 5))
    assert [(one.leaver.seat.label, one.comer.seat.label, one.days) for one in seen.handovers] == [
        ("A", "C", 5), ("B", "D", 0),
    ]  # fmt: skip
    assert [((gap.begins - TODAY).days, gap.days, gap.left) for gap in seen.gaps] == [(60, 2, 1)]
