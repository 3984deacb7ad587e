"""Asking for a purge, deciding it, and what is left to see of a purged record."""

import datetime
import uuid

import pytest
from django.urls import reverse

from tests.cast import Cast, sign_in
from vedette.audit.models import Entry
from vedette.handling.models import PurgeOrder, Sheet
from vedette.incidents.actions import link_report, open_incident
from vedette.kit.time import real_now
from vedette.reporting.models import Report
from vedette.sharing.purge_orders import proposal

SAID = {"basis": "retention", "because": "Docket 12, nobody validated it."}
WORDS = "The grey van stood at the bridge for two hours without its lights"


@pytest.fixture
def report(cast: Cast) -> Report:
    return cast.report(text=WORDS)


def ask(cast: Cast, report: Report, seat: str = "commander", **values):
    address = reverse("purge_ask", args=[report.sheet.reference])
    return cast.signed_in(seat).post(address, {"do": "ask", **SAID, **values})


def order_of(cast: Cast, report: Report, seat: str = "commander") -> PurgeOrder:
    assert ask(cast, report, seat).status_code == 302
    return PurgeOrder.objects.get()


def decide(cast: Cast, order: PurgeOrder, seat: str = "auditor", **values):
    address = reverse("purge_decide", args=[order.id])
    return cast.signed_in(seat).post(address, {"do": "approve", **values})


def test_a_commander_asks_and_the_privacy_officer_approves(cast, report):
    order = order_of(cast, report)
    waiting = cast.signed_in("auditor").get("/audit/purges/").content.decode()
    assert order.reference in waiting and "waits for a second person" in waiting
    assert decide(cast, order).status_code == 302
    done = cast.signed_in("auditor").get(reverse("purge_order", args=[order.id])).content.decode()
    assert "Wordings and translations" in done and "grey van" not in done
    assert Sheet.objects.get(id=report.pk).purged_at is not None
    assert Entry.objects.filter(code="sheet.purged", objects_ids__contains=[report.pk]).count() == 1


def test_who_asked_does_not_approve(cast, report):
    order = order_of(cast, report)
    answer = decide(cast, order, "commander")
    assert answer.status_code == 422
    assert "takes a second person" in answer.content.decode()
    assert Sheet.objects.get(id=report.pk).purged_at is None


def test_one_of_the_two_is_a_privacy_officer(cast, report):
    order = order_of(cast, report, "releasing")
    answer = decide(cast, order, "commander")
    assert answer.status_code == 422
    assert "privacy officer" in answer.content.decode()
    page = cast.signed_in("commander").get(reverse("purge_order", args=[order.id])).content.decode()
    assert 'value="approve"' not in page and 'value="refuse"' in page
    assert Sheet.objects.get(id=report.pk).purged_at is None


def test_without_a_fresh_proof_nobody_asks_or_approves(cast, report):
    stale = sign_in(cast.viewer("commander"))
    session = stale.session
    session["proved"] = (real_now() - datetime.timedelta(minutes=30)).isoformat()
    session.save()
    answer = stale.post(reverse("purge_ask", args=[report.sheet.reference]), {"do": "ask", **SAID})
    assert answer.status_code == 302 and answer["Location"].startswith("/prove/?next=")
    assert not PurgeOrder.objects.exists()


def test_a_refused_order_leaves_everything_and_says_why(cast, report):
    order = order_of(cast, report)
    assert decide(cast, order, do="refuse", because="").status_code == 422
    assert decide(cast, order, do="refuse", because="The case still runs.").status_code == 302
    assert "The case still runs." in cast.signed_in("commander").get(f"/audit/purges/{order.id}/").content.decode()
    assert decide(cast, order).status_code == 422
    assert Sheet.objects.get(id=report.pk).purged_at is None


@pytest.mark.parametrize(
    ("values", "said"),
    [({"basis": ""}, "Legal basis"), ({"because": "no"}, "too short"), ({"words": "docket"}, "repeats the words")],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_asked(cast, report, values, said):
    answer = ask(cast, report, **values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PurgeOrder.objects.exists()


def test_a_record_that_repeats_the_words_is_offered_ticked_and_others_are_not_offered(cast, report):
    copy = cast.report(by="officer_b", text=f"Seen: {WORDS}. It went north.")
    other = cast.report(by="officer_b", text="Nothing of the kind was seen anywhere near the old harbour wall.")
    page = cast.signed_in("commander").get(reverse("purge_ask", args=[report.sheet.reference])).content.decode()
    assert f'value="{copy.pk}"' in page and "checked" in page
    assert str(other.pk) not in page


def test_who_decides_is_told_what_has_come_to_repeat_the_words_since(cast, report):
    order = order_of(cast, report)
    copy = cast.report(by="officer_b", text=f"Seen again: {WORDS}. It went north.")
    page = cast.signed_in("auditor").get(f"/audit/purges/{order.id}/").content.decode()
    assert copy.sheet.reference in page and "Found since it was asked" in page


def test_an_incident_that_only_this_report_belongs_to_is_offered_ticked(cast, report):
    watch = cast.viewer("watch")
    incident = open_incident(watch, report=report)
    assert ticks(cast, report) == {incident.pk: True}
    link_report(watch, report=cast.report(text="Quite another thing, seen from the tower.").sheet, incident=incident)
    assert ticks(cast, report) == {incident.pk: False}


def ticks(cast: Cast, report: Report) -> dict[uuid.UUID, bool]:
    found = proposal(cast.viewer("commander"), report.pk)
    return {row.sheet.id: row.ticked for row in found.others}


def test_a_record_the_asker_does_not_see_is_the_same_as_none(cast, report):
    hidden = cast.report(by="officer_a", text=f"Hidden: {WORDS}", sensitivity=4)
    browser = cast.signed_in("commander")
    assert browser.get(reverse("purge_ask", args=[hidden.sheet.reference])).status_code == 404
    assert browser.get(reverse("purge_ask", args=["PAR-99-0001"])).status_code == 404
    page = browser.post(reverse("purge_ask", args=[report.sheet.reference]), {"do": "look", "words": "Hidden"})
    assert hidden.sheet.reference not in page.content.decode()


def test_who_saw_it_is_told_that_it_was_purged_and_who_did_not_is_told_nothing(cast, report):
    order = order_of(cast, report)
    decide(cast, order)
    gone = cast.signed_in("watch").get(f"/desk/reports/{report.pk}/")
    assert gone.status_code == 410
    assert order.reference in gone.content.decode() and "grey van" not in gone.content.decode()
    said = cast.signed_in("watch").get(f"/api/v1/reports/{report.pk}/proposed-claims")
    assert (said.status_code, said.json()["error"]) == (410, "purged")
    assert cast.signed_in("north_1").get(f"/api/v1/reports/{report.pk}/proposed-claims").status_code in (403, 404)
    assert str(report.pk) not in cast.signed_in("watch").get("/").content.decode()


@pytest.mark.parametrize("seat", ["sergeant", "officer_a", "north_1"])
def test_other_seats_have_no_door_to_purges(cast, report, seat):
    browser = cast.signed_in(seat)
    for address in ("/audit/purges/", reverse("purge_ask", args=[report.sheet.reference])):
        assert browser.get(address).status_code == 403


def test_nothing_asked_for_yet_says_where_to_ask(cast, report):
    assert "Nobody has asked for a purge" in cast.signed_in("auditor").get("/audit/purges/").content.decode()
