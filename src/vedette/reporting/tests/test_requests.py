"""Questions: asked by any home seat, routed, answered, refused with a reason, thanked; their clocks; what is known already."""

import datetime

import pytest

from tests.cast import draft
from vedette.alerts.actions import record_duty, step_clocks
from vedette.alerts.models import Escalation
from vedette.alerts.queries import running_clocks
from vedette.audit.models import Entry
from vedette.kit import time
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused
from vedette.reporting.actions import QuestionDraft, answer, ask, file_answer, refuse, route, thank
from vedette.reporting.models import Request, RequestState
from vedette.reporting.requests import (
    access_request,
    deeds_of,
    open_request,
    questions_waiting,
    request_lists,
    similar,
)

pytestmark = pytest.mark.django_db
FAR = "Which storage company rented the unit near the harbour market?"


def question(cast, by="investigator", **values):
    plain = {"question": FAR, "why": "Stolen goods.", "post_key": "a"}
    return ask(cast.viewer(by), QuestionDraft(**{**plain, **values}))


def stands(request):
    return RequestState.objects.as_house("a test looks").get(request=request, until__isnull=True).state


@pytest.mark.parametrize("seat", ["investigator", "sergeant", "narrow", "officer_a", "watch", "commander"])
def test_any_home_seat_asks_a_post(cast, seat):
    assert stands(question(cast, by=seat)) == "routed"


def test_a_partner_does_not_ask_here(cast):
    with pytest.raises(Forbidden):
        question(cast, by="north_1")


@pytest.mark.parametrize(("urgency", "hours"), [("8h", 8), ("3d", 72), ("7d", 168)])
def test_the_clock_runs_from_receipt(cast, urgency, hours):
    request = question(cast, urgency=urgency)
    assert request.due_at - request.sheet.filed_at == datetime.timedelta(hours=hours)


def test_the_questions_to_a_post_stand_in_their_fair_order_with_the_reason_of_each_place(cast):
    late, first, urgent = (question(cast, urgency=urgency) for urgency in ("7d", "7d", "8h"))
    Request.objects.as_house("a test").filter(pk=late.pk).update(due_at=late.due_at + datetime.timedelta(hours=1))
    rows = request_lists(cast.viewer("officer_a")).to_me
    assert [row.request.pk for row in rows] == [urgent.pk, first.pk, late.pk]
    assert [row.place.number for row in rows] == [1, 2, 3]
    assert rows[2].place.sentence == "Question 2 of home, which has 100 % of the post."


def test_without_a_post_it_waits_at_the_desk_and_the_clock_goes_on_when_it_is_passed(cast):
    request = question(cast, post_key="")
    assert stands(request) == "asked" and questions_waiting(cast.viewer("watch")) == 1
    due = request.due_at
    route(cast.viewer("watch"), request=request, post_key="b", because="nearest")
    assert stands(request) == "routed" and request.to_post.key == "b" and request.due_at == due
    assert questions_waiting(cast.viewer("officer_b")) == 1 and questions_waiting(cast.viewer("officer_a")) == 0


def test_the_answer_is_a_report_of_the_post_and_the_asker_reads_it(cast):
    request = question(cast)
    file_answer(cast.viewer("officer_a"), request=request, draft=draft(kind="answer", text="Two of them did."))
    row = open_request(cast.viewer("investigator"), request.pk)
    assert row.state == "answered" and row.answer_text == "Two of them did." and row.answer.kind == "answer"
    assert [step.state for step in row.steps if step.at] == ["asked", "routed", "answered"]
    assert "thank" in deeds_of(cast.viewer("investigator"), row)


def test_an_answer_that_cannot_be_linked_files_no_report(cast):
    request = question(cast)
    with pytest.raises(Refused):
        file_answer(cast.viewer("officer_a"), request=request, draft=draft(kind="spot"))
    assert stands(request) == "routed" and Request.objects.seen_by(cast.viewer("watch")).get().answer is None


def test_only_the_post_that_was_asked_answers(cast):
    request = question(cast)
    with pytest.raises(Forbidden):
        answer(cast.viewer("officer_b"), request=request, report=cast.report("officer_b", kind="answer"))


def test_a_narrower_answer_is_said_to_exist_and_its_words_are_not_shown(cast):
    request = question(cast)
    secret = cast.report("officer_a", kind="answer", text="A secret.", sensitivity=3)
    answer(cast.viewer("officer_a"), request=request, report=secret)
    row = open_request(cast.viewer("investigator"), request.pk)
    assert row.state == "answered" and row.answer is None and row.answer_text == ""


@pytest.mark.parametrize(
    ("code", "text", "field"), [("", "No.", "reason_code"), ("law", "  ", "text"), ("mood", "No.", "reason_code")]
)
def test_a_refusal_without_reason_or_words_is_refused_itself(cast, code, text, field):
    request = question(cast)
    with pytest.raises(Refused) as error:
        refuse(cast.viewer("officer_a"), request=request, reason_code=code, text=text)
    assert error.value.field == field and stands(request) == "routed"


def test_the_asker_reads_why_it_was_refused(cast):
    request = question(cast)
    refuse(cast.viewer("officer_a"), request=request, reason_code="law", text="Needs a letter of request.")
    row = open_request(cast.viewer("investigator"), request.pk)
    assert (row.state, row.refusal) == ("refused", "Needs a letter of request.")
    assert row.refusal_words == "the law of the place forbids it"


def test_the_desk_may_refuse_but_another_post_may_not(cast):
    request = question(cast)
    with pytest.raises(Forbidden):
        refuse(cast.viewer("officer_b"), request=request, reason_code="law", text="No.")
    refuse(cast.viewer("watch"), request=request, reason_code="not-clear", text="Say which market.")
    assert stands(request) == "refused"


def test_thanks_come_from_who_asked_and_after_the_answer_only(cast):
    request = question(cast)
    with pytest.raises(Conflict):
        thank(cast.viewer("investigator"), request=request)
    file_answer(cast.viewer("officer_a"), request=request, draft=draft(kind="answer"))
    with pytest.raises(Forbidden):
        thank(cast.viewer("commander"), request=request)
    thank(cast.viewer("investigator"), request=request, text="Two arrests.")
    assert stands(request) == "thanked"


def test_a_question_that_was_answered_is_neither_refused_nor_answered_again(cast):
    request = question(cast)
    file_answer(cast.viewer("officer_a"), request=request, draft=draft(kind="answer"))
    with pytest.raises(Conflict):
        refuse(cast.viewer("officer_a"), request=request, reason_code="law", text="No.")
    with pytest.raises(Conflict):
        file_answer(cast.viewer("officer_a"), request=request, draft=draft(kind="answer"))


def test_each_deed_writes_exactly_one_audit_entry(cast):
    request, officer, asker = question(cast, post_key=""), cast.viewer("officer_a"), cast.viewer("investigator")
    report = cast.report(kind="answer")
    begun = Entry.objects.count()
    route(cast.viewer("watch"), request=request, post_key="a")
    answer(officer, request=request, report=report)
    thank(asker, request=request)
    codes = list(Entry.objects.order_by("id").values_list("code", flat=True))[begun:]
    assert codes == ["request.routed", "request.answered", "request.thanked"]


def test_states_are_dated_and_only_one_stands(cast):
    request = question(cast, post_key="")
    route(cast.viewer("watch"), request=request, post_key="a")
    rows = RequestState.objects.as_house("a test looks").filter(request=request).order_by("since", "id")
    assert [(row.state, row.until is None) for row in rows] == [("asked", False), ("routed", True)]


def test_a_question_that_names_a_person_is_kept_from_who_may_not_know_names(cast):
    request = question(cast, names_person=True)
    assert access_request(cast.viewer("officer_a"), request.pk) == request
    for name in ("narrow", "watch_off", "north_1"):
        with pytest.raises(Missing):
            access_request(cast.viewer(name), request.pk)


def test_the_asked_officer_reads_a_question_above_his_clearance(cast):
    request = question(cast, by="analyst", sensitivity=3)
    assert access_request(cast.viewer("officer_a"), request.pk) == request
    with pytest.raises(Missing):
        access_request(cast.viewer("officer_b"), request.pk)


def test_each_finds_his_own_list(cast):
    mine = question(cast)
    waiting = question(cast, by="sergeant", post_key="")
    assert [row.request.pk for row in request_lists(cast.viewer("investigator")).mine] == [mine.pk]
    assert [row.request.pk for row in request_lists(cast.viewer("officer_a")).to_me] == [mine.pk]
    desk = request_lists(cast.viewer("watch"))
    assert [row.request.pk for row in desk.waiting] == [waiting.pk]
    assert [row.request.pk for row in desk.others] == [mine.pk]


def test_a_new_question_finds_who_asked_or_reported_something_like_it(cast):
    question(cast)
    cast.report(text="The storage company at the harbour market rents to a shell firm.")
    found = similar(cast.viewer("sergeant"), "Who runs the storage company by the harbour?")
    assert {(one.kind, one.call) for one in found} == {("request", "investigator"), ("report", "LO A-ville")}


def test_what_the_asker_may_not_see_is_no_hit(cast):
    question(cast, by="analyst", sensitivity=3)
    assert similar(cast.viewer("sergeant"), "Who runs the storage company by the harbour?") == []


def test_the_lists_cost_the_same_number_of_questions_for_one_and_for_many(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    question(cast)
    with CaptureQueriesContext(connection) as first:
        request_lists(cast.viewer("investigator"))
    for _ in range(7):
        question(cast)
    with CaptureQueriesContext(connection) as second:
        request_lists(cast.viewer("investigator"))
    assert len(first) == len(second)


def test_a_question_past_its_time_is_told_up_the_ladder_until_it_is_answered(cast):
    set_up_duties(cast)
    late, answered = question(cast, urgency="8h"), question(cast, urgency="8h", question="Who rents the second unit?")
    file_answer(cast.viewer("officer_a"), request=answered, draft=draft(kind="answer"))
    time.set_clock(shown=late.due_at + datetime.timedelta(minutes=61), speed=1, paused=True)
    step_clocks()
    told = Escalation.objects.seen_by(cast.viewer("watch")).filter(clock__kind="question")
    assert [(row.clock.subject, row.duty, row.outcome) for row in told.order_by("step")] == [
        (late.pk, "watch", "told"),
        (late.pk, "watch-commander", "told"),
    ]
    refuse(cast.viewer("officer_a"), request=late, reason_code="not-held", text="Nobody here has heard of it.")
    assert running_clocks(cast.viewer("watch"), ["question"]) == []


def set_up_duties(cast):
    for duty, seat in (("watch", "watch"), ("watch-commander", "releasing"), ("commander", "commander")):
        record_duty(cast.seats[seat], duty)
