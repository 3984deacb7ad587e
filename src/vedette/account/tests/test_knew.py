"""Who knew what when: four grades kept apart; the asker hears only of what he may."""

import datetime

import pytest

from tests.cast import sheet_of
from vedette.account.queries import knew
from vedette.audit.models import Entry
from vedette.handling.actions import open_one, record_address, record_list
from vedette.incidents.actions import link_report, open_incident
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now
from vedette.reporting.actions import read_at_desk
from vedette.reporting.models import Report
from vedette.sharing.models import Delivery, Paragraph, Receipt, Recipient, Release, Rest

TICK = datetime.timedelta(microseconds=1)


def ask(cast, who, about, by="auditor", moment=None):
    return knew(cast.viewer(by), who=who, about=about, moment=moment or now())


def seat(cast, name):
    return f"seat:{cast.seats[name].id}"


def test_the_four_grades_are_kept_apart_and_only_the_last_two_inform(cast):
    report = cast.report()
    reference, watch = report.sheet.reference, cast.viewer("watch")
    (row,) = ask(cast, seat(cast, "watch"), reference).rows
    assert row.face == "whole" and not (row.shown or row.opened or row.acknowledged) and row.informed is None
    record_list(watch, [report.pk])
    answer = ask(cast, seat(cast, "watch"), reference)
    assert answer.rows[0].shown and answer.first is None and answer.count("shown") == 1
    before_opening = now()
    open_one(watch, Report, report.pk)
    (row,) = ask(cast, seat(cast, "watch"), reference).rows
    assert row.opened and not row.acknowledged and row.informed
    read_at_desk(watch, report=report)
    answer = ask(cast, seat(cast, "watch"), reference)
    assert answer.rows[0].acknowledged and answer.first
    then = ask(cast, seat(cast, "watch"), reference, moment=before_opening)
    assert then.first is None and then.rows[0].shown


def test_its_author_is_informed_and_nobody_before_it_was_filed(cast):
    report = cast.report()
    answer = ask(cast, seat(cast, "officer_a"), report.sheet.reference)
    assert answer.first and answer.first[1].how == "wrote"
    early = ask(cast, seat(cast, "officer_a"), report.sheet.reference, moment=report.sheet.filed_at - TICK)
    assert early.first is None and early.rows[0].face == "no"


def released(cast, report, to="north"):
    from vedette.handling.actions import new_sheet

    by = cast.viewer("releasing")
    sheet = new_sheet(by, kind="release", prefix="REL", sensitivity=3, groups=["desk"])
    moment = now()
    release = Release.objects.create(
        sheet=sheet, version="police", title="What is known", label="AMBER", drafted_by_id=by.seat_id, drafted_at=moment,
        facts_at=moment,
    )  # fmt: skip
    paragraph = Paragraph.objects.create(release=release, position=1, text="A crowd.")
    Rest.objects.create(paragraph=paragraph, sheet=report.sheet)
    recipient = Recipient.objects.create(release=release, agency=cast.agencies[to])
    record_address(sheet, agency=cast.agencies[to].id)
    return Delivery.objects.create(release=release, recipient=recipient, delivered_at=moment)


def test_a_partner_is_informed_of_a_report_by_the_release_that_rests_on_it(cast):
    report = cast.report()
    delivery = released(cast, report)
    who = f"agency:{cast.agencies['north'].id}"
    answer = ask(cast, who, report.sheet.reference)
    faces = {row.sheet.kind: row.face for row in answer.rows}
    assert faces == {"report": "no", "release": "whole"} and answer.first is None
    Receipt.objects.create(delivery=delivery, kind="opened", seat=cast.seats["north_1"], at=now())
    Receipt.objects.create(delivery=delivery, kind="acknowledged", seat=cast.seats["north_2"], at=now())
    answer = ask(cast, who, report.sheet.reference)
    (row,) = [row for row in answer.rows if row.sheet.kind == "release"]
    assert [trace.seat for trace in row.opened] == ["north_1"] and [trace.seat for trace in row.acknowledged] == [
        "north_2"
    ]
    assert ask(cast, f"agency:{cast.agencies['south'].id}", report.sheet.reference).first is None


def test_an_incident_stands_for_what_was_linked_to_it_at_the_moment(cast):
    first, second = cast.report(), cast.report(by="officer_b")
    incident = open_incident(cast.viewer("watch"), report=first, title="Gate")
    before = now()
    link_report(cast.viewer("watch"), report=second.sheet, incident=incident)
    named = incident.sheet.reference
    assert {row.sheet.id for row in ask(cast, seat(cast, "watch"), named).rows} == {incident.pk, first.pk, second.pk}
    then = ask(cast, seat(cast, "watch"), named, moment=before)
    assert second.pk not in {row.sheet.id for row in then.rows}


def test_an_asker_who_is_no_auditor_hears_only_of_what_he_may_see(cast):
    open_to_all, narrow = cast.report(), cast.report(names_person=True)
    sheet = sheet_of(narrow)
    from vedette.handling.actions import access_class, record_handling

    record_handling(sheet, None, because="narrow", access_class=access_class(3, ["counter"], True))
    who = seat(cast, "officer_a")
    assert ask(cast, who, sheet.reference, by="auditor").rows
    assert ask(cast, who, sheet.reference, by="watch").rows == []
    assert ask(cast, who, open_to_all.sheet.reference, by="watch").rows


def test_words_are_searched_as_the_asker_so_an_auditor_finds_none(cast):
    cast.report()
    assert ask(cast, seat(cast, "watch"), "quarrelsome", by="watch").rows
    assert ask(cast, seat(cast, "watch"), "quarrelsome", by="auditor").rows == []


def test_the_asking_is_written_down_and_not_everyone_may_ask(cast):
    report = cast.report()
    ask(cast, seat(cast, "watch"), report.sheet.reference)
    entry = Entry.objects.get(code="account.asked")
    assert entry.actor == cast.seats["auditor"].id and report.pk in entry.objects_ids
    with pytest.raises(Forbidden):
        ask(cast, seat(cast, "watch"), report.sheet.reference, by="investigator")
    with pytest.raises(Forbidden):
        ask(cast, seat(cast, "watch"), report.sheet.reference, by="north_1")
    with pytest.raises(Refused):
        ask(cast, "seat:nobody", report.sheet.reference)


def test_what_an_auditor_opened_is_told_to_auditors_only(cast):
    report = cast.report()
    open_one(cast.viewer("auditor"), Report, report.pk, "complaint 12")
    assert ask(cast, seat(cast, "auditor"), report.sheet.reference).first
    assert ask(cast, seat(cast, "auditor"), report.sheet.reference, by="watch").first is None
