"""The questions board: late ones first, how far each came, and what is known of the phone it waits on."""

import datetime

import pytest

from vedette.handsets.questions import late_answer_of, on_phones, questions_board
from vedette.handsets.tests.phone import flash, phone_of
from vedette.kit.errors import Forbidden
from vedette.kit.time import now, set_clock
from vedette.reporting.actions import QuestionDraft, ask, refuse
from vedette.reporting.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    return ask(
        cast.viewer("investigator"), QuestionDraft("Which boat?", "Two are missing.", post_key="a", urgency="8h")
    )


def test_a_question_is_followed_to_the_phone_and_to_its_opening(cast, asked):
    watch = cast.viewer("watch")
    (row,) = questions_board(watch).rows
    assert (row.carried_at, row.opened_at, row.officers[0].phone) == (None, None, None)
    phone = phone_of(cast)
    phone.contact(waiting=2, oldest_waiting=phone.clock())
    tag = phone.held()["ETag"]
    # What went out may not have come: only what the phone says that it holds has reached it.
    assert on_phones(watch, [asked.pk])[asked.pk][0] is None
    phone.held(tag=tag)
    first = on_phones(watch, [asked.pk])[asked.pk][0]
    phone.held(tag=tag)
    phone.send(phone.packet("read", {"what": [str(asked.pk)]}))
    (row,) = questions_board(watch).rows
    assert row.carried_at == first and row.carried_at <= row.opened_at
    assert (row.officers[0].label, row.unsent) == ("officer_a", 2)


def test_a_question_that_was_opened_on_a_phone_had_reached_it(cast, asked):
    phone = phone_of(cast)
    phone.send(phone.packet("read", {"what": [str(asked.pk)]}))
    carried, opened = on_phones(cast.viewer("watch"), [asked.pk])[asked.pk]
    assert carried == opened is not None


def test_the_late_come_first_and_one_post_is_shown_alone(cast, asked):
    set_clock(shown=now() + datetime.timedelta(hours=9), speed=1, paused=True)
    other = ask(cast.viewer("investigator"), QuestionDraft("Which car?", "It is missing.", post_key="b", urgency="8h"))
    board = questions_board(cast.viewer("watch"))
    assert [row.request.pk for row in board.rows] == [asked.pk, other.pk] and board.late == 1
    assert [(post.key, n) for post, n in board.posts] == [("a", 1), ("b", 1)]
    assert [row.request.pk for row in questions_board(cast.viewer("watch"), "b").rows] == [other.pk]


def test_an_answer_that_came_late_stands_on_the_board_with_what_it_was_meant_for(cast, asked):
    phone, watch = phone_of(cast), cast.viewer("watch")
    refuse(watch, request=asked, reason_code="law", text="The law forbids it.")
    phone.send(phone.packet("answer", {**flash(text="The blue one."), "request": str(asked.pk)}))
    board = questions_board(watch)
    report = Report.objects.seen_by(watch).get()
    assert (board.rows, board.late_answers[0].meant) == ([], asked.sheet.reference)
    assert late_answer_of(watch, report.pk).meant == asked.sheet.reference
    assert late_answer_of(cast.viewer("north_1"), report.pk) is None


@pytest.mark.parametrize("name", ["officer_a", "investigator", "north_1"])
def test_the_board_is_the_desks(cast, asked, name):
    with pytest.raises(Forbidden):
        questions_board(cast.viewer(name))
    assert "Which boat?" not in cast.signed_in(name).get("/ask/board/").content.decode()


def test_the_desk_reads_on_the_report_what_it_was_meant_to_answer(cast, asked):
    phone = phone_of(cast)
    refuse(cast.viewer("watch"), request=asked, reason_code="law", text="The law forbids it.")
    said = phone.send(phone.packet("answer", {**flash(text="The blue one."), "request": str(asked.pk)})).json()
    pane = cast.signed_in("watch").get(f"/desk/reports/{said['id']}/").content.decode()
    assert f"Written as the answer to {asked.sheet.reference}" in pane
