"""The screens of standing questions as people use them: nothing typed is lost, nothing hidden is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.incidents.actions import close_topic, link_to_topic, open_topic
from vedette.incidents.models import Topic
from vedette.incidents.topics import linked_to
from vedette.sharing.actions import withdraw_report
from vedette.web.topics.forms import next_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(cast):
    return cast.signed_in("analyst")


@pytest.fixture
def typed(cast):
    return {
        "title": "Small boats across the bay",
        "wanted": "Which boats leave at night?",
        "review_on": next_review(cast.viewer("analyst")),
        "sensitivity": "1",
    }


@pytest.fixture
def topic(cast, typed):
    from datetime import date

    words = {**typed, "review_on": date.fromisoformat(typed["review_on"]), "sensitivity": 1}
    return open_topic(cast.viewer("analyst"), **words)


def page_of(browser, topic):
    return browser.get(f"/topics/{topic.pk}/").content.decode()


def test_the_empty_list_says_what_to_do_and_its_form_stands_open(browser):
    page = browser.get("/topics/").content.decode()
    assert "No topic stands" in page and '<details class="panel deed openbox" open>' in page


def test_a_topic_is_opened_and_its_page_says_what_to_do_next(browser, typed):
    answer = browser.post("/topics/", typed, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and "TOP-" in page and "Which boats leave at night?" in page
    assert "Nothing bears on it yet" in page


def test_a_person_is_refused_beside_the_field_and_what_was_typed_is_kept(browser, typed):
    answer = browser.post("/topics/", {**typed, "title": "Movements of Zacarias Moussaoui"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_title_error"' in page and "No person may be a topic" in page
    assert 'value="Movements of Zacarias Moussaoui"' in page and "Which boats leave at night?</textarea>" in page
    assert not Topic.objects.as_house("a test counts").exists()


def test_a_day_that_is_none_is_said_beside_it(browser, typed):
    answer = browser.post("/topics/", {**typed, "review_on": "someday"})
    assert answer.status_code == 422 and "This is not a day." in answer.content.decode()


def test_a_record_is_linked_by_its_reference_and_stands_there(cast, browser, topic):
    report = cast.report()
    sent = browser.post(f"/topics/{topic.pk}/link/", {"reference": report.sheet.reference, "because": "same bay"})
    page = page_of(browser, topic)
    assert sent.status_code == 302 and f"linked-{report.pk}" in page and "same bay" in page
    assert "1 report" in browser.get("/topics/").content.decode()


def test_a_reference_that_is_none_comes_back_with_what_was_typed(browser, topic):
    answer = browser.post(f"/topics/{topic.pk}/link/", {"reference": "AAA-26-0999", "because": "same bay"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="link_reference_error"' in page
    assert 'value="AAA-26-0999"' in page and 'value="same bay"' in page


def test_a_withdrawn_report_stands_struck_with_its_reason(cast, browser, topic):
    report = cast.report()
    link_to_topic(cast.viewer("analyst"), topic=topic, reference=report.sheet.reference)
    withdraw_report(cast.viewer("officer_a"), report=report, because="It was another boat.")
    page = page_of(browser, topic)
    assert "askrow struck" in page and "It was another boat." in page


def test_taking_out_without_a_reason_opens_that_row_again(cast, browser, topic):
    report = cast.report()
    reference = report.sheet.reference
    link_to_topic(cast.viewer("analyst"), topic=topic, reference=reference)
    answer = browser.post(f"/topics/{topic.pk}/unlink/", {"reference": reference, "because": ""})
    assert answer.status_code == 422 and f'id="unlink-{reference}_because_error"' in answer.content.decode()
    browser.post(f"/topics/{topic.pk}/unlink/", {"reference": reference, "because": "another bay"})
    assert linked_to(cast.viewer("analyst"), topic) == []


def test_taking_out_what_is_not_there_is_said(cast, browser, topic):
    answer = browser.post(f"/topics/{topic.pk}/unlink/", {"reference": cast.report().sheet.reference, "because": "x"})
    assert answer.status_code == 422 and "is not linked to this question" in answer.content.decode()


def test_a_closed_topic_shows_why_and_has_no_forms(cast, browser, topic):
    assert browser.post(f"/topics/{topic.pk}/close/", {"because": ""}).status_code == 422
    assert browser.post(f"/topics/{topic.pk}/close/", {"because": "they stopped"}).status_code == 302
    page = page_of(browser, topic)
    assert "they stopped" in page and f"/topics/{topic.pk}/link/" not in page
    assert str(topic.pk) not in browser.get("/topics/").content.decode()
    assert str(topic.pk) in browser.get("/topics/?state=all").content.decode()


def test_a_form_that_was_open_when_the_topic_closed_keeps_what_was_typed_and_says_so(cast, browser, topic):
    close_topic(cast.viewer("watch"), topic=topic, because="they stopped")
    answer = browser.post(f"/topics/{topic.pk}/review/", {"review_on": "2099-01-01", "because": "more"})
    assert answer.status_code == 422


def test_the_review_is_put_off_with_a_reason(cast, browser, topic):
    day = next_review(cast.viewer("analyst"))
    assert browser.post(f"/topics/{topic.pk}/review/", {"review_on": day, "because": ""}).status_code == 422
    assert browser.post(f"/topics/{topic.pk}/review/", {"review_on": day, "because": "still"}).status_code == 302


def test_an_officer_reads_his_tasking_and_finds_no_form(cast, topic):
    officer = cast.signed_in("officer_a")
    assert "Small boats" in officer.get("/topics/").content.decode()
    page = page_of(officer, topic)
    assert "What we want to know" in page and "/link/" not in page
    assert officer.post(f"/topics/{topic.pk}/close/", {"because": "x"}).status_code == 403
    assert 'data-go="q"' in officer.get("/topics/").content.decode()


def test_what_is_not_for_a_reader_is_as_what_is_not_there(cast, topic):
    partner = cast.signed_in("north_1")
    there, nothing = partner.get(f"/topics/{topic.pk}/"), partner.get("/topics/nothing/")
    assert there.status_code == nothing.status_code == 404
    assert "No topic stands" in partner.get("/topics/").content.decode()


def test_search_finds_a_topic_and_leads_to_it(browser, topic):
    assert f"/topics/{topic.pk}/" in browser.get("/search/?q=boats").content.decode()


@pytest.mark.parametrize("address", ["/topics/", "/topics/{}/"])
def test_a_page_asks_as_often_for_many_records_as_for_one(cast, browser, topic, typed, address):
    here = address.format(topic.pk)

    def questions(more):
        for _ in range(more):
            other = open_topic(
                cast.viewer("analyst"), title="Fuel sold at night", wanted="Who pays?", review_on=topic.review_on
            )
            for one in (topic, other):
                link_to_topic(cast.viewer("analyst"), topic=one, reference=cast.report().sheet.reference)
        browser.get(here)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(here).status_code == 200
        return len(asked)

    assert questions(1) == questions(9) <= 25
