"""What is written of officers: said by himself, confirmed by the manager, read by those two and the chief."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Missing, Refused
from vedette.kit.time import now
from vedette.programme.actions import (
    confer_honour,
    confirm_qualification,
    end_away,
    end_honour,
    end_qualification,
    read_officer,
    set_away,
    state_qualification,
)
from vedette.programme.models import Away, Qualification
from vedette.programme.officers import (
    days_abroad,
    may_see_officer,
    months_before,
    officer_by_id,
    officer_page,
    qualifications_waiting,
    roll_of_honour,
    service_record,
    union_days,
)

DAY = datetime.timedelta(days=1)
SPOKEN = {"kind": "language", "name": "Haitian Creole", "level": "3"}


def person(cast, name="officer_a"):
    return cast.seats[name].person


def say(cast, by="officer_a", of="officer_a", **values):
    return state_qualification(cast.viewer(by), person=person(cast, of), **{**SPOKEN, **values})


def test_what_an_officer_says_of_himself_waits_for_the_manager(cast, manager):
    said = say(cast)
    page = officer_page(cast.viewer("officer_a"), person(cast))
    assert (page.said, page.confirmed) == ([said], [])
    assert qualifications_waiting(manager) == [said]
    confirm_qualification(manager, qualification=said)
    page = officer_page(cast.viewer("officer_a"), person(cast))
    assert (page.said, page.confirmed) == ([], [said])
    assert qualifications_waiting(manager) == []


def test_what_the_manager_writes_down_from_papers_is_confirmed_at_once(cast):
    assert say(cast, by="narrow").confirmed_at is not None


def test_nobody_confirms_what_he_said_of_himself(cast, manager):
    own = state_qualification(manager, person=person(cast, "narrow"), **SPOKEN)
    assert own.confirmed_at is None
    with pytest.raises(Forbidden):
        confirm_qualification(manager, qualification=own)


def test_confirming_twice_or_what_is_ended_is_refused(cast, manager):
    said = say(cast)
    confirm_qualification(manager, qualification=said)
    with pytest.raises(Refused):
        confirm_qualification(manager, qualification=said)
    end_qualification(manager, qualification=said, because="not spoken for years")
    with pytest.raises(Refused):
        end_qualification(manager, qualification=said, because="again")


@pytest.mark.parametrize("name", ["officer_b", "watch", "investigator", "north_1", "commander"])
def test_nobody_else_writes_of_an_officer(cast, name):
    with pytest.raises(Forbidden):
        say(cast, by=name)
    with pytest.raises(Forbidden):
        set_away(cast.viewer(name), person=person(cast), kind="leave", first=now().date(), last=now().date())


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("officer_a", True), ("narrow", True), ("commander", True), ("officer_b", False), ("watch", False),
        ("analyst", False), ("releasing", False), ("auditor", False), ("administrator", False), ("north_1", False),
        ("federal", False), ("host", False),
    ],
)  # fmt: skip
def test_an_officers_page_is_his_own_the_managers_and_the_chiefs(cast, name, reads):
    say(cast)
    assert may_see_officer(cast.viewer(name), person(cast).id) is reads
    if reads:
        assert read_officer(cast.viewer(name), person(cast)).said
        assert Entry.objects.filter(code="officer.seen").count() == 1
        return
    for ask in (officer_page, service_record):
        with pytest.raises(Missing):
            ask(cast.viewer(name), person(cast))
    with pytest.raises((Missing, Forbidden)):
        read_officer(cast.viewer(name), person(cast))
    assert not Entry.objects.filter(code="officer.seen").exists()


@pytest.mark.parametrize("name", ["officer_a", "commander", "watch", "north_1"])
def test_what_waits_is_told_to_the_manager_alone(cast, name):
    say(cast)
    assert qualifications_waiting(cast.viewer(name)) == []


@pytest.mark.parametrize("level", ["6", "-1", "2.7", "fluent", None, "NaN", "Infinity", 2.25])
def test_a_level_that_the_scale_does_not_have_is_refused(cast, level):
    with pytest.raises(Refused) as refusal:
        say(cast, level=level)
    assert refusal.value.field == "level" and refusal.value.way_out
    assert not Qualification.objects.exists()


@pytest.mark.parametrize(("level", "kept"), [(0, "0.0"), ("2.5", "2.5"), (5, "5.0")])
def test_a_level_of_the_scale_is_kept(cast, level, kept):
    assert say(cast, level=level).level == Decimal(kept)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "magic"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"tested": datetime.date(2026, 3, 3)}, "tested"),
        ({"tested": datetime.date(2026, 1, 2), "expires": datetime.date(2026, 1, 1)}, "expires"),
    ],
)
def test_a_qualification_that_cannot_be_is_refused_by_field(cast, values, field):
    with pytest.raises(Refused) as refusal:
        say(cast, **values)
    assert refusal.value.field == field
    assert not Qualification.objects.exists()


def test_a_new_word_closes_the_one_before_and_waits_again(cast, manager):
    first = say(cast)
    confirm_qualification(manager, qualification=first)
    second = say(cast, name="haitian creole", level="3.5")
    page = officer_page(manager, person(cast))
    assert (page.confirmed, page.said, page.over) == ([], [second], [first])


def test_days_away_of_one_kind_never_overlap_and_are_free_again_once_ended(cast):
    today = now().date()
    me = cast.viewer("officer_a")
    row = set_away(me, person=person(cast), kind="leave", first=today, last=today + 9 * DAY)
    with pytest.raises(Refused) as refusal:
        set_away(me, person=person(cast), kind="leave", first=today + 9 * DAY, last=today + 12 * DAY)
    assert refusal.value.field == "first" and Away.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Away.objects.create(person=person(cast), kind="leave", days=DateRange(today, today + DAY), since=now())
    set_away(me, person=person(cast), kind="limit", first=today, last=today)
    end_away(me, away=row, because="came back early")
    set_away(me, person=person(cast), kind="leave", first=today + 9 * DAY, last=today + 12 * DAY)


@pytest.mark.parametrize(
    ("first", "last", "field"), [(5, 4, "last"), (0, 800, "last")], ids=["backwards", "longer than two years"]
)
def test_days_away_that_cannot_be_are_refused(cast, first, last, field):
    today = now().date()
    with pytest.raises(Refused) as refusal:
        set_away(
            cast.viewer("officer_a"),
            person=person(cast),
            kind="leave",
            first=today + first * DAY,
            last=today + last * DAY,
        )
    assert refusal.value.field == field


def test_a_day_counts_once_however_many_stays_cover_it():
    day = datetime.date(2026, 1, 1)
    window = (day, day + 100 * DAY)
    stays = [(day - 9 * DAY, day + 10 * DAY), (day + 5 * DAY, day + 20 * DAY), (day + 99 * DAY, day + 300 * DAY)]
    assert union_days(stays, window) == 21
    assert union_days([], window) == 0


@pytest.mark.parametrize(
    ("day", "before"), [("2026-03-02", "2024-03-02"), ("2026-02-28", "2024-02-28"), ("2024-02-29", "2022-02-28")]
)
def test_twenty_four_months_back_is_the_same_day(day, before):
    assert months_before(datetime.date.fromisoformat(day), 24) == datetime.date.fromisoformat(before)


def test_days_at_a_post_abroad_count_as_days_abroad(cast, manager, spare):
    abroad = days_abroad(manager)
    assert abroad[person(cast).id] == (now().date() - datetime.date(2024, 3, 2)).days + 1
    assert spare.person_id not in abroad


def test_days_abroad_ask_the_same_two_questions_for_any_number(cast, manager):
    with CaptureQueriesContext(connection) as asked:
        days_abroad(manager)
    assert len(asked) == 2


def test_the_service_record_tells_postings_with_their_days(cast):
    (line,) = service_record(cast.viewer("officer_a"), person(cast))
    assert line.what == "A-ville" and line.days > 9000


def test_an_honour_stands_on_the_roll_until_it_is_taken_off(cast, manager):
    given = confer_honour(manager, person=person(cast), title="Medal for relief", day=datetime.date(2026, 2, 1))
    (line,) = roll_of_honour(cast.viewer("watch"))
    assert (line.label, line.missions, line.days, line.honours) == ("officer_a", 0, 0, [given])
    end_honour(manager, honour=given, because="entered for the wrong officer")
    assert roll_of_honour(cast.viewer("watch")) == []


@pytest.mark.parametrize("name", ["officer_a", "watch", "north_1"])
def test_only_manager_and_chief_confer_honours(cast, name):
    with pytest.raises(Forbidden):
        confer_honour(cast.viewer(name), person=person(cast, "officer_b"), title="x", day=now().date())


def test_nobody_honours_himself_and_no_honour_lies_ahead(cast, manager):
    with pytest.raises(Forbidden):
        confer_honour(manager, person=person(cast, "narrow"), title="x", day=now().date())
    with pytest.raises(Refused) as refusal:
        confer_honour(manager, person=person(cast), title="x", day=now().date() + DAY)
    assert refusal.value.field == "day"


def test_only_officers_are_found_by_their_id(cast):
    assert officer_by_id(person(cast).id) == person(cast)
    assert officer_by_id(person(cast, "watch").id) is None
