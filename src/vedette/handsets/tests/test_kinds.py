"""Each kind of packet does its verb once; what was typed is never lost when the house has moved on meanwhile."""

import datetime
import os
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast
from vedette.agencies.actions import record_person, record_seat
from vedette.agencies.queries import viewers_of
from vedette.audit.models import Entry
from vedette.funding.models import Expense
from vedette.handsets.models import LateAnswer, Opening, Upload
from vedette.handsets.tests.phone import HOUR_MS, Phone, file_said, flash, ms, phone_of
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.programme.actions import MissionDraft, accept_mission, assign_member, plan_check_in, record_posting
from vedette.programme.missions import post_of_team
from vedette.programme.models import CheckIn, Duress, Mission, MissionMember, Posting, SafetyCheck
from vedette.programme.safety import alarms, own_checks
from vedette.reporting.actions import QuestionDraft, ask, drop_team_question, refuse, route, send_surge
from vedette.reporting.models import Report, Request, TeamQuestion
from vedette.reporting.surges import team_questions

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
HERE = {"lat": 48.85341, "lon": 2.3488, "precision_m": 11.5, "place": ""}


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast)


@pytest.fixture
def asked(cast: Cast) -> Request:
    return ask(cast.viewer("investigator"), QuestionDraft("Which boat?", "Two are missing.", post_key="a"))


def count(table: type) -> int:
    return int(table.objects.as_house("a test counts").count())


def twice(phone: Phone, kind: str, body: dict, **more: object) -> dict:
    """The packet sent two times: the answers are one, and it is the answer."""
    packet = phone.packet(kind, body, **more)
    first, again = phone.send(packet), phone.send(packet)
    assert first.status_code == 200 and first.json() == again.json()
    return first.json()


def test_an_answer_from_a_phone_is_linked_and_closes_the_question_once(cast, phone, asked):
    said = twice(phone, "answer", {**flash(text="The blue one."), "request": str(asked.pk)})
    row = Request.objects.as_house("a test looks").get(pk=asked.pk)
    assert (str(row.answer_id), said["note"], count(Report)) == (said["id"], "", 1)
    assert row.states.as_house("a test looks").get(until__isnull=True).state == "answered"
    assert Report.objects.seen_by(cast.viewer("investigator")).get().kind == "answer"


@pytest.mark.parametrize(
    ("meanwhile", "note"), [("refuse", "question-closed"), ("route", "question-moved"), ("unknown", "question-gone")]
)
def test_an_answer_to_a_question_that_waits_no_more_is_a_report_that_says_so(cast, phone, asked, meanwhile, note):
    key = str(asked.pk)
    if meanwhile == "refuse":
        refuse(cast.viewer("watch"), request=asked, reason_code="law", text="The law forbids it.")
    elif meanwhile == "route":
        route(cast.viewer("watch"), request=asked, post_key="b")
    else:
        key = "01234567-0123-7123-8123-0123456789ab"
    said = twice(phone, "answer", {**flash(text="The blue one."), "request": key})
    report = Report.objects.seen_by(cast.viewer("watch")).get()
    late = LateAnswer.objects.seen_by(cast.viewer("watch")).get()
    assert (said["note"], said["reference"]) == (note, report.sheet.reference)
    assert (late.report_id, late.meant_id) == (report.pk, None if meanwhile == "unknown" else asked.pk)


def test_an_answer_whose_words_cannot_be_taken_stays_on_the_phone_and_the_question_open(phone, asked):
    refused = phone.send(phone.packet("answer", {**flash(text=""), "request": str(asked.pk)}))
    assert (refused.status_code, refused.json()["field"], count(Report)) == (422, "text", 0)
    assert asked.states.as_house("a test looks").get(until__isnull=True).state == "routed"


@pytest.fixture
def team(cast: Cast) -> tuple[Phone, list[TeamQuestion]]:
    """The phone of an officer who is posted nowhere and is on a team in A-ville today, and what the team is to find out."""
    manager, basis = cast.viewer("narrow"), cast.report().sheet
    seat = record_seat(
        record_person(username="spare", label="Officer 9"), cast.agencies["home"], label="spare", roles=["officer"],
        sworn=True,
    )  # fmt: skip
    today = now().date()
    draft = MissionDraft(title="Team for A-ville", kind="surge", country="FR", city="A-ville", wanted_from=today,
                         wanted_days=10, team=2, sensitivity=1)  # fmt: skip
    mission = send_surge(manager, draft=draft, basis=basis)
    accept_mission(cast.viewer("commander"), mission=mission, begins=today, days=10, place="A-ville")
    assign_member(manager, mission=mission, seat=seat)
    sitting = Cast(cast.agencies, cast.units, {**cast.seats, "spare": seat}, cast.posts)
    return phone_of(sitting, "spare"), [one.question for one in team_questions(manager, mission)]


def test_a_team_answers_its_questions_from_the_phone_by_a_report_or_a_reason(cast, team):
    phone, (first, second, third, *_rest) = team
    said = twice(phone, "team-answer", {**flash(kind="spot", text="Nine men, two cars."), "question": str(first.id)})
    assert said["note"] == "" and said["reference"].startswith("AAA-")
    twice(phone, "team-answer", {"question": str(second.id), "none_because": "The host keeps it back."})
    drop_team_question(cast.viewer("narrow"), question=third, because="It is known.")
    late = twice(phone, "team-answer", {**flash(kind="spot", text="It was the boat."), "question": str(third.id)})
    assert late["note"] == "question-gone" and count(Report) == 3
    carried = {one.question.id: one for one in team_questions(cast.viewer("watch"), first.mission)}
    assert str(carried[first.id].report.pk) == said["id"]
    assert carried[second.id].answer.none_because == "The host keeps it back."
    held = phone.held().json()
    assert [one["answered"] for one in held["teams"][0]["questions"][:2]] == [True, False]
    assert held["me"]["post"]["key"] == "a" and held["questions"] == []


def test_the_sign_of_life_that_a_team_owes_is_given_from_the_phone(cast, team):
    phone, (first, *_rest) = team
    due = plan_check_in(cast.viewer("narrow"), mission=first.mission, due=now() + HOUR)
    (owed,) = phone.held().json()["check_ins"]
    assert (owed["id"], owed["team"]) == (str(due.id), "Team for A-ville")
    twice(phone, "check-in", {"check": owed["id"], **HERE})
    row = CheckIn.objects.as_house("a test looks").get()
    assert (row.lat, row.precision_m, row.done_at <= row.told_at) == (48.85341, 12, True)
    phone.send(phone.packet("duress", {}))
    (alarm,) = alarms(cast.viewer("watch"))
    assert (alarm.duress.lat, alarm.duress.position_from) == (48.85341, "sign of life")
    assert phone.held().json()["check_ins"] == []


def test_a_reason_that_may_name_somebody_stays_on_the_phone(team):
    phone, (first, *_rest) = team
    reason = {"question": str(first.id), "none_because": "The prosecutor, Jean Dupont, forbids it."}
    refused = phone.send(phone.packet("team-answer", reason))
    assert (refused.status_code, refused.json()["field"]) == (422, "none_because")


def test_what_was_opened_on_the_phone_is_opened_as_any_record_and_only_what_the_seat_may_read(cast, phone, asked):
    narrow = QuestionDraft("Who is he?", "A case.", post_key="b", sensitivity=3)
    hidden = ask(cast.viewer("watch"), narrow)
    opened_at = phone.clock() - 600_000
    twice(phone, "read", {"what": [str(asked.pk), str(asked.pk), "nonsense", "7", str(cast.seats["watch"].id)]})
    phone.send(phone.packet("read", {"what": [str(asked.pk)]}, written_at=opened_at))
    (row,) = Opening.objects.seen_by(cast.viewer("watch"))
    assert (row.sheet_id, row.seat_id) == (asked.pk, cast.seats["officer_a"].id) and row.at <= row.told_at
    assert Entry.objects.filter(code="sheet.opened", objects_ids=[asked.pk]).count() == 2
    phone.send(phone.packet("read", {"what": [str(hidden.pk)]}))
    assert count(Opening) == 1
    many = phone.send(phone.packet("read", {"what": [str(new_id()) for _ in range(501)]}))
    assert (many.status_code, many.json()["field"]) == (422, "what")


def test_a_sign_of_life_is_set_and_given_from_the_phone_each_once(cast, phone):
    due = {"device": phone.clock() + HOUR_MS}
    twice(phone, "set-check-in", {"due": due, **HERE, "note": "meets the host"})
    (owed,) = own_checks(cast.viewer("officer_a"))
    assert abs(owed.due - now() - HOUR) < datetime.timedelta(seconds=20)
    twice(phone, "check-in", {"check": str(owed.pk), **HERE})
    row = SafetyCheck.objects.as_house("a test looks").get()
    assert (row.told_lat, row.told_precision_m, own_checks(cast.viewer("officer_a"))) == (48.85341, 12, [])


def test_a_sign_of_life_that_is_owed_no_more_is_given_all_the_same(cast, phone):
    phone.send(phone.packet("set-check-in", {"due": {"device": ms() + HOUR_MS}}))
    (owed,) = own_checks(cast.viewer("officer_a"))
    phone.send(phone.packet("check-in", {"check": str(owed.pk), **HERE}))
    assert twice(phone, "check-in", {"check": str(owed.pk), **HERE})["note"] == "not-owed"
    assert twice(phone, "check-in", {"check": None, **HERE})["note"] == "" and count(SafetyCheck) == 3


def test_a_sign_of_life_from_nowhere_or_by_a_moment_that_passed_stays_on_the_phone(phone):
    nowhere = phone.send(phone.packet("check-in", {"check": None, "place": ""}))
    late = phone.send(phone.packet("set-check-in", {"due": {"device": ms() - HOUR_MS}}))
    assert [(one.status_code, one.json()["field"]) for one in (nowhere, late)] == [(422, "place"), (422, "due")]


def test_nobody_gives_another_officers_sign_of_life_from_his_phone(cast, phone):
    phone.send(phone.packet("set-check-in", {"due": {"device": ms() + HOUR_MS}}))
    (owed,) = own_checks(cast.viewer("officer_a"))
    other = phone_of(cast, "officer_b")
    assert other.send(other.packet("check-in", {"check": str(owed.pk), **HERE})).json()["note"] == "not-owed"
    assert [row.pk for row in own_checks(cast.viewer("officer_a"))] == [owed.pk]


def test_an_expense_with_its_receipt_is_entered_once_for_the_officers_own_post(phone):
    body = {"amount": "12.50", "currency": "usd", "kind": "road", "day": now().date().isoformat(), "note": "taxi"}
    twice(phone, "expense", body, files=[file_said(b"a receipt", os.urandom(32))])
    row = Expense.objects.as_house("a test looks").get()
    assert (row.amount, row.currency, row.item, row.post.key, row.note) == (1250, "USD", "road", "a", "taxi")
    assert Upload.objects.as_house("a test looks").get().sheet_id == row.pk


@pytest.mark.parametrize("next_post", ["b", ""])
def test_what_was_written_at_the_last_post_belongs_there_though_it_is_sent_from_the_next(cast, phone, asked, next_post):
    seat, today = cast.seats["officer_a"], now().date()
    Posting.objects.filter(seat=seat).update(days=(None, today))
    if next_post:
        record_posting(seat, cast.posts[next_post], today)
    then = ms() - 48 * HOUR_MS
    said = twice(phone, "report", flash(source_kind="host-police"), written_at=then)
    body = {"amount": "12.50", "currency": "USD", "kind": "road", "day": today.isoformat()}
    assert phone.send(phone.packet("expense", body, written_at=then)).status_code == 200
    reply = phone.packet("answer", {**flash(text="The blue one."), "request": str(asked.pk)}, written_at=then)
    answered, fresh = phone.send(reply).json(), phone.send(phone.packet())
    assert (said["reference"][:4], answered["reference"][:4], answered["note"]) == ("AAA-", "AAA-", "")
    assert Expense.objects.as_house("a test looks").get().post.key == "a"
    assert Report.objects.seen_by(cast.viewer("watch")).get(pk=said["id"]).sheet.originator.key == "host"
    assert fresh.json()["reference"][:4] == "BBB-" if next_post else fresh.status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"), [({"amount": "much"}, "amount"), ({"currency": "???"}, "currency"), ({"day": "soon"}, "day"),
                         ({"kind": "gold"}, "item"), ({"day": "1990-01-01"}, "day")],
)  # fmt: skip
def test_an_expense_that_cannot_be_entered_says_which_field(phone, wrong, field):
    body = {"amount": "12.50", "currency": "USD", "kind": "road", "day": now().date().isoformat(), "note": "", **wrong}
    refused = phone.send(phone.packet("expense", body))
    assert (refused.status_code, refused.json()["field"], count(Expense)) == (422, field, 0)


def test_an_alarm_of_duress_is_raised_once_and_its_answer_tells_nothing(cast, phone):
    phone.send(phone.packet(body=flash(place={"name": "north gate", "lat": 48.1, "lon": 2.1, "precision_m": 7})))
    said = twice(phone, "duress", {})
    (row,) = alarms(cast.viewer("watch"))
    assert (said["reference"], said["note"], said["id"]) == ("", "", said["client_id"])
    assert (row.duress.place, row.duress.position_from, row.duress.handset_label) == (
        "north gate",
        "report",
        "my phone",
    )
    phone.send(phone.packet("check-in", {"check": None, **HERE}))
    phone.send(phone.packet("duress", {}))
    newest = alarms(cast.viewer("watch"))[0].duress
    assert (newest.position_from, newest.lat, count(Duress)) == ("sign of life", 48.85341, 2)


def test_an_alarm_needs_no_session_and_nothing_else_comes_that_way(cast, phone):
    packet = phone.packet("duress", {})
    first, again = phone.alarm(packet), phone.alarm(packet)
    assert first.status_code == 200 and first.json() == again.json() == phone.send(packet).json()
    assert count(Duress) == 1 and alarms(cast.viewer("watch"))[0].duress.handset_label == "my phone"
    assert phone.alarm(phone.packet("duress", {}), token="x").status_code == 401
    refused = phone.alarm(phone.packet())
    assert refused.status_code == 422 and refused.json()["field"] == "kind" and count(Report) == 0


@pytest.mark.parametrize("state", [{"suspended_at": now}, {"until": now}, {"person__is_active": False}])
def test_an_alarm_is_raised_whatever_became_of_the_seat_meanwhile(cast, phone, state):
    phone.send(phone.packet("check-in", {"check": None, **HERE}))
    seat = cast.seats["officer_a"]
    if "person__is_active" in state:
        type(seat.person).objects.filter(id=seat.person_id).update(is_active=False)
    else:
        type(seat).objects.filter(id=seat.id).update(**{name: moment() for name, moment in state.items()})
    assert phone.alarm(phone.packet("duress", {})).status_code == 200
    (row,) = alarms(cast.viewer("watch"))
    assert (row.duress.seat_id, row.duress.lat) == (seat.id, 48.85341)


def test_a_sign_that_says_nowhere_takes_nothing_from_what_is_known_of_where_he_was(cast, phone):
    twice(phone, "check-in", {"check": None, **HERE})
    nowhere = {"check": None, "lat": None, "lon": None, "precision_m": None, "place": ""}
    refused = phone.send(phone.packet("check-in", nowhere))
    assert (refused.status_code, refused.json()["field"]) == (422, "place")
    twice(phone, "check-in", {**nowhere, "unfound": True})
    assert count(SafetyCheck) == 2
    phone.alarm(phone.packet("duress", {}))
    assert alarms(cast.viewer("watch"))[0].duress.lat == 48.85341


def test_a_member_of_a_team_files_from_its_post_from_the_first_hour_of_the_first_day_there(cast, team):
    _phone, (first, *_rest) = team
    Mission.objects.as_house("a test moves it").filter(pk=first.mission_id).update(zone="Asia/Tokyo")
    member = MissionMember.objects.as_house("a test looks").get(mission=first.mission_id)
    viewer = viewers_of([member.seat_id])[member.seat_id]
    midnight = datetime.datetime.combine(member.days.lower, datetime.time(), ZoneInfo("Asia/Tokyo"))
    found = [post_of_team(viewer, midnight.astimezone(datetime.UTC) + hours * HOUR) for hours in (-1, 1, 12)]
    assert [post and post.key for post in found] == [None, "a", "a"]


def test_what_a_seat_may_not_do_is_refused_with_its_reason_and_holds_up_nothing(phone):
    Posting.objects.all().delete()
    body = {"kind": "lodging", "amount": "80.00", "currency": "EUR", "day": str(now().date())}
    said = phone.send(phone.packet("expense", body))
    assert said.status_code == 422 and said.json()["field"] == "kind" and said.json()["way_out"]
    gone = {"question": phone.id, "none_because": "Nobody there knows.", "nobody": True}
    assert phone.send(phone.packet("team-answer", gone)).status_code == 422
