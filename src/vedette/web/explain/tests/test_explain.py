"""Why do I see this: the grounds with their signs, the handling, its changes; nothing for who does not see the record."""

import pytest

from tests.cast import sheet_of
from vedette.audit.models import Entry
from vedette.handling.actions import reclassify, record_address
from vedette.handling.models import Addressee
from vedette.kit.time import now
from vedette.sharing.actions import withdraw_report

pytestmark = pytest.mark.django_db


def narrowed(cast, report, because="it names a source"):
    reclassify(
        cast.viewer("analyst"),
        sheet=sheet_of(report),
        sensitivity=3,
        groups=["desk"],
        named_subject=False,
        because=because,
    )


def page_of(cast, name, report):
    return cast.signed_in(name).get(f"/explain/{report.sheet.reference}/")


def test_each_ground_is_told_with_its_sign_and_its_reason(cast):
    page = page_of(cast, "officer_a", cast.report()).content.decode()
    assert 'aria-label="holds"' in page and 'aria-label="does not hold"' in page
    assert "You wrote it." in page and "sensitivity routine" in page and "It was not released to you." in page


def test_the_handling_and_its_dated_changes_are_told_at_home(cast):
    report = cast.report()
    narrowed(cast, report)
    page = page_of(cast, "watch", report).content.decode()
    assert "Harbour City Police" in page and "Restricted" in page and "Now restricted." in page
    assert "Groups: desk." in page and "it names a source" in page and "analyst" in page


def test_a_reason_never_names_a_record_that_the_reader_does_not_see(cast):
    hidden, report = cast.report(), cast.report()
    narrowed(cast, report, because=f"goes with {hidden.sheet.reference}")
    assert hidden.sheet.reference in page_of(cast, "watch", report).content.decode()
    reclassify(
        cast.viewer("analyst"),
        sheet=sheet_of(hidden),
        sensitivity=3,
        groups=["narco"],
        named_subject=False,
        because="x",
    )
    page = page_of(cast, "watch", report).content.decode()
    assert hidden.sheet.reference not in page and "goes with another record" in page


def test_what_is_not_for_a_reader_is_answered_as_what_is_not_there(cast):
    report = cast.report()
    narrowed(cast, report)
    client = cast.signed_in("officer_b")
    answers = [client.get(f"/explain/{name}/") for name in (report.sheet.reference, "AAA-26-9999", "no such%00thing")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert all("Nothing here that you may see" in answer.content.decode() for answer in answers)
    assert not Entry.objects.filter(code="sheet.explained").exists()


def test_that_somebody_asked_is_written_down_once(cast):
    report = cast.report()
    page_of(cast, "watch", report)
    entry = Entry.objects.get(code="sheet.explained")
    assert entry.actor == cast.seats["watch"].id and entry.objects_ids == [report.pk]


def test_who_has_it_by_delivery_is_not_told_how_the_house_classes_it(cast):
    report = cast.report()
    narrowed(cast, report)
    record_address(sheet_of(report), agency=cast.agencies["north"].id)
    page = page_of(cast, "north_1", report).content.decode()
    assert "It was released to you and is in force." in page and "Another agency holds it." in page
    assert "it names a source" not in page and "Restricted" not in page and "Groups" not in page


def test_who_has_only_the_stub_is_told_when_and_why_and_no_more(cast):
    report = cast.report()
    record_address(sheet_of(report), agency=cast.agencies["north"].id)
    Addressee.objects.filter(sheet=report.pk).update(recalled_at=now(), recalled_because="Sent in error.")
    page = page_of(cast, "north_1", report).content.decode()
    assert "Sent in error." in page and "No ground is left" in page and "How it is handled" not in page


def test_a_withdrawn_report_still_tells_the_house_all_of_it(cast):
    report = cast.report()
    withdraw_report(cast.viewer("officer_a"), report=report, because="It was wrong.")
    page = page_of(cast, "watch", report).content.decode()
    assert "It was wrong." in page and "How it is handled" in page and "Withdrawn." in page


def test_the_desk_and_the_incident_lead_here(cast):
    from vedette.incidents.actions import open_incident

    report = cast.report()
    incident = open_incident(cast.viewer("watch"), report=report, title="A crowd")
    client = cast.signed_in("watch")
    assert f"/explain/{report.sheet.reference}/" in client.get(f"/?report={report.pk}").content.decode()
    assert f"/explain/{incident.sheet.reference}/" in client.get(f"/incidents/{incident.pk}/").content.decode()
