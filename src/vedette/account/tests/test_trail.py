"""The trail of a sheet: every entry that names it, in order, for those who may; content only with a reason."""

import json

import pytest

from tests.cast import WORD, sheet_of
from vedette.account.proofs import begin, verify_step
from vedette.account.queries import due, open_content, proof_of, review_week, trail, week
from vedette.agencies.keys import checkpoint_now, log_keys
from vedette.agencies.models import Seat
from vedette.audit.actions import record
from vedette.audit.models import Entry
from vedette.audit.offline import check_bundle
from vedette.audit.sealing import seal
from vedette.handling.actions import access_class, open_one, record_handling, record_list
from vedette.incidents.actions import open_incident
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.time import now
from vedette.reporting.models import Report


def codes(found):
    return [line.code for line in found.sentences]


def test_it_tells_every_act_in_order_with_seat_and_reference(cast):
    report = cast.report()
    incident = open_incident(cast.viewer("watch"), report=report, title="Gate")
    open_one(cast.viewer("analyst"), Report, report.pk)
    found = trail(cast.viewer("auditor"), report.sheet.reference)
    assert codes(found) == ["report.filed", "incident.opened", "sheet.opened"]
    assert [line.who for line in found.sentences] == ["officer_a", "watch", "analyst"]
    assert found.sentences[1].others == [incident.sheet.reference]
    assert found.readers == ["analyst"]


def test_lists_stand_as_one_line_a_seat_and_the_whole_has_each(cast):
    report = cast.report()
    for _ in range(3):
        record_list(cast.viewer("watch"), [report.pk])
    folded = trail(cast.viewer("auditor"), report.sheet.reference)
    (line,) = [line for line in folded.sentences if line.code == "sheet.listed"]
    assert line.times == 3 and line.last_at > line.shown_at
    whole = trail(cast.viewer("auditor"), report.sheet.reference, whole=True)
    assert codes(whole).count("sheet.listed") == 3


def test_seats_that_two_agencies_call_alike_stay_apart(cast):
    report, theirs = cast.report(), ("north_1", "south")
    Seat.objects.filter(label__in=theirs).update(label="Duty desk")
    for seat in theirs:
        record(cast.viewer(seat), "sheet.opened", [report.pk])
        record(cast.viewer(seat), "sheet.listed", [report.pk])
    found = trail(cast.viewer("auditor"), report.sheet.reference)
    told = ["Duty desk, North County Police", "Duty desk, South Harbour Police"]
    assert found.readers == told
    assert [line.who for line in found.sentences if line.code == "sheet.listed"] == told


def test_looking_is_written_down_and_who_is_looked_at_does_not_hear_of_it(cast):
    report = cast.report()
    trail(cast.viewer("auditor"), report.sheet.reference)
    open_content(cast.viewer("auditor"), report.sheet.reference, "complaint 12 of the week")
    assert Entry.objects.filter(code="account.trailed", actor=cast.seats["auditor"].id).count() == 1
    told = trail(cast.viewer("watch"), report.sheet.reference)
    assert not [line for line in told.sentences if line.code.startswith("account.")]
    assert all("complaint" not in line.reason for line in told.sentences)
    assert any("complaint" in line.reason for line in trail(cast.viewer("auditor"), report.sheet.reference).sentences)


def test_a_seat_that_may_not_see_the_sheet_is_told_nothing(cast):
    sheet = sheet_of(cast.report())
    record_handling(sheet, None, because="x", access_class=access_class(3, ["counter"], True))
    for by, reference in (("watch", sheet.reference), ("watch", "AAA-00-0000"), ("auditor", "AAA-00-0000")):
        with pytest.raises(Missing):
            trail(cast.viewer(by), reference)
    with pytest.raises(Forbidden):
        trail(cast.viewer("north_1"), sheet.reference)


def test_an_auditor_opens_content_only_with_a_reason_and_it_is_written_down(cast):
    report = cast.report()
    with pytest.raises(Refused):
        open_content(cast.viewer("auditor"), report.sheet.reference, " ")
    assert not Entry.objects.filter(code="sheet.opened").exists()
    opened = open_content(cast.viewer("auditor"), report.sheet.reference, "complaint 12 of the week")
    assert any(WORD in text for _, text in opened.words)
    assert Entry.objects.get(code="sheet.opened").reason == "complaint 12 of the week"


def test_an_entry_is_proved_to_outsiders_once_it_is_signed(cast):
    report = cast.report()
    seal()
    checkpoint_now()
    (line,) = trail(cast.viewer("auditor"), report.sheet.reference).sentences[:1]
    assert line.sealed and line.checkpoint
    bundle = json.loads(json.dumps(proof_of(cast.viewer("auditor"), line.entry)))
    assert check_bundle(bundle, log_keys()).trusted
    assert proof_of(cast.viewer("watch"), line.entry)
    signed_in = Entry.objects.create(
        real_at=now(), shown_at=now(), code="person.signed_in", leaf=b"0" * 32, actor=cast.seats["watch"].id
    )
    with pytest.raises(Missing):
        proof_of(cast.viewer("watch"), signed_in.id)


def test_the_newest_part_of_the_log_verifies_and_an_altered_reason_is_named(cast):
    for _ in range(5):
        cast.report()
    open_content(cast.viewer("auditor"), cast.report().sheet.reference, "complaint 12 of the week")
    seal()
    checkpoint_now()
    progress = begin(cast.viewer("auditor"), 0.0)
    progress = verify_step(cast.viewer("auditor"), progress)
    assert progress.ended and progress.findings == [] and progress.checkpoints == 1
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET actor = NULL WHERE code = 'sheet.opened'")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    again = verify_step(cast.viewer("auditor"), begin(cast.viewer("auditor"), 0.0))
    assert len(again.findings) == 1 and "sheet.opened" in again.findings[0]


def test_what_is_due_names_expired_records_and_the_week_its_review(cast):
    sheet = sheet_of(cast.report())
    record_handling(sheet, None, because="x", expires_at=now())
    (row,) = due(cast.viewer("auditor"))
    assert row.sheet.id == sheet.id and row.late
    assert week(cast.viewer("auditor")).reviewed_at is None
    review_week(cast.viewer("auditor"), "nothing unusual")
    told = week(cast.viewer("auditor"))
    assert told.reviewed_by == "auditor" and told.note == "nothing unusual"
    for ask in (due, week):
        with pytest.raises(Forbidden):
            ask(cast.viewer("watch"))
