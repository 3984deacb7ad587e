"""The audit screens: who may see which part, what they say, what leaves as CSV."""

import json

import pytest

from tests.cast import WORD
from vedette.agencies.keys import checkpoint_now
from vedette.audit.models import Entry
from vedette.audit.sealing import seal
from vedette.reporting.actions import QuestionDraft
from vedette.reporting.actions import ask as ask_post
from vedette.web.audit.tables import safe


def ask(cast, reference, by="auditor", who="watch", path="/audit/"):
    return cast.signed_in(by).get(path, {"who": f"seat:{cast.seats[who].id}", "about": reference, "when": ""})


def test_the_question_is_answered_record_by_record(cast):
    report = cast.report()
    page = ask(cast, report.sheet.reference)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Not informed." in text and report.sheet.reference in text and WORD not in text
    cast.signed_in("watch").get(f"/desk/reports/{report.pk}/")
    assert "Informed." in ask(cast, report.sheet.reference).content.decode()


def test_a_wrong_person_is_said_beside_the_field_and_nothing_is_written_down(cast):
    page = cast.signed_in("auditor").get("/audit/", {"who": "seat:x", "about": "AAA-00-0001", "when": ""})
    assert page.status_code == 422 and not Entry.objects.filter(code="account.asked").exists()


@pytest.mark.parametrize(
    ("by", "path", "status"),
    [
        ("auditor", "/audit/week/", 200), ("commander", "/audit/", 200), ("releasing", "/audit/proofs/", 200),
        ("watch", "/audit/week/", 403), ("watch", "/audit/due/", 403), ("investigator", "/audit/", 403),
        ("north_1", "/audit/", 403), ("north_1", "/audit/proofs/", 403), ("analyst", "/audit/trail/", 200),
    ],
)  # fmt: skip
def test_each_seat_finds_its_part_and_no_other(cast, by, path, status):
    assert cast.signed_in(by).get(path).status_code == status


def test_the_trail_says_who_did_what_and_holds_no_content(cast):
    report = cast.report()
    page = cast.signed_in("auditor").get(f"/audit/trail/{report.sheet.reference}/").content.decode()
    assert "officer_a" in page and "filed a report" in page and WORD not in page
    assert cast.signed_in("auditor").get("/audit/trail/AAA-00-0000/").status_code == 404


def test_content_opens_with_a_reason_only(cast):
    report = cast.report()
    address = f"/audit/trail/{report.sheet.reference}/open/"
    short = cast.signed_in("auditor").post(address, {"reason": "x"})
    assert short.status_code == 422 and WORD not in short.content.decode()
    opened = cast.signed_in("auditor").post(address, {"reason": "complaint 12 of this week"})
    assert opened.status_code == 200 and WORD in opened.content.decode()


def test_a_screen_of_the_desk_refuses_an_auditor_before_it_writes_down_an_opening(cast):
    report = cast.report()
    question = ask_post(cast.viewer("watch"), QuestionDraft(question="How many?", why="To brief", post_key="a"))
    for path in (f"/desk/reports/{report.pk}/", f"/ask/{question.pk}/"):
        answer = cast.signed_in("auditor").get(path, {"reason": "complaint 12 of this week"})
        assert answer.status_code == 403 and "under Audit" in answer.content.decode()
        assert cast.signed_in("watch").get(path).status_code == 200
    opened = Entry.objects.filter(code="sheet.opened").values_list("actor", flat=True)
    assert set(opened) == {cast.seats["watch"].id}


def test_tables_leave_as_csv_and_their_leaving_is_written_down(cast):
    report = cast.report()
    answer = ask(cast, report.sheet.reference, path="/audit/answer.csv")
    assert answer["Content-Type"].startswith("text/csv") and report.sheet.reference in answer.content.decode()
    whole = cast.signed_in("auditor").get(f"/audit/trail/{report.sheet.reference}/trail.csv").content.decode()
    assert "report.filed" in whole
    assert Entry.objects.filter(code="account.exported").count() == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\u00a0=cmd", "＝1", "\r=1"])
def test_no_cell_is_a_formula(cell):
    assert safe(cell).startswith("'")


def test_verifying_goes_on_step_by_step_until_it_stands(cast, monkeypatch):
    monkeypatch.setattr("vedette.account.proofs.STEP", 2)
    for _ in range(3):
        cast.report()
    seal()
    checkpoint_now()
    client, mark, said = cast.signed_in("auditor"), "", ""
    for _ in range(6):
        said = client.post("/audit/proofs/verify/", {"mark": mark}).content.decode()
        if "hx-vals" not in said:
            break
        mark = json.loads(said.split("hx-vals='")[1].split("'")[0])["mark"]
    assert "Stands:" in said
    assert cast.signed_in("watch").post("/audit/proofs/verify/").status_code == 403


def test_a_checkpoint_and_a_proof_are_files(cast):
    cast.report()
    seal()
    row = checkpoint_now()
    client = cast.signed_in("auditor")
    assert client.get(f"/audit/proofs/checkpoints/{row.size}/").content.decode() == row.note
    assert client.get("/audit/proofs/checkpoints/99999/").status_code == 404
    entry = Entry.objects.get(code="report.filed")
    assert client.get(f"/audit/proofs/entries/{entry.id}/").json()["items"][0]["index"] == entry.seq
    assert client.get("/audit/proofs/entries/nothing/").status_code == 404


def test_the_week_is_reviewed_with_a_note(cast):
    client = cast.signed_in("auditor")
    assert client.post("/audit/week/", {"note": ""}).status_code == 422
    assert client.post("/audit/week/", {"note": "nothing unusual"}).status_code == 302
    assert "nothing unusual" in client.get("/audit/week/").content.decode()
