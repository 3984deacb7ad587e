"""Statements, the nexus and what others sent: written down by a person, dated, refused when they do not hold."""

import datetime

import pytest

from vedette.audit.models import Entry
from vedette.handling.actions import open_one
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.time import now
from vedette.reporting.actions import ClaimDraft, ReceivedDraft, file_received, make_claim, set_nexus
from vedette.reporting.models import Claim, NexusAnswer, Received, Report
from vedette.reporting.received import received_about, received_page
from vedette.reporting.work import my_reports, report_work
from vedette.search.queries import find

pytestmark = pytest.mark.django_db
TEXT = "18 killed and 3 attackers in a black car."


def came(cast, by="watch", **values):
    plain = {"sender": "Duty agent", "channel": "call", "received_at": now(), "text": "They ask what our post hears."}
    return file_received(cast.viewer(by), ReceivedDraft(**{**plain, **values}))


def test_the_words_propose_and_a_person_confirms(cast):
    report = cast.report(text=TEXT)
    proposed = {(one.kind, one.value) for one in report_work(cast.viewer("analyst"), report.pk).proposals}
    assert {("killed", "18"), ("attackers", "3")} <= proposed
    assert not Claim.objects.seen_by(cast.viewer("analyst")).exists()
    make_claim(cast.viewer("analyst"), report=report, draft=ClaimDraft("killed", "18", quote="18 killed"))
    left = {(one.kind, one.value) for one in report_work(cast.viewer("analyst"), report.pk).proposals}
    assert left == proposed - {("killed", "18")}


def test_a_statement_takes_the_grade_of_its_report_until_it_is_graded(cast):
    report = cast.report(text=TEXT)
    make_claim(cast.viewer("analyst"), report=report, draft=ClaimDraft("killed", "18"))
    one = report_work(cast.viewer("watch"), report.pk).claims[0]
    assert (one.grade.reliability, one.grade.credibility, one.own) == ("F", "6", False)


def test_the_same_statement_written_down_twice_is_one(cast):
    report = cast.report(text=TEXT)
    first, second = (make_claim(cast.viewer("watch"), report=report, draft=ClaimDraft("killed", "18")) for _ in "ab")
    assert first == second


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "gossip"}, "kind"),
        ({"value": ""}, "value"),
        ({"qualifier": "perhaps"}, "qualifier"),
        ({"quote": "nineteen killed"}, "quote"),
        ({"number": -1}, "number"),
        ({"value": "a\u202eb"}, "value"),
    ],
)
def test_a_statement_that_does_not_hold_is_refused_at_its_field(cast, values, field):
    draft = ClaimDraft(**{"kind": "killed", "value": "18", **values})
    with pytest.raises(Refused) as refusal:
        make_claim(cast.viewer("watch"), report=cast.report(text=TEXT), draft=draft)
    assert refusal.value.field == field


def test_an_officer_does_not_write_statements_into_his_own_report(cast):
    with pytest.raises(Forbidden):
        make_claim(cast.viewer("officer_a"), report=cast.report(text=TEXT), draft=ClaimDraft("killed", "18"))


def test_the_nexus_is_answered_dated_and_the_one_before_is_kept(cast):
    report = cast.report(nexus="confirmed", nexus_note="A call to the consulate.")
    asked_at = now() - datetime.timedelta(minutes=5)
    set_nexus(cast.viewer("officer_a"), report=report, status="none-known", asked="duty officer", asked_at=asked_at)
    set_nexus(cast.viewer("watch"), report=report, status="possible", note="Two of ours among them.")
    rows = NexusAnswer.objects.seen_by(cast.viewer("watch")).order_by("since", "id")
    assert [(row.status, row.until is None, row.asked) for row in rows] == [
        ("confirmed", False, ""),
        ("none-known", False, "duty officer"),
        ("possible", True, ""),
    ]
    assert Report.objects.seen_by(cast.viewer("watch")).get().nexus == "possible"


def test_a_link_is_not_named_without_saying_which(cast):
    with pytest.raises(Refused) as refusal:
        set_nexus(cast.viewer("watch"), report=cast.report(), status="confirmed")
    assert refusal.value.field == "nexus_note"


def test_what_came_in_is_a_sheet_of_the_sender_and_can_be_found(cast):
    report = cast.report()
    row = came(cast, agency_key="federal", label="TLP:AMBER", about=report.sheet.reference, text="A grey launch left.")
    assert row.sheet.originator == cast.agencies["federal"] and row.sheet.holder == cast.agencies["home"]
    assert "TLP:AMBER" in row.sheet.caveats[0]
    assert [hit.sheet_id for hit in find(cast.viewer("watch"), "grey launch")] == [row.pk]
    assert [one.received.pk for one in received_about(cast.viewer("watch"), report.pk)] == [row.pk]


def test_the_federal_partner_does_not_see_what_we_filed_about_its_call(cast):
    row = came(cast, agency_key="federal")
    with pytest.raises(Missing):
        open_one(cast.viewer("federal"), Received, row.pk)
    assert received_page(cast.viewer("federal"))[0] == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"sender": ""}, "sender"),
        ({"text": " "}, "text"),
        ({"agency_key": "nobody"}, "agency"),
        ({"agency_key": "home"}, "agency"),
        ({"about": "AAA-99-9999"}, "about"),
        ({"received_at": datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)}, "received_at"),
        ({"sensitivity": 4}, "sensitivity"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(cast, values, field):
    with pytest.raises(Refused) as refusal:
        came(cast, **values)
    assert refusal.value.field == field


def test_a_reference_that_the_clerk_may_not_see_reads_like_one_that_does_not_exist(cast):
    hidden = cast.report("officer_a", sensitivity=4)
    said = []
    for reference in (hidden.sheet.reference, "AAA-99-9999"):
        with pytest.raises(Refused) as refusal:
            came(cast, about=reference)
        said.append(str(refusal.value).replace(reference, "X"))
    assert said[0] == said[1]


def test_only_the_desk_files_what_came_in(cast):
    for seat in ("officer_a", "investigator", "north_1", "auditor"):
        with pytest.raises(Forbidden):
            came(cast, by=seat)


def test_each_writes_one_audit_entry(cast):
    report = cast.report(text=TEXT)
    begun = Entry.objects.count()
    make_claim(cast.viewer("watch"), report=report, draft=ClaimDraft("killed", "18"))
    set_nexus(cast.viewer("watch"), report=report, status="none-known")
    came(cast)
    codes = list(Entry.objects.order_by("id").values_list("code", flat=True))[begun:]
    assert codes == ["claim.made", "report.nexus_set", "received.filed"]


def test_my_reports_show_when_and_by_whom_they_were_read(cast):
    from vedette.reporting.actions import read_at_desk

    report = cast.report()
    assert my_reports(cast.viewer("officer_a"))[0].path[-1].at is None
    read_at_desk(cast.viewer("watch"), report=report)
    step = my_reports(cast.viewer("officer_a"))[0].path[-1]
    assert step.at is not None and step.who.startswith("watch (")
    assert my_reports(cast.viewer("officer_b")) == []


def test_a_phoned_report_waits_for_the_officer_to_confirm_it(cast):
    from vedette.reporting.actions import confirm_phoned_report

    officer = cast.seats["officer_a"].id
    report = cast.report("watch", post_key="a", phoned_by=officer)
    assert my_reports(cast.viewer("officer_a"))[0].to_confirm
    confirm_phoned_report(cast.viewer("officer_a"), report=report)
    assert not my_reports(cast.viewer("officer_a"))[0].to_confirm
