"""The page of one post: its forms, what they refuse, and that contacts show only to whom they may."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.kit.time import now
from vedette.programme.actions import log_meeting, set_contact, set_host_caveat
from vedette.programme.models import HostCaveat, Meeting, Posting
from vedette.programme.queries import contacts

PAGE = "/programme/posts/a/"
CONTACT = {"role": "Duty officer", "reach": "night line", "languages": "French", "conditions": "", "sensitivity": "2"}


def made(cast, by="narrow", post="a", **values):
    plain = {"role": "Duty officer", "languages": ["French"], "reach": "night line"}
    return set_contact(cast.viewer(by), post=cast.posts[post], **{**plain, **values})


def test_an_unknown_post_is_not_there(browser):
    assert browser.get("/programme/posts/atlantis/").status_code == 404
    assert browser.post("/programme/posts/atlantis/caveats/", {}).status_code == 404


def test_the_desk_reads_the_page_and_is_told_who_keeps_it(cast):
    page = cast.signed_in("watch").get(PAGE).content.decode()
    assert "The programme manager keeps this page." in page
    assert "<textarea" not in page and "Post an officer" not in page


def test_an_overlap_brings_the_page_back_with_the_other_posting_beside_the_field(cast, browser):
    typed = {"seat": str(cast.seats["officer_b"].id), "begins": "2030-01-01", "last_day": "", "note": "visa asked"}
    answer = browser.post(f"{PAGE}postings/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "officer_b is posted to B-town" in page and "End that posting first" in page
    assert 'value="visa asked"' in page and 'value="2030-01-01"' in page
    assert 'id="posting_begins_error"' in page
    assert Posting.objects.filter(seat=cast.seats["officer_b"]).count() == 1


def test_the_last_day_of_a_posting_is_set(cast, browser):
    posting = Posting.objects.get(seat=cast.seats["officer_a"])
    browser.post(f"{PAGE}postings/{posting.id}/end/", {"last_day": "2030-06-30", "because": "end of the tour"})
    posting.refresh_from_db()
    assert posting.days.upper == datetime.date(2030, 7, 1)


def test_a_posting_of_another_post_is_not_ended_here(cast, browser):
    other = Posting.objects.get(seat=cast.seats["officer_b"])
    assert (
        browser.post(f"{PAGE}postings/{other.id}/end/", {"last_day": "2030-06-30", "because": "x"}).status_code == 404
    )


def test_a_rule_is_added_and_ended_with_its_reason(browser):
    browser.post(f"{PAGE}caveats/", {"text": "Not in court.", "code": "h1", "because": "letter"})
    rule = HostCaveat.objects.get(text="Not in court.")
    assert rule.code == "H1"
    empty = browser.post(f"{PAGE}caveats/{rule.id}/end/", {"because": ""})
    assert empty.status_code == 422 and "It is empty. Fill it in." in empty.content.decode()
    page = browser.post(f"{PAGE}caveats/{rule.id}/end/", {"because": "second letter"}, follow=True).content.decode()
    assert "1 rule was ended" in page and "second letter" in page


def test_a_refused_rule_opens_its_own_form_only(cast, browser, manager):
    set_host_caveat(manager, post=cast.posts["a"], code="", text="Not in court.", because="letter")
    page = browser.post(f"{PAGE}caveats/", {"text": "Not in court.", "because": "again"}).content.decode()
    assert page.count('<details class="editor" open') == 1
    assert "in force at the post already" in page


def test_a_contact_is_written_down_changed_and_ended(cast, browser, manager):
    browser.post(f"{PAGE}contacts/", CONTACT)
    (row,) = contacts(manager)
    change = {**CONTACT, "reach": "day line", "because": "moved"}
    browser.post(f"{PAGE}contacts/{row.contact.pk}/", change)
    page = browser.get(PAGE).content.decode()
    assert "day line" in page and "1 older card" in page and "moved" in page
    browser.post(f"{PAGE}contacts/{row.contact.pk}/end/", {"because": "retired"})
    assert contacts(manager)[0].card is None


def test_a_meeting_is_written_in_the_time_of_the_post(cast, browser):
    contact = made(cast)
    typed = {"met_at": "2026-01-05T18:30", "how": "called", "text": "He spoke of the match.", "sensitivity": "2"}
    browser.post(f"{PAGE}contacts/{contact.pk}/meetings/", typed)
    meeting = Meeting.objects.as_house("a test").get()
    assert meeting.met_at == datetime.datetime(2026, 1, 5, 17, 30, tzinfo=datetime.UTC)


def test_a_meeting_to_come_is_refused_and_its_words_are_kept(cast, browser):
    contact = made(cast)
    typed = {"met_at": "2099-01-05T18:30", "how": "met", "text": "He will speak.", "sensitivity": "2"}
    answer = browser.post(f"{PAGE}contacts/{contact.pk}/meetings/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This moment is still to come." in page and "He will speak." in page and "2099-01-05T18:30" in page


def test_the_officer_of_the_post_is_offered_its_contacts_and_no_other_form(cast):
    page = cast.signed_in("officer_a").get(PAGE).content.decode()
    assert "Add a contact" in page and "Post an officer" not in page
    assert "Add a contact" not in cast.signed_in("officer_a").get("/programme/posts/b/").content.decode()


@pytest.mark.parametrize(("name", "shown"), [("watch", True), ("narrow", False), ("officer_b", False)])
def test_a_contact_shows_only_to_those_whose_class_contains_it(cast, name, shown):
    contact = made(cast, "officer_a", sensitivity=3)
    met_at = now() - datetime.timedelta(hours=1)
    log_meeting(cast.viewer("officer_a"), contact=contact, met_at=met_at, how="met", text="A secret word.")
    page = cast.signed_in(name).get(PAGE).content.decode()
    for word in ("Duty officer", "night line", "A secret word.", contact.sheet.reference):
        assert (word in page) is shown


def test_a_contact_one_may_not_see_answers_as_one_that_is_not_there(cast, browser):
    contact = made(cast, "officer_a", sensitivity=3)
    hidden = browser.post(f"{PAGE}contacts/{contact.pk}/end/", {"because": "x"})
    absent = browser.post(f"{PAGE}contacts/{cast.seats['watch'].id}/end/", {"because": "x"})
    shown = [answer.content.partition(b"<main")[2].partition(b"</main>")[0] for answer in (hidden, absent)]
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert shown[0] == shown[1] != b""


def test_a_closed_post_keeps_its_page_and_offers_only_to_open_it_again(cast, browser):
    Posting.objects.filter(seat=cast.seats["officer_a"]).delete()
    page = browser.post(f"{PAGE}close/", {"because": "the host moved"}, follow=True).content.decode()
    assert "Closed" in page and "Open it again" in page and "Add a rule" not in page


def test_a_staffed_post_is_not_closed_and_the_reason_is_said(browser):
    answer = browser.post(f"{PAGE}close/", {"because": "the host moved"})
    assert answer.status_code == 422
    assert "officer_a is posted there." in answer.content.decode()


def test_the_page_asks_the_same_number_of_questions_for_one_contact_and_for_twenty(cast, browser):
    made(cast)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    for n in range(19):
        made(cast, role=f"Desk {n}")
    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)
    assert len(few) == len(many)
