"""The ask screen as people use it: ask, follow, answer, refuse, thank; nothing typed is lost."""

import pytest

from tests.cast import draft
from vedette.reporting.actions import QuestionDraft, ask, file_answer
from vedette.reporting.models import Request

pytestmark = pytest.mark.django_db
TYPED = {
    "question": "Which boat left at nine?",
    "why": "Two are missing.",
    "where": "A-ville",
    "urgency": "3d",
    "post": "a",
}


def question(cast, by="investigator", **values):
    plain = {"question": "Which boat left at nine?", "why": "Two are missing.", "post_key": "a"}
    return ask(cast.viewer(by), QuestionDraft(**{**plain, **values}))


def test_a_lead_is_asked_and_its_page_opens(cast):
    answer = cast.signed_in("investigator").post("/ask/", TYPED, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Which boat left at nine?" in page and "ASK-" in page


def test_what_was_typed_is_kept_when_it_is_not_taken(cast):
    answer = cast.signed_in("investigator").post("/ask/", {**TYPED, "why": ""})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Which boat left at nine?</textarea>" in page and 'id="id_why_error"' in page
    assert not Request.objects.as_house("a test counts").exists()


def test_an_officer_sees_what_is_asked_of_him_and_answers(cast):
    request = question(cast)
    browser = cast.signed_in("officer_a")
    assert "Which boat left at nine?" in browser.get("/ask/").content.decode()
    sent = browser.post(f"/ask/{request.pk}/answer/", {"kind": "answer", "text": "The grey launch.", "language": "en"})
    assert sent.status_code == 302
    assert "The grey launch." in cast.signed_in("investigator").get(f"/ask/{request.pk}/").content.decode()


def test_a_refusal_without_words_comes_back_with_its_error(cast):
    request = question(cast)
    answer = cast.signed_in("officer_a").post(f"/ask/{request.pk}/refuse/", {"reason_code": "law", "text": ""})
    assert answer.status_code == 422 and 'id="refuse_text_error"' in answer.content.decode()


def test_the_desk_passes_a_question_on(cast):
    request = question(cast, post_key="")
    assert cast.signed_in("watch").post(f"/ask/{request.pk}/route/", {"post": "b"}).status_code == 302
    assert "Which boat" in cast.signed_in("officer_b").get("/ask/").content.decode()


def test_thanks_close_the_line(cast):
    request = question(cast)
    file_answer(cast.viewer("officer_a"), request=request, draft=draft(kind="answer"))
    assert cast.signed_in("investigator").post(f"/ask/{request.pk}/thank/", {"text": "Found."}).status_code == 302


def test_who_may_not_see_a_question_is_told_as_if_it_were_not_there(cast):
    request = question(cast, names_person=True)
    for seat in ("narrow", "watch_off", "north_1"):
        hidden = cast.signed_in(seat).get(f"/ask/{request.pk}/")
        nothing = cast.signed_in(seat).get("/ask/00000000-0000-7000-8000-000000000000/")
        assert hidden.status_code == nothing.status_code == 404


def test_a_hit_tells_whom_to_call_and_not_the_content(cast):
    question(cast)
    page = cast.signed_in("sergeant").post("/ask/similar/", {"question": "Did a boat leave at nine?"}).content.decode()
    assert "investigator" not in page or "Two are missing" not in page
    page = cast.signed_in("sergeant").post("/ask/similar/", {"question": "Which boat left the pier?"}).content.decode()
    assert "investigator" in page and "nine" not in page and "missing" not in page


def test_nobody_signed_out_asks(client):
    assert client.get("/ask/").status_code == 302
