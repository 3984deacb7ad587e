"""The page of posts: who may see it, what stands on it, opening one."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.audit.models import Entry
from vedette.kit.time import now
from vedette.programme.actions import end_posting, record_post
from vedette.programme.models import Post, Posting

NEW = {
    "city": "Nairobi",
    "country": "KE",
    "prefix": "NBO",
    "status": "standing",
    "zone": "Africa/Nairobi",
    "lat": "-1.29",
    "lon": "36.82",
    "host": "",
    "host_kind": "national police",
    "languages": "Swahili, English",
}


@pytest.mark.parametrize("name", ["narrow", "watch", "analyst", "commander", "releasing", "officer_a"])
def test_home_seats_that_work_with_posts_see_the_page(cast, name):
    assert cast.signed_in(name).get("/programme/").status_code == 200


@pytest.mark.parametrize("name", ["sergeant", "investigator", "administrator", "auditor", "north_1", "guards", "host"])
def test_others_are_refused_and_learn_nothing(cast, name):
    answer = cast.signed_in(name).get("/programme/")
    assert answer.status_code == 403
    assert "A-ville" not in answer.content.decode()


def test_nobody_signed_out_sees_it(cast, client):
    assert client.get("/programme/").status_code == 302


def test_each_post_shows_its_officer_and_the_time_there(browser):
    page = browser.get("/programme/").content.decode()
    assert "A-ville" in page and "officer_a" in page
    assert 'data-there="Europe/Paris"' in page
    assert "2 posts, all staffed" in page and "Nothing is due" in page


def test_a_gap_is_counted_shown_in_its_row_and_listed_as_due(cast, browser, manager):
    posting = Posting.objects.get(seat=cast.seats["officer_a"])
    end_posting(manager, posting=posting, last_day=now().date() + datetime.timedelta(days=9), because="tour")
    page = browser.get("/programme/").content.decode()
    assert "1 gap within 90 days" in page
    assert "nobody named" in page
    assert "Nobody named after officer_a" in page


def test_the_week_counts_the_reports_the_viewer_may_see(cast):
    cast.report()
    cast.report(sensitivity=3)

    def counted(name: str) -> int:
        context = cast.signed_in(name).get("/programme/").context
        return next(row["reports"] for row in context["rows"] if row["cover"].post.key == "a")

    assert counted("watch") == 2
    assert counted("narrow") == 1


def test_only_the_manager_is_offered_a_new_post(cast, browser):
    assert "New post" in browser.get("/programme/").content.decode()
    assert "New post" not in cast.signed_in("watch").get("/programme/").content.decode()
    assert cast.signed_in("watch").post("/programme/new-post/", NEW).status_code == 403


def test_without_posts_the_page_says_what_to_do(cast, browser):
    Post.objects.update(status="closed")
    page = browser.get("/programme/").content.decode()
    assert "Open the first post" in page and "2 closed posts" in page


def test_a_new_post_is_opened_and_leads_to_its_page(browser):
    answer = browser.post("/programme/new-post/", NEW, follow=True)
    assert answer.redirect_chain == [("/programme/posts/nairobi/", 302)]
    assert "Nairobi is open." in answer.content.decode()
    assert Post.objects.get(key="nairobi").languages == ["Swahili", "English"]


def test_a_refused_post_keeps_what_was_typed_and_says_why_beside_the_field(browser):
    answer = browser.post("/programme/new-post/", {**NEW, "zone": "Africa/Nowhere"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Africa/Nowhere” is not a time zone." in page and "such as Europe/Paris" in page
    assert 'value="Nairobi"' in page and 'value="Africa/Nowhere"' in page
    assert 'aria-describedby="new_zone_hint new_zone_error"' in page
    assert not Post.objects.filter(city="Nairobi").exists()


def test_what_cannot_be_read_is_kept_too(browser):
    page = browser.post("/programme/new-post/", {**NEW, "lat": "north"}).content.decode()
    assert 'value="north"' in page and "cannot be read" in page


def test_looking_is_written_down_once(cast, browser, manager):
    browser.get("/programme/")
    entry = Entry.objects.filter(code="programme.seen").get()
    assert entry.actor == manager.seat_id
    assert set(entry.objects_ids) == {post.id for post in cast.posts.values()}


def test_the_page_asks_the_same_number_of_questions_for_two_posts_and_for_fifty(cast, browser):
    browser.get("/programme/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/programme/")
    for n in range(50):
        record_post(key=f"p{n}", prefix="P", city=f"City {n}", country="FR", lat=1, lon=1, zone="UTC", host_kind="x")
    with CaptureQueriesContext(connection) as many:
        browser.get("/programme/")
    assert len(few) == len(many)
