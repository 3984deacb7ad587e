"""What was promised, whether it was kept, and who reads the handover of a post."""

import datetime

import pytest

from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now
from vedette.programme.actions import (
    end_contact,
    log_meeting,
    note_promise,
    post_officer,
    read_handover,
    set_contact,
    settle_promise,
)
from vedette.programme.handover import may_take_over, pack_of, promise_by_id
from vedette.programme.queries import meeting_by_id


def ahead(days: int) -> datetime.date:
    return now().date() + datetime.timedelta(days=days)


@pytest.fixture
def meeting(cast):
    """The officer of post A met a contact there."""
    officer, post = cast.viewer("officer_a"), cast.posts["a"]
    contact = set_contact(officer, post=post, role="Duty desk", languages=[], reach="line", sensitivity=1)
    return log_meeting(officer, contact=contact, met_at=now(), how="met", text="We spoke of the match.", sensitivity=1)


def test_a_promise_is_owed_until_it_is_settled_once_and_the_log_says_so(cast, manager, meeting):
    officer = cast.viewer("officer_a")
    late = note_promise(officer, meeting=meeting, whose="ours", text="Send the list.", due=ahead(9))
    first = note_promise(officer, meeting=meeting, whose="theirs", text="Call back.", due=ahead(2))
    open_one = note_promise(officer, meeting=meeting, whose="ours", text="Keep in touch.")
    assert pack_of(officer, cast.posts["a"]).open_promises == [first, late, open_one]
    settled = settle_promise(officer, promise=late, kept=True, because="Sent by post.")
    assert (settled.kept, pack_of(officer, cast.posts["a"]).open_promises) == (True, [first, open_one])
    with pytest.raises(Refused):
        settle_promise(officer, promise=late, kept=False, because="Not so.")
    codes = list(Entry.objects.filter(code__startswith="promise.").values_list("code", flat=True))
    assert sorted(codes) == ["promise.noted"] * 3 + ["promise.settled"]


@pytest.mark.parametrize(
    ("values", "field"), [({"whose": "nobody"}, "whose"), ({"text": " "}, "text"), ({"due": -1}, "due")]
)
def test_a_promise_of_nobody_of_nothing_or_due_before_it_was_made_is_refused(cast, meeting, values, field):
    due = ahead(values.pop("due")) if "due" in values else None
    with pytest.raises(Refused) as refusal:
        note_promise(cast.viewer("officer_a"), meeting=meeting, due=due, **{"whose": "ours", "text": "Call.", **values})
    assert refusal.value.field == field


def test_a_promise_is_read_as_its_meeting_is_and_written_at_its_own_post(cast, manager, meeting):
    made = note_promise(manager, meeting=meeting, whose="ours", text="Send the list.")
    post = cast.posts["a"]
    assert promise_by_id(manager, post, made.id) == made and meeting_by_id(manager, post, meeting.pk) == meeting
    for name in ("guards", "north_1"):
        outside = cast.viewer(name)
        assert promise_by_id(outside, post, made.id) is None and meeting_by_id(outside, post, meeting.pk) is None
    assert promise_by_id(manager, cast.posts["b"], made.id) is None
    with pytest.raises(Forbidden):
        settle_promise(cast.viewer("officer_b"), promise=made, kept=True, because="So it was.")


def test_what_was_promised_to_a_contact_who_is_gone_is_owed_all_the_same(cast, manager, meeting):
    note_promise(manager, meeting=meeting, whose="ours", text="Send the list.")
    end_contact(manager, contact=meeting.contact, because="transferred")
    pack = pack_of(manager, cast.posts["a"])
    assert pack.contacts == [] and [row.text for row in pack.open_promises] == ["Send the list."]
    assert pack.roles[meeting.contact_id] == "Duty desk"


def test_the_handover_is_read_by_who_stands_or_will_stand_there_the_manager_and_the_chief(
    cast, manager, spare, meeting
):
    from vedette.agencies.queries import viewers_of

    post = cast.posts["a"]
    coming = viewers_of([spare.id])[spare.id]
    assert not may_take_over(coming, post)
    post_officer(manager, seat=spare, post=post, begins=ahead(30))
    for viewer in (coming, manager, cast.viewer("commander"), cast.viewer("officer_a")):
        assert may_take_over(viewer, post)
    for name in ("officer_b", "watch", "auditor", "guards"):
        assert pack_of(cast.viewer(name), post).contacts == []
        with pytest.raises(Forbidden):
            read_handover(cast.viewer(name), post)
    assert [row.contact for row in read_handover(coming, post).contacts] == [meeting.contact]
    assert Entry.objects.filter(code="handover.seen").get().objects_ids == [post.id]
