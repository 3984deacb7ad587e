"""The JSON doors of reporting: each deed once, errors that name field, reason and way out, no forged request."""

import json

import pytest

from tests.cast import draft
from vedette.files.tests import samples
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.reporting.actions import QuestionDraft, ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path, monkeypatch):
    settings.VEDETTE_FILES = str(tmp_path / "files")
    monkeypatch.setattr("vedette.files.vault._master", lambda: b"k" * 32)


def send(cast, seat, path, **body):
    return cast.signed_in(seat).post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def question(cast):
    return ask(cast.viewer("investigator"), QuestionDraft("Which boat?", "Two are missing.", post_key="a"))


def test_a_statement_is_written_down(cast):
    report = cast.report(text="18 killed.")
    answer = send(cast, "watch", f"/reports/{report.pk}/claims", kind="killed", value="18", quote="18 killed")
    assert answer.status_code == 200 and answer.json()["number"] == 18


def test_a_grade_answers_what_other_schemes_would_call_it(cast):
    path = f"/reports/{cast.report().pk}/grades"
    answer = send(cast, "watch", path, source="B", information="2", because="seen")
    assert answer.json()["elsewhere"] == ["EU B 3", "UK 1 C"]


def test_a_refused_grade_names_field_reason_and_way_out(cast):
    path = f"/reports/{cast.report().pk}/grades"
    answer = send(cast, "watch", path, source="A", information="1", because="sure")
    said = answer.json()
    assert answer.status_code == 422 and said["field"] == "credibility" and said["reason"] and "root" in said["way_out"]


def test_a_question_goes_its_whole_way(cast):
    asked = send(cast, "investigator", "/requests", question="Which boat?", why="Two are missing.").json()
    assert asked["state"] == "asked"
    assert send(cast, "watch", f"/requests/{asked['id']}/route", post="a").json()["state"] == "routed"
    body = {"client_id": str(new_id()), "kind": "answer", "text": "The grey one.", "observed_t": now().isoformat()}
    done = send(cast, "officer_a", f"/requests/{asked['id']}/answer", **body).json()
    assert done["state"] == "answered" and done["answer"]
    assert send(cast, "investigator", f"/requests/{asked['id']}/thank").json()["state"] == "thanked"


def test_a_refusal_needs_a_reason_of_the_list(cast):
    path = f"/requests/{question(cast).pk}/refuse"
    assert send(cast, "officer_a", path, reason_code="mood", text="No.").json()["field"] == "reason_code"
    assert send(cast, "officer_a", path, reason_code="law", text="No.").json()["state"] == "refused"


def test_another_post_is_told_that_it_may_not(cast):
    answer = send(cast, "officer_b", f"/requests/{question(cast).pk}/refuse", reason_code="law", text="No.")
    assert answer.status_code == 403


def test_what_was_received_is_filed(cast):
    body = {"channel": "call", "received_t": now().isoformat(), "text": "They ask.", "agency": "federal"}
    assert send(cast, "watch", "/received", **body).json()["reference"].startswith("RCV-")
    assert send(cast, "officer_a", "/received", **body).status_code == 403


def test_a_file_is_taken_as_a_raw_body_and_its_position_offered(cast):
    path = f"/api/v1/reports/{cast.report().pk}/files?name=../q.jpg"
    body = samples.jpeg(position=(48.86, 2.37))
    answer = cast.signed_in("officer_a").post(path, body, content_type="application/octet-stream")
    said = answer.json()
    assert said["name"] == "q.jpg" and said["kind"] == "image/jpeg" and round(said["offered_place"]["lat"], 2) == 48.86


def test_a_hostile_file_is_refused_in_words(cast):
    path = f"/api/v1/reports/{cast.report().pk}/files?name=q.jpg"
    answer = cast.signed_in("officer_a").post(path, samples.SVG, content_type="image/jpeg")
    assert answer.status_code == 422 and answer.json()["field"] == "file"


@pytest.mark.parametrize("seat", ["narrow", "north_1", "watch_off"])
def test_a_hidden_report_is_not_there_for_any_of_them(cast, seat):
    report = cast.report(**{k: v for k, v in vars(draft(names_person=True)).items() if k == "names_person"})
    for path, body in (
        ("claims", {"kind": "killed", "value": "1"}),
        ("grades", {"source": "A", "information": "2", "because": "x"}),
    ):
        assert send(cast, seat, f"/reports/{report.pk}/{path}", **body).status_code == 404


def test_a_request_without_the_token_of_the_page_is_refused(cast):
    browser = cast.signed_in("watch")
    browser.handler.enforce_csrf_checks = True
    path = f"/api/v1/reports/{cast.report().pk}/claims"
    assert browser.post(path, "{}", content_type="application/json").status_code == 403
