"""Posting officers: permission, the overlap, the last day, and what the rota sums up from them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now
from vedette.programme.actions import close_post, end_posting, post_officer, record_posting
from vedette.programme.models import Post, Posting
from vedette.programme.queries import coverage, coverage_of_post, postings_now
from vedette.programme.rota import coverage_of
from vedette.programme.standing import stands_at

DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    return now().date()


def ahead(days: int) -> datetime.date:
    return today() + days * DAY


def end(cast, manager, last_day):
    posting = Posting.objects.get(seat=cast.seats["officer_a"])
    return end_posting(manager, posting=posting, last_day=last_day, because="end of the tour")


def test_a_manager_posts_an_officer_and_the_log_says_so(cast, manager, spare):
    posting = post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(1), last_day=ahead(30))
    assert posting.days.lower == ahead(1) and posting.days.upper == ahead(31)
    entry = Entry.objects.filter(code="officer.posted").get()
    assert entry.actor == manager.seat_id and posting.id in entry.objects_ids


@pytest.mark.parametrize("name", ["watch", "commander", "officer_a", "administrator", "auditor", "north_1", "guards"])
def test_nobody_but_a_programme_manager_posts_officers(cast, spare, name):
    with pytest.raises(Forbidden):
        post_officer(cast.viewer(name), seat=spare, post=cast.posts["a"], begins=ahead(1))
    assert not Posting.objects.filter(seat=spare).exists()


def test_an_overlap_is_refused_and_names_the_field_and_the_other_posting(cast, manager):
    with pytest.raises(Refused) as refusal:
        post_officer(manager, seat=cast.seats["officer_a"], post=cast.posts["b"], begins=ahead(1))
    assert refusal.value.field == "begins"
    assert "A-ville" in refusal.value.reason and "since 1 Jan 2001" in refusal.value.reason
    assert refusal.value.way_out
    assert Posting.objects.filter(seat=cast.seats["officer_a"]).count() == 1


def test_the_day_after_the_last_one_is_free_again(cast, manager):
    end(cast, manager, ahead(9))
    with pytest.raises(Refused):
        post_officer(manager, seat=cast.seats["officer_a"], post=cast.posts["b"], begins=ahead(9))
    post_officer(manager, seat=cast.seats["officer_a"], post=cast.posts["b"], begins=ahead(10))


def test_the_database_itself_refuses_an_overlap(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        record_posting(cast.seats["officer_a"], cast.posts["b"], ahead(5))


def test_only_an_officer_in_force_is_posted(cast, manager):
    with pytest.raises(Refused) as refusal:
        post_officer(manager, seat=cast.seats["watch"], post=cast.posts["a"], begins=ahead(1))
    assert refusal.value.field == "seat"


def test_a_last_day_before_the_first_is_refused(cast, manager, spare):
    with pytest.raises(Refused) as refusal:
        post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(5), last_day=ahead(4))
    assert refusal.value.field == "last_day"
    post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(5), last_day=ahead(5))


def test_a_posting_is_not_made_longer_into_the_next_one(cast, manager):
    posting = end(cast, manager, ahead(9))
    post_officer(manager, seat=cast.seats["officer_a"], post=cast.posts["b"], begins=ahead(20))
    with pytest.raises(Refused) as refusal:
        end_posting(manager, posting=posting, last_day=ahead(20), because="longer")
    assert refusal.value.field == "last_day"
    posting.refresh_from_db()
    assert end_posting(manager, posting=posting, last_day=ahead(19), because="longer").days.upper == ahead(20)


def test_a_post_is_not_closed_while_somebody_is_posted_there(cast, manager):
    post = Post.objects.get(key="a")
    with pytest.raises(Refused):
        close_post(manager, post=post, because="the host moved")
    end(cast, manager, ahead(-1))
    assert close_post(manager, post=post, because="the host moved").status == "closed"
    assert [row.attributes["status"] for row in post.changes.order_by("since")] == ["standing", "closed"]


def test_a_staffed_post_has_no_gap(cast):
    assert [row.gaps for row in coverage()] == [[], []]


def test_a_gap_runs_from_the_day_after_the_last_to_the_day_before_the_first(cast, manager, spare):
    end(cast, manager, ahead(9))
    post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(40))
    (gap,) = coverage_of_post(cast.posts["a"]).gaps
    assert (gap.begins, gap.last, gap.days, gap.closed, gap.soon) == (ahead(10), ahead(39), 30, True, True)


@pytest.mark.parametrize(("last", "soon"), [(88, True), (89, False)])
def test_a_gap_is_near_when_it_begins_within_90_days(cast, manager, last, soon):
    end(cast, manager, ahead(last))
    (gap,) = coverage_of_post(cast.posts["a"]).gaps
    assert gap.begins == ahead(last + 1) and not gap.closed
    assert gap.soon is soon


def test_the_handover_is_the_days_on_which_both_are_there(cast, manager, spare):
    end(cast, manager, ahead(9))
    posting = post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(5))
    assert coverage_of_post(cast.posts["a"]).handover_days == 5
    posting.delete()
    post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(10))
    assert coverage_of_post(cast.posts["a"]).handover_days == 0


def test_a_mere_contact_needs_nobody(cast):
    assert coverage_of(Post(status="contact"), [], today()).gaps == []
    assert coverage_of(Post(status="standing"), [], today()).gaps != []


def test_coverage_asks_the_same_number_of_questions_for_one_posting_and_for_fifty(cast, manager, spare):
    with CaptureQueriesContext(connection) as one:
        coverage()
    for n in range(50):
        post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(2 * n + 1), last_day=ahead(2 * n + 1))
    with CaptureQueriesContext(connection) as fifty:
        coverage()
    assert len(one) == len(fifty) <= 4


@pytest.mark.parametrize(
    ("hour", "stands"), [(-1, ["officer_a"]), (1, ["Officer 9", "officer_a"]), (20, ["Officer 9"])]
)
def test_who_comes_to_a_post_stands_there_from_its_own_midnight_on(cast, manager, spare, hour, stands):
    Post.objects.filter(key="a").update(zone="Asia/Tokyo")
    end(cast, manager, ahead(4))
    post_officer(manager, seat=spare, post=cast.posts["a"], begins=ahead(5), last_day=ahead(30))
    midnight = datetime.datetime.combine(ahead(5), datetime.time(), ZoneInfo("Asia/Tokyo")).astimezone(datetime.UTC)
    there = [row.seat.label for row in postings_now(midnight + datetime.timedelta(hours=hour)) if row.post.key == "a"]
    assert there == stands


@pytest.mark.parametrize(
    ("zones", "hour", "stands"),
    [(("America/New_York", "Europe/London"), 1, "first"), (("America/New_York", "Europe/London"), 6, "second"),
     (("Asia/Tokyo", "America/New_York"), 2, "second"), (("Asia/Tokyo", "America/New_York"), -6, "first")],
)  # fmt: skip
def test_an_officer_stands_where_he_has_not_left_yet_by_the_day_there(zones, hour, stands):
    change = datetime.date(2015, 3, 11)
    stays = [("first", zones[0], DateRange(None, change)), ("second", zones[1], DateRange(change, None))]
    moment = datetime.datetime(2015, 3, 11, tzinfo=datetime.UTC) + datetime.timedelta(hours=hour)
    assert stands_at(moment, stays) == stands
