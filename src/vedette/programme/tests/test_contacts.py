"""Contacts and meetings: governed, kept by the post, never wider than the contact."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Missing, Refused, ShutManager
from vedette.kit.time import now
from vedette.programme.actions import end_contact, log_meeting, read_contacts, set_contact, set_host_caveat
from vedette.programme.models import Contact, ContactCard, Meeting
from vedette.programme.queries import contacts

ROLE = {"role": "Duty officer, command room", "languages": ["French"], "reach": "night line"}


def contact(cast, by="narrow", post="a", **values):
    return set_contact(cast.viewer(by), post=cast.posts[post], **{**ROLE, **values})


def meet(cast, of, by="narrow", **values):
    plain = {"met_at": now() - datetime.timedelta(hours=1), "how": "met", "text": "He spoke of the match."}
    return log_meeting(cast.viewer(by), contact=of, **{**plain, **values})


@pytest.mark.parametrize("table", [Contact, ContactCard, Meeting])
def test_the_tables_are_shut(cast, table):
    with pytest.raises(ShutManager):
        table.objects.all()


def test_the_officer_of_the_post_writes_a_contact_down_and_the_officer_of_another_does_not(cast):
    assert contact(cast, "officer_a").post == cast.posts["a"]
    with pytest.raises(Forbidden):
        contact(cast, "officer_b")


@pytest.mark.parametrize("name", ["watch", "investigator", "north_1", "administrator"])
def test_nobody_else_writes_contacts_down(cast, name):
    with pytest.raises(Forbidden):
        contact(cast, name)


def test_an_officer_does_not_reach_another_posts_contact_by_naming_his_own_post(cast):
    other = contact(cast, post="b", sensitivity=1)
    with pytest.raises(Forbidden):
        set_contact(cast.viewer("officer_a"), post=cast.posts["a"], contact=other, because="mine", **ROLE)


@pytest.mark.parametrize(
    ("sensitivity", "seen_by"), [(1, {"watch", "narrow", "officer_a"}), (2, {"watch", "narrow"}), (3, {"watch"})]
)
def test_a_contact_is_shown_to_those_whose_class_contains_it(cast, sensitivity, seen_by):
    made = contact(cast, "officer_b", post="b", sensitivity=sensitivity)
    for name in ("watch", "narrow", "officer_a", "north_1", "host", "auditor"):
        shown = {row.contact.pk for row in contacts(cast.viewer(name))}
        assert (made.pk in shown) is (name in seen_by), name


def test_a_changed_card_is_closed_with_its_reason_and_a_new_one_stands(cast):
    made = contact(cast)
    contact(cast, contact=made, reach="day line", because="moved to the day")
    (row,) = contacts(cast.viewer("narrow"))
    assert row.card.reach == "day line"
    assert [(card.reach, card.ended_because) for card in row.older] == [("night line", "moved to the day")]


def test_a_change_without_a_reason_is_refused(cast):
    made = contact(cast)
    with pytest.raises(Refused) as refusal:
        contact(cast, contact=made, reach="day line")
    assert refusal.value.field == "because"


def test_an_ended_contact_keeps_his_card_and_meetings(cast):
    made = contact(cast)
    meet(cast, made)
    end_contact(cast.viewer("narrow"), contact=made, because="retired")
    (row,) = contacts(cast.viewer("narrow"))
    assert row.card is None and row.last.role == ROLE["role"] and len(row.meetings) == 1
    with pytest.raises(Refused):
        end_contact(cast.viewer("narrow"), contact=made, because="again")


@pytest.mark.parametrize(("of", "asked", "given"), [(1, 1, 1), (1, 2, 2), (2, 1, 2), (3, 1, 3)])
def test_a_meeting_is_never_wider_than_its_contact(cast, of, asked, given):
    made = contact(cast, "officer_a", sensitivity=of)
    assert meet(cast, made, "officer_a", sensitivity=asked).sheet.access_class.sensitivity == given


def test_the_contacts_conditions_and_the_hosts_rules_ride_on_what_was_said(cast, manager):
    made = contact(cast, conditions="Never quoted.")
    set_host_caveat(manager, post=cast.posts["a"], code="H2", text="Ask us first.", because="letter")
    sheet = meet(cast, made).sheet
    assert sheet.caveats == ["Never quoted.", "Ask us first."] and sheet.codes == ["H2"]
    assert sheet.originator == cast.agencies["host"]


def test_a_meeting_still_to_come_is_refused(cast):
    made = contact(cast)
    with pytest.raises(Refused) as refusal:
        meet(cast, made, met_at=now() + datetime.timedelta(minutes=5))
    assert refusal.value.field == "met_at"


def test_a_contact_one_may_not_see_cannot_be_written_about(cast):
    made = contact(cast, "officer_a", sensitivity=3)
    with pytest.raises((Forbidden, Missing)):
        meet(cast, made, "narrow")


def test_reading_contacts_leaves_one_entry_that_names_the_sheets(cast, manager):
    made = contact(cast)
    said = meet(cast, made)
    read_contacts(manager, cast.posts["a"])
    entry = Entry.objects.filter(code="sheet.listed").get()
    assert set(entry.objects_ids) == {made.pk, said.pk}


def test_the_list_asks_the_same_number_of_questions_for_one_contact_and_for_fifty(cast):
    viewer = cast.viewer("watch")
    contact(cast)
    with CaptureQueriesContext(connection) as one:
        contacts(viewer)
    for n in range(49):
        contact(cast, role=f"Desk {n}")
    with CaptureQueriesContext(connection) as fifty:
        contacts(viewer)
    assert len(one) == len(fifty) <= 4
