"""Reports in the browser: filed with a photo, listed with receipts, worked on beside the queue, files going out safely."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vedette.files.actions import store
from vedette.files.models import StoredFile
from vedette.files.tests import samples
from vedette.kit.ids import new_id
from vedette.reporting.models import Claim, Grade, NexusAnswer, Report, Version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path, monkeypatch):
    settings.VEDETTE_FILES = str(tmp_path / "files")
    monkeypatch.setattr("vedette.files.vault._master", lambda: b"k" * 32)


def typed(**values):
    return {
        "client_id": str(new_id()),
        "kind": "flash",
        "text": "Shots at the hall.",
        "language": "en",
        "began": "now",
        **values,
    }


def test_an_officer_files_with_a_photo_whose_position_is_taken_out(cast):
    photo = SimpleUploadedFile("q.jpg", samples.jpeg(position=(48.86, 2.37)), "image/jpeg")
    answer = cast.signed_in("officer_a").post("/reports/new/", typed(file=photo), follow=True)
    page = answer.content.decode()
    assert "is on the desk" in page and "48.86" in page and "Shots at the hall." in page
    assert StoredFile.objects.seen_by(cast.viewer("watch")).get().kind == "image/jpeg"


def test_a_file_that_is_not_taken_does_not_undo_the_report(cast):
    bad = SimpleUploadedFile("q.jpg", samples.HTML, "image/jpeg")
    page = cast.signed_in("officer_a").post("/reports/new/", typed(file=bad), follow=True).content.decode()
    assert "the file was not taken" in page
    assert Report.objects.seen_by(cast.viewer("watch")).count() == 1


def test_what_was_typed_is_kept_and_the_error_stands_at_its_field(cast):
    answer = cast.signed_in("officer_a").post("/reports/new/", typed(text="", where="North gate"))
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_text_error"' in page and 'value="North gate"' in page


def test_a_set_time_is_a_time_of_the_post(cast):
    cast.signed_in("officer_a").post("/reports/new/", typed(began="set", began_at="2015-11-13T21:20"))
    at = Report.objects.seen_by(cast.viewer("watch")).get().happened_at
    assert at.isoformat() == "2015-11-13T20:20:00+00:00"


def test_a_clerk_types_a_call_and_the_officer_confirms_it(cast):
    officer = cast.seats["officer_a"].id
    cast.signed_in("watch").post("/reports/new/", typed(officer=str(officer)))
    report = Report.objects.seen_by(cast.viewer("watch")).get()
    assert (report.for_officer_id, report.post.key, report.confirmed_at) == (officer, "a", None)
    browser = cast.signed_in("officer_a")
    assert "Typed by the desk" in browser.get("/reports/mine/").content.decode()
    browser.post(f"/reports/{report.pk}/confirm/")
    assert Report.objects.seen_by(cast.viewer("watch")).get().confirmed_at is not None


@pytest.mark.parametrize(
    ("deed", "words", "table", "whose"),
    [
        ("grade", {"reliability": "NATO:B", "credibility": "NATO:2", "because": "seen"}, Grade, "by"),
        ("claims", {"kind": "killed", "value": "3"}, Claim, "made_by"),
        ("nexus", {"status": "possible", "note": "Two of ours."}, NexusAnswer, "by"),
        ("amend", {"text": "Shots outside.", "language": "en", "because": "heard again"}, Version, "by"),
    ],
)
def test_each_small_form_is_one_deed_and_the_pane_comes_back(cast, deed, words, table, whose):
    report, watch = cast.report(), cast.viewer("watch")
    answer = cast.signed_in("watch").post(f"/reports/{report.pk}/{deed}/", words)
    assert answer.status_code == 200 and "toast" in answer["HX-Trigger"]
    assert table.objects.seen_by(watch).filter(**{whose: watch.seat_id}).count() == 1


def test_a_refused_grade_comes_back_with_its_way_out_and_what_was_typed(cast):
    report = cast.report()
    words = {"reliability": "NATO:A", "credibility": "NATO:1", "because": "two say so"}
    answer = cast.signed_in("watch").post(f"/reports/{report.pk}/grade/", words)
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and answer["HX-Reswap"]
        and "No independent root" in page
        and 'value="two say so"' in page
    )


def test_letters_of_two_schemes_do_not_mix(cast):
    words = {"reliability": "UK:1", "credibility": "NATO:2", "because": "x"}
    assert cast.signed_in("watch").post(f"/reports/{cast.report().pk}/grade/", words).status_code == 422


def test_an_officer_is_offered_only_what_he_may_do(cast):
    report = cast.report()
    page = cast.signed_in("officer_a").get(f"/reports/{report.pk}/pane/").content.decode()
    assert 'data-deed="amend"' in page and 'data-deed="grade"' not in page


@pytest.mark.parametrize("seat", ["narrow", "watch_off", "north_1", "auditor"])
def test_who_may_not_see_a_report_gets_no_pane_and_does_nothing(cast, seat):
    report = cast.report(names_person=True)
    browser = cast.signed_in(seat)
    assert browser.get(f"/reports/{report.pk}/pane/").status_code == 404
    assert browser.post(f"/reports/{report.pk}/claims/", {"kind": "killed", "value": "3"}).status_code in (403, 404)


def test_a_file_goes_out_as_an_attachment_that_nothing_draws_as_a_page(cast):
    report = cast.report()
    body = b"text of the file" * 9000
    row = store(cast.viewer("officer_a"), report.sheet, io.BytesIO(body), "liste é.txt").file
    answer = cast.signed_in("watch").get(f"/files/{row.id}/")
    assert b"".join(answer.streaming_content) == body
    assert answer["Content-Disposition"] == "attachment; filename=\"liste _.txt\"; filename*=UTF-8''liste%20%C3%A9.txt"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("seat", ["narrow", "north_1", "watch_off"])
def test_a_file_of_a_hidden_report_is_not_there(cast, seat):
    report = cast.report(names_person=True)
    row = store(cast.viewer("officer_a"), report.sheet, io.BytesIO(b"some text"), "a.txt").file
    assert cast.signed_in(seat).get(f"/files/{row.id}/").status_code == 404
    assert cast.signed_in(seat).get("/files/not-an-id/").status_code == 404


def test_the_officers_list_is_his_alone(cast):
    cast.report("officer_b", text="Of the other post.")
    assert "Of the other post." not in cast.signed_in("officer_a").get("/reports/mine/").content.decode()
