"""Receipts, recall, correction, withdrawal: everyone who was told is told again, our own commands too."""

import datetime
import uuid

import pytest
from django.test import Client

from tests.cast import sign_in
from vedette.alerts.actions import step_clocks
from vedette.alerts.models import Clock
from vedette.audit.models import Entry
from vedette.incidents.models import Fact
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.kit.time import now, set_clock
from vedette.reporting.models import Request
from vedette.sharing.actions import (
    acknowledge_release,
    act_on_release,
    add_paragraph,
    ask_about_release,
    correct_release,
    draft_release,
    give_feedback,
    open_release,
    recall_release,
    redraft,
    set_terms,
    sign_release,
    take_note,
    withdraw_report,
)
from vedette.sharing.inbox import inbox, letter, waiting
from vedette.sharing.matrix import matrix
from vedette.sharing.models import Paragraph, Receipt, Release
from vedette.sharing.preflight import preflight
from vedette.sharing.queries import blast_radius, reach_of, releases, silent
from vedette.sharing.tests.stage import Stage, to


def sent(stage: Stage, version: str, *keys: str) -> Release:
    release = draft_release(stage.releasing, incident=stage.main, version=version, recipients=to(*keys))
    return sign_release(stage.releasing, release=release)


def later(minutes: int) -> None:
    set_clock(shown=now() + datetime.timedelta(minutes=minutes), speed=1, paused=True)


def test_a_release_is_in_the_inbox_of_its_recipient_and_of_nobody_else(paris: Stage) -> None:
    release = sent(paris, "police", "pt-bos")
    assert [row.key for row in inbox(paris.partner("pt-bos")).rows] == [release.pk]
    for key in ("pt-chi", "pt-jttf", "pt-shield", "pt-host-par"):
        viewer = paris.partner(key)
        assert inbox(viewer).rows == []
        with pytest.raises(Missing):
            letter(viewer, release.pk)
        with pytest.raises(Missing):
            acknowledge_release(viewer, release=release.pk)


def test_opening_and_acknowledging_leave_one_receipt_each_however_often(paris: Stage) -> None:
    release, boston = sent(paris, "police", "pt-bos"), paris.partner("pt-bos")
    for _ in range(2):
        open_release(boston, release=release.pk)
    first = acknowledge_release(boston, release=release.pk)
    before = Entry.objects.filter(code="delivery.acknowledged").count()
    assert acknowledge_release(boston, release=release.pk).id == first.id
    assert Entry.objects.filter(code="delivery.acknowledged").count() == before
    kinds = [row.kind for row in Receipt.objects.as_house("a test").order_by("at", "id")]
    assert sorted(kinds) == ["acknowledged", "opened"]
    assert not Clock.objects.as_house("a test").filter(kind="release", state="running").exists()


def test_a_text_to_be_read_first_comes_before_the_release(paris: Stage) -> None:
    release = draft_release(paris.releasing, incident=paris.main, version="police", recipients=to("pt-bos"))
    set_terms(paris.releasing, release=release, handling_text="For the desk of the intelligence center only.")
    release = sign_release(paris.releasing, release=release)
    boston = paris.partner("pt-bos")
    closed = letter(boston, release.pk)
    assert closed.closed and not closed.paragraphs and "H3" in release.codes
    assert not Receipt.objects.as_house("a test").exists()
    assert letter(boston, release.pk, opened=True).paragraphs


def test_a_question_about_a_release_is_lodged_by_the_asker_and_seen_by_the_desk_alone(paris: Stage) -> None:
    release = sent(paris, "police", "pt-bos", "pt-nysic") if False else sent(paris, "police", "pt-bos")
    receipt = ask_about_release(
        paris.partner("pt-bos"), release=release.pk, question="Is any line to the coast touched?"
    )
    asked = Request.objects.as_house("a test").get(pk=receipt.request_id)
    assert asked.sheet.lodged_by and asked.sheet.lodged_by.key == "pt-bos"
    assert Request.objects.seen_by(paris.watch).filter(pk=asked.pk).exists()
    assert Request.objects.seen_by(paris.partner("pt-bos")).filter(pk=asked.pk).exists()
    assert not Request.objects.seen_by(paris.partner("pt-jttf")).filter(pk=asked.pk).exists()
    assert [one.receipt.text for one in letter(paris.partner("pt-bos"), release.pk).asked] == [
        "Is any line to the coast touched?"
    ]


def test_the_matrix_puts_our_own_commands_first_and_names_those_who_know_nothing(paris: Stage) -> None:
    sent(paris, "police", "pt-bos")
    bulletin = sent(paris, "bulletin", "unit:transit")
    acknowledge_release(paris.sergeant("transit"), release=bulletin.pk)
    act_on_release(paris.sergeant("transit"), release=bulletin.pk, text="Posts doubled.")
    found = matrix(paris.watch, paris.main)
    assert [row.ours for row in found.rows] == [True, False]
    assert found.rows[0].acknowledged and found.rows[0].acted and found.acknowledged == 1
    assert "transit" not in {unit.key for unit in found.untold} and len(found.untold) > 5
    later(20)
    assert matrix(paris.watch, paris.main).silent == 1


def test_a_partner_sees_in_reach_and_matrix_only_his_own_line(paris: Stage) -> None:
    release = sent(paris, "bulletin", "unit:transit")
    other = sent(paris, "police", "pt-bos")
    assert [one.name for one in reach_of(paris.partner("pt-bos"), [release, other])] == [
        "Boston-style city police, intelligence center seat"
    ]


def test_silence_escalates_and_the_desk_sees_it(paris: Stage) -> None:
    sent(paris, "police", "pt-bos")
    assert not silent(paris.watch)[0].late
    later(16)
    assert step_clocks(10) == 1
    row = silent(paris.watch)[0]
    assert row.late and row.clock and row.clock.escalations
    acknowledge_release(paris.partner("pt-bos"), release=row.release.pk)
    assert silent(paris.watch) == [] and silent(paris.partner("pt-bos")) == []


def test_a_recall_reaches_every_agency_and_our_own_commands_as_a_struck_stub(paris: Stage) -> None:
    police, bulletin = sent(paris, "police", "pt-bos"), sent(paris, "bulletin", "unit:transit", "unit:patrol")
    readers = {police.pk: [paris.partner("pt-bos")], bulletin.pk: [paris.sergeant("transit"), paris.sergeant("patrol")]}
    for release in (police, bulletin):
        recall_release(paris.releasing, release=release, because="A place in it was wrong.")
        for viewer in readers[release.pk]:
            row = inbox(viewer).rows[0]
            assert row.stub and row.stub.because == "A place in it was wrong." and row.release is None and row.must_note
            assert letter(viewer, release.pk).paragraphs == []
            with pytest.raises(Conflict):
                acknowledge_release(viewer, release=release.pk)
            assert waiting(viewer) == 1
            take_note(viewer, release=release.pk)
            assert waiting(viewer) == 0
    assert not Clock.objects.as_house("a test").filter(state="running").exists()
    with pytest.raises(Conflict):
        recall_release(paris.releasing, release=police, because="again")


def test_a_partner_reads_no_paragraph_of_what_was_recalled(paris: Stage) -> None:
    release = sent(paris, "police", "pt-bos")
    boston = paris.partner("pt-bos")
    assert Paragraph.objects.seen_by(boston).count() > 3
    recall_release(paris.releasing, release=release, because="wrong")
    assert Paragraph.objects.seen_by(boston).count() == 0
    assert not Release.objects.seen_by(boston).exists()


def test_a_correction_reaches_all_who_had_the_first_and_strikes_it(paris: Stage) -> None:
    first = sent(paris, "police", "pt-bos")
    fresh = correct_release(paris.releasing, release=first, because="The number of places.")
    assert fresh.number == 2 and fresh.corrects_id == first.pk and fresh.title.startswith("Correction: ")
    with pytest.raises(Conflict):
        correct_release(paris.releasing, release=first, because="twice")
    second = sign_release(paris.releasing, release=fresh)
    rows = inbox(paris.partner("pt-bos")).rows
    assert [row.key for row in rows] == [second.pk, first.pk]
    assert rows[1].stub and rows[1].stub.replaced_by == second.sheet.reference and not rows[1].must_note
    assert {row.state for row in releases(paris.watch)} == {"signed", "corrected"}


def test_withdrawing_a_report_recalls_what_rested_on_it_alone_and_tells_everyone(paris: Stage) -> None:
    release = draft_release(paris.releasing, incident=paris.main, version="police", recipients=to("pt-bos"))
    bulletin = draft_release(paris.releasing, incident=paris.main, version="bulletin", recipients=to("unit:transit"))
    wrong = paris.reports["PAR-008"]
    for row in (release, bulletin):
        sign_release(paris.releasing, release=row)
    assert {row.pk for row in blast_radius(paris.watch, wrong.pk).releases} == {release.pk, bulletin.pk}
    done = withdraw_report(paris.watch, report=wrong, because="The host cannot bear it out.")
    told = {row.pk for row in (*done.recalled, *done.correction_due)}
    assert told == {release.pk, bulletin.pk}
    for viewer in (paris.partner("pt-bos"), paris.sergeant("transit")):
        row = inbox(viewer).rows[0]
        assert row.must_note and "cannot bear it out" in (
            row.stub.because if row.stub else row.due.because if row.due else ""
        )
    assert (
        "PAR" not in inbox(paris.partner("pt-bos")).rows[0].stub.because
        if inbox(paris.partner("pt-bos")).rows[0].stub
        else True
    )
    with pytest.raises(Conflict):
        withdraw_report(paris.watch, report=wrong, because="again")


def test_a_withdrawal_strikes_facts_that_rest_on_it_alone(paris: Stage) -> None:
    from vedette.incidents.actions import choose_fact
    from vedette.reporting.models import Claim

    analyst = paris.viewer("Analyst 1")
    claim = (
        Claim.objects.seen_by(analyst)
        .select_related("report__source")
        .filter(report=paris.reports["PAR-008"].pk)
        .first()
    )
    assert claim is not None
    fact = choose_fact(analyst, incident=paris.main, claims=[claim])
    assert withdraw_report(paris.watch, report=paris.reports["PAR-008"], because="wrong").facts == 1
    assert Fact.objects.as_house("a test").get(id=fact.id).until is not None


def test_a_draft_that_rests_on_what_was_withdrawn_is_held_until_it_is_drafted_anew(paris: Stage) -> None:
    release = draft_release(paris.releasing, incident=paris.main, version="police", recipients=to("pt-bos"))
    withdraw_report(paris.watch, report=paris.reports["PAR-008"], because="wrong")
    assert "basis" in {check.rule for check in preflight(paris.releasing, release) if check.state == "block"}
    with pytest.raises(Refused):
        sign_release(paris.releasing, release=release)
    redraft(paris.releasing, release=release)
    assert sign_release(paris.releasing, release=release).signed_at


def test_only_author_watch_and_releasing_withdraw(paris: Stage) -> None:
    report = paris.reports["PAR-008"]
    for viewer in (paris.viewer("Analyst 1"), paris.sergeant("transit")):
        with pytest.raises(Forbidden):
            withdraw_report(viewer, report=report, because="no")
    assert withdraw_report(paris.viewer("LO Paris"), report=report, because="my error").withdrawal.because == "my error"


def test_feedback_is_kept_as_often_as_it_is_given(paris: Stage) -> None:
    release = sent(paris, "police", "pt-bos")
    for text in ("useful", "very useful"):
        give_feedback(paris.partner("pt-bos"), release=release.pk, text=text)
    assert [row.text for row in letter(paris.partner("pt-bos"), release.pk).row.receipts if row.kind == "feedback"] == [
        "useful",
        "very useful",
    ]


@pytest.fixture
def doors(paris: Stage) -> tuple[Stage, Release, Client, Client]:
    release = sent(paris, "police", "pt-bos")
    return paris, release, sign_in(paris.partner("pt-bos")), sign_in(paris.partner("pt-chi"))


def test_another_partner_gets_the_same_bytes_as_for_what_does_not_exist(
    doors: tuple[Stage, Release, Client, Client],
) -> None:
    _stage, release, mine, other = doors
    for path in ("/inbox/{}/", "/inbox/{}/release.pdf", "/releases/{}/"):
        real, none = other.get(path.format(release.pk)), other.get(path.format(uuid.uuid4()))
        assert real.status_code == none.status_code == 404
        plain = [
            answer.content.replace(str(key).encode(), b"")
            for answer, key in ((real, release.pk), (none, none.request["PATH_INFO"].split("/")[2]))
        ]
        assert _without_tokens(plain[0]) == _without_tokens(plain[1])
    assert mine.get(f"/inbox/{release.pk}/").status_code == 200


def _without_tokens(page: bytes) -> bytes:
    import re

    page = re.sub(rb'(name="csrf-token" content|name="csrfmiddlewaretoken" value)="[^"]*"', b"", page)
    return re.sub(rb'content="\d+\.\d+;\d+\.\d+;[^"]*"', b"", page)


def test_pages_and_pdf_show_what_the_inbox_holds(doors: tuple[Stage, Release, Client, Client]) -> None:
    stage, release, mine, _other = doors
    page = mine.get(f"/inbox/{release.pk}/").content.decode()
    assert release.title in page and "TLP:AMBER" in page
    assert mine.get(f"/inbox/{release.pk}/release.pdf").content.startswith(b"%PDF")
    assert mine.post(f"/inbox/{release.pk}/acknowledge/").status_code == 302
    desk = sign_in(stage.releasing)
    assert release.title in desk.get("/releases/").content.decode()
    assert desk.get(f"/releases/{release.pk}/").status_code == 200
    assert desk.get(f"/releases/{release.pk}/release.pdf").content.startswith(b"%PDF")
    commander = sign_in(stage.viewer("Commander on duty"))
    assert commander.get(f"/brief/{stage.main.pk}/").status_code == 200
    assert commander.get(f"/brief/{stage.main.pk}.pdf").content.startswith(b"%PDF")
    assert desk.get("/summaries/").status_code == 200
    recall_release(stage.releasing, release=release, because="Wrong place.")
    page = mine.get(f"/inbox/{release.pk}/").content.decode()
    assert "Wrong place." in page and release.title not in page
    assert mine.get(f"/inbox/{release.pk}/release.pdf").status_code == 404


def test_the_json_door_drafts_signs_reads_and_recalls(paris: Stage) -> None:
    desk, boston = sign_in(paris.releasing), sign_in(paris.partner("pt-bos"))
    body = {"incident": str(paris.main.pk), "version": "police", "recipients": [{"agency": "pt-bos"}]}
    draft = desk.post("/api/v1/releases", body, content_type="application/json").json()
    assert draft["label"] == "TLP:AMBER" and draft["paragraphs"][0]["rests_on"] and draft["preflight"]
    assert desk.post(f"/api/v1/releases/{draft['id']}/sign").json()["state"] == "signed"
    assert boston.get("/api/v1/inbox").json()[0]["reference"] == draft["reference"]
    assert boston.post(f"/api/v1/inbox/{draft['id']}/open", {}, content_type="application/json").json()["paragraphs"]
    assert boston.post(f"/api/v1/inbox/{draft['id']}/acknowledge").json()["kind"] == "acknowledged"
    told = desk.get(f"/api/v1/incidents/{paris.main.pk}/informed").json()
    assert told["rows"][0]["acknowledged_at"] and told["untold"]
    wrong = {"because": "The host cannot bear it out."}
    done = desk.post(
        f"/api/v1/reports/{paris.reports['PAR-008'].pk}/withdraw", wrong, content_type="application/json"
    ).json()
    assert draft["reference"] in done["recalled"] + done["correction_due"]
    refused = {**body, "recipients": [{"agency": "pt-host-ldn"}]}
    fourth = desk.post("/api/v1/releases", refused, content_type="application/json").json()
    answer = desk.post(f"/api/v1/releases/{fourth['id']}/sign")
    assert answer.status_code == 422 and "Clause 3" in answer.json()["reason"] and answer.json()["way_out"]


def test_many_recipients_are_reached_in_batches(paris: Stage) -> None:
    from vedette.agencies.actions import record_person, record_seat
    from vedette.agencies.models import Agency, Role
    from vedette.sharing.actions.drafting import Address
    from vedette.sharing.models import Delivery

    agency = Agency.objects.get(key="pt-shield")
    seats = [
        record_seat(
            record_person(username=f"m{n}", label=f"m{n}"),
            agency,
            label=f"Member {n}",
            roles=[Role.PARTNER],
            since=now(),
        )
        for n in range(30)
    ]
    release = draft_release(
        paris.releasing, incident=paris.main, version="sector", recipients=[Address(seat=seat.id) for seat in seats]
    )
    sign_release(paris.releasing, release=release)
    assert Delivery.objects.as_house("a test").filter(release=release).count() == 30
    assert Clock.objects.as_house("a test").filter(kind="release").count() == 30


def test_typed_words_are_kept_when_the_page_refuses_them(paris: Stage) -> None:
    release = draft_release(paris.releasing, incident=paris.main, version="police", recipients=to("pt-bos"))
    desk = sign_in(paris.releasing)
    answer = desk.post(f"/releases/{release.pk}/terms/", {"label": "PINK", "title": "x"})
    assert answer.status_code == 422 and "not a TLP 2.0 label" in answer.content.decode()
    add_paragraph(paris.releasing, release=release, text="Gates at our stadium are looked at twice.")
    assert "looked at twice" in desk.get(f"/releases/{release.pk}/").content.decode()
