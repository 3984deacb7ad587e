"""What an officer's phone may hold: each part as he may read it, what was taken back only as its stub."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, draft
from tests.house.facts import DeliveryFacts, SheetFacts, World
from tests.house.writing import write
from vedette.audit.models import Entry
from vedette.config import catalogues
from vedette.funding.actions import record_rate
from vedette.handling.actions import access_class, record_address, record_handling
from vedette.handsets.actions import revoke as revoke_phone
from vedette.handsets.bundle import bundle_of
from vedette.handsets.tests.phone import flash, phone_of
from vedette.incidents.actions import link_report, open_incident
from vedette.kit.errors import Forbidden
from vedette.kit.ids import new_id
from vedette.kit.time import now, real_now
from vedette.programme.actions import set_safety_check
from vedette.programme.models import Posting
from vedette.reporting.actions import QuestionDraft, ask, file_answer, read_at_desk, refuse, route, thank
from vedette.reporting.models import Request
from vedette.sharing.models import Receipt

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
# A phone asks no oftener than this, whatever it holds; lower the figure when it asks less.
MOST_QUESTIONS = 40


def bundle(cast: Cast, seat: str = "officer_a") -> dict:
    answer = phone_of(cast, seat).held()
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    return answer.json()


def question(cast: Cast, text: str = "Which boat?", post: str = "a") -> Request:
    return ask(cast.viewer("investigator"), QuestionDraft(text, "Two are missing.", post_key=post))


def test_it_holds_what_waits_for_the_officer_and_nothing_of_another_post(cast):
    mine, _other = question(cast), question(cast, "Which car?", "b")
    set_safety_check(cast.viewer("watch"), seat=cast.seats["officer_a"], due=now() + HOUR, note="call in")
    set_safety_check(cast.viewer("officer_b"), due=now() + HOUR)
    said = bundle(cast)
    assert [row["id"] for row in said["questions"]] == [str(mine.pk)]
    assert (said["questions"][0]["asked_by"], said["questions"][0]["answered"]) == ("investigator", False)
    assert [(row["note"], row["by_me"]) for row in said["check_ins"]] == [("call in", False)]
    assert (said["me"]["post"]["key"], said["me"]["seat"]) == ("a", "officer_a")
    assert "Which car?" not in json.dumps(said)


def test_what_the_desk_did_with_a_report_is_told_of_what_he_may_see(cast):
    watch = cast.viewer("watch")
    phone = phone_of(cast)
    said = phone.send(phone.packet(body=flash())).json()
    report = bundle_of(cast.viewer("officer_a")).reports[0].row.report
    read_at_desk(watch, report=report)
    incident = open_incident(watch, report=report, title="Shots at the gate")
    row = bundle(cast)["reports"][0]
    assert (row["client_id"], row["id"], row["readings"][0]["role"]) == (said["client_id"], str(report.pk), "watch")
    assert any(incident.sheet.reference in deed["words"] for deed in row["deeds"])
    narrow = open_incident(watch, report=cast.report("officer_b", text="Other."), title="Narrow")
    record_handling(narrow.sheet, watch, because="x", access_class=access_class(3))
    second = cast.report(text="One more.")
    link_report(watch, report=second.sheet, incident=narrow)
    told = next(one for one in bundle(cast)["reports"] if one["id"] == str(second.pk))
    assert told["deeds"] == [] and narrow.sheet.reference not in json.dumps(bundle(cast))


def test_an_answer_stays_with_its_thanks_and_a_question_taken_away_leaves_its_reference_alone(cast):
    asked, refused, moved = question(cast), question(cast, "Which car?"), question(cast, "Which train?")
    file_answer(cast.viewer("officer_a"), request=asked, draft=draft(kind="answer", text="The blue one."))
    thank(cast.viewer("investigator"), request=asked, text="It was found.")
    refuse(cast.viewer("watch"), request=refused, reason_code="law", text="Not lawful there.")
    route(cast.viewer("watch"), request=moved, post_key="b")
    said = bundle(cast)
    assert [(row["id"], row["answered"], row["thanks"]) for row in said["questions"]] == [
        (str(asked.pk), True, "It was found.")
    ]
    reasons = {row["reference"]: row["reason"] for row in said["recalled"]}
    assert reasons == {
        refused.sheet.reference: "refused: Not lawful there.",
        moved.sheet.reference: "passed to B-town",
    }
    assert "Which car?" not in json.dumps(said) and "Which train?" not in json.dumps(said)


def test_what_was_delivered_and_recalled_is_a_stub_without_its_words(cast):
    asked = question(cast, "Who is the narrow one?", "b")
    given = record_address(asked.sheet, seat=cast.seats["officer_a"].id)
    record_handling(asked.sheet, cast.viewer("watch"), because="x", access_class=access_class(3))
    given.recalled_at, given.recalled_because = now(), "Sent in error."
    given.save()
    said = bundle(cast)
    assert [(row["reference"], row["reason"]) for row in said["recalled"]] == [
        (asked.sheet.reference, "Sent in error.")
    ]
    assert "narrow one" not in json.dumps(said)


def test_a_phone_that_holds_it_already_is_spared_the_way_and_the_log_a_line(cast):
    question(cast)
    phone = phone_of(cast)
    tag = phone.held()["ETag"]
    before = Entry.objects.count()
    again = phone.held(tag=tag)
    assert (again.status_code, again.content, Entry.objects.count()) == (304, b"", before)
    assert phone.held(tag=f'"older", W/{tag}').status_code == 304, "as a proxy that compresses gives it back"
    question(cast, "Which car?")
    fresh = phone.held(tag=tag)
    assert fresh.status_code == 200 and len(fresh.json()["questions"]) == 2
    listed = Entry.objects.filter(code="sheet.listed").latest("seq")
    assert {row["id"] for row in fresh.json()["questions"]} <= {str(key) for key in listed.objects_ids}


def test_only_a_phone_of_the_seat_that_stands_is_given_what_the_seat_may_hold(cast):
    phone, other = phone_of(cast), phone_of(cast, "officer_b")
    assert phone.browser.get("/api/v1/phone").status_code == 401
    assert phone.held(**{"X-Handset": other.id}).json()["error"] == "anotherseat"
    tag = phone.held()["ETag"]
    revoke_phone(replace(cast.viewer("officer_a"), proved_at=real_now()), handset=phone.id, because="It is lost.")
    assert [phone.held(tag=told).status_code for told in ("", tag)] == [410, 410]
    assert Entry.objects.filter(code="phone.bundled").count() == 1


def test_what_the_house_says_in_it_is_said_in_the_officers_language_and_its_tag_differs(cast):
    catalogues.compile_stale()
    asked = question(cast)
    refuse(cast.viewer("watch"), request=asked, reason_code="law", text="Not lawful there.")
    asked.states.as_house("a test leaves the reason of the list alone").filter(state="refused").update(because="")
    phone = phone_of(cast)
    english, french = phone.held(), phone.held(**{"Accept-Language": "fr"})
    assert english.json()["recalled"][0]["reason"] == "refused: the law of the place forbids it"
    assert french.json()["recalled"][0]["reason"] == "refusée\u00a0: le droit du lieu l’interdit"
    assert french.json()["expense"]["kinds"][0]["name"] == "Salaire" and french["ETag"] != english["ETag"]


@pytest.mark.parametrize("name", ["watch", "investigator", "north_1", "auditor"])
def test_a_seat_that_carries_no_phone_gets_none(cast, name):
    assert cast.signed_in(name).get("/api/v1/phone").status_code == 403
    with pytest.raises(Forbidden):
        bundle_of(cast.viewer(name))


def test_it_asks_as_often_for_many_as_for_one(cast):
    phone = phone_of(cast)

    def asks() -> int:
        phone.held()
        with CaptureQueriesContext(connection) as asked:
            phone.held()
        return len(asked)

    def more(first: int, count: int) -> None:
        for n in range(first, first + count):
            question(cast, f"Question {n}?")
            report = cast.report(text=f"Report {n}.")
            open_incident(cast.viewer("watch"), report=report, title=f"Incident {n}")
            set_safety_check(cast.viewer("officer_a"), due=now() + (n + 1) * HOUR)

    more(0, 1)
    for_one = asks()
    more(1, 5)
    many = asks()
    assert (many, many <= MOST_QUESTIONS) == (for_one, True)


def test_the_currency_of_the_post_comes_first_once_it_has_a_rate_and_a_seat_without_a_post_has_a_bundle_too(cast):
    assert bundle(cast)["expense"]["currencies"] == ["USD"]
    record_rate("EUR", now().date(), Decimal("1.1"), "a test")
    record_rate("GBP", now().date(), Decimal("1.5"), "a test")
    assert bundle(cast)["expense"]["currencies"] == ["EUR", "USD", "GBP"]
    Posting.objects.filter(seat=cast.seats["officer_a"]).delete()
    said = bundle(cast)
    assert (said["me"]["post"], said["caveats"], said["questions"]) == (None, [], [])


def test_a_release_to_him_is_on_the_phone_and_opening_it_there_leaves_its_receipt(cast):
    home, seat = cast.agencies["home"].id, cast.seats["officer_a"].id
    given = DeliveryFacts("seat", seat, now() - HOUR)
    one = SheetFacts(new_id(), home, home, now() - HOUR, deliveries=[given])
    write(cast, World(now(), sheets=[one]), "release")
    (order,) = bundle(cast)["orders"]
    assert order["id"] == str(one.id) and one.id.hex in "".join(order["paragraphs"])
    phone = phone_of(cast)
    assert phone.send(phone.packet("read", {"what": [order["id"]]})).status_code == 200
    kinds = Receipt.objects.seen_by(cast.viewer("officer_a")).values_list("kind", "seat")
    assert list(kinds) == [("opened", seat)]
