"""Agreements: entered, changed, read again and ended, with clauses as dated data."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from vedette.audit.models import Entry
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.time import now
from vedette.programme.actions import (
    change_agreement,
    end_agreement,
    end_clause,
    review_agreement,
    set_clause,
    sign_agreement,
)
from vedette.programme.gate import Wants
from vedette.programme.meaning import what_it_lets
from vedette.programme.models import Clause
from vedette.programme.queries import (
    agreement_between,
    agreements,
    holding_by_key,
    partners_without,
    release_gate,
)

DAY = datetime.timedelta(days=1)
SHARE = {"number": 1, "text": "Reports go.", "gate": "share", "effect": "allows", "up_to": "AMBER", "because": "signed"}


def today() -> datetime.date:
    return now().date()


@pytest.mark.parametrize("name", ["watch", "releasing", "commander", "officer_a", "north_1"])
def test_nobody_but_a_programme_manager_enters_or_changes_agreements(cast, agreement, name):
    entered, by = agreement(), cast.viewer(name)
    with pytest.raises(Forbidden):
        sign_agreement(by, partner=cast.agencies["south"], title="X", kind="sharing", signed=today())
    with pytest.raises(Forbidden):
        set_clause(by, agreement=entered, **SHARE)
    with pytest.raises(Forbidden):
        end_agreement(by, agreement=entered, ended=today(), because="no")
    assert Entry.objects.filter(code__startswith="agreement.").count() == 1


def test_without_a_clause_it_lets_nothing_go_and_with_one_it_does(cast, agreement, manager):
    entered = agreement()
    assert not release_gate(cast.agencies["north"], now(), Wants("CLEAR")).allowed
    clause = set_clause(manager, agreement=entered, **SHARE)
    answer = release_gate(cast.agencies["north"], now(), Wants("AMBER"))
    assert answer.allowed and answer.clause == clause
    assert not release_gate(cast.agencies["south"], now(), Wants("CLEAR")).allowed


def test_another_wording_closes_the_clause_and_adds_one_and_the_past_answers_as_it_stood(cast, agreement, manager):
    entered = agreement()
    first = set_clause(manager, agreement=entered, **SHARE)
    between = now()
    second = set_clause(manager, agreement=entered, **{**SHARE, "up_to": "GREEN", "because": "their letter"})
    first.refresh_from_db()
    assert first.until == second.since and first.ended_because == "their letter" and first.ended_by == manager.seat_id
    assert release_gate(cast.agencies["north"], between, Wants("AMBER")).allowed
    assert not release_gate(cast.agencies["north"], now(), Wants("AMBER")).allowed


def test_two_clauses_of_one_number_cannot_both_stand(agreement, manager):
    clause = set_clause(manager, agreement=agreement(), **SHARE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clause.objects.create(
            agreement=clause.agreement, number=1, text="x", gate="other", effect="allows", since=now()
        )


def test_an_ended_clause_no_longer_covers(cast, agreement, manager):
    clause = set_clause(manager, agreement=agreement(), **SHARE)
    end_clause(manager, clause=clause, because="withdrawn by them")
    assert not release_gate(cast.agencies["north"], now(), Wants("GREEN")).allowed
    with pytest.raises(Refused):
        end_clause(manager, clause=clause, because="again")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 0),
        ("gate", "all"),
        ("effect", "perhaps"),
        ("up_to", "SECRET"),
        ("up_to", ""),
        ("text", ""),
        ("because", ""),
    ],
)
def test_a_clause_that_cannot_be_is_refused_by_field(agreement, manager, field, value):
    with pytest.raises(Refused) as refusal:
        set_clause(manager, agreement=agreement(), **{**SHARE, field: value})
    assert refusal.value.field == field and refusal.value.way_out


def test_a_label_is_kept_for_sharing_only(agreement, manager):
    clause = set_clause(manager, agreement=agreement(), **{**SHARE, "gate": "cost"})
    assert clause.up_to == ""


def test_a_change_asks_for_its_reason_and_keeps_what_was_written(agreement, manager):
    entered = agreement(expires=datetime.date(2027, 1, 1))
    change = {"title": entered.title, "kind": "sharing", "signed": entered.signed, "expires": datetime.date(2028, 1, 1)}
    with pytest.raises(Refused):
        change_agreement(manager, agreement=entered, because="", **change)
    change_agreement(manager, agreement=entered, because="prolonged by letter", **change)
    written = [row.attributes["expires"] for row in entered.changes.order_by("since")]
    assert written == ["2027-01-01", "2028-01-01"]


def test_it_cannot_expire_before_it_is_signed(agreement):
    with pytest.raises(Refused) as refusal:
        agreement(expires=datetime.date(2025, 2, 28))
    assert refusal.value.field == "expires"


def test_our_own_agency_is_no_partner(cast, agreement):
    with pytest.raises(Refused) as refusal:
        agreement(partner=cast.agencies["home"])
    assert refusal.value.field == "partner"


def test_an_ended_agreement_covers_nothing_from_that_day_and_is_not_changed_any_more(cast, agreement, manager):
    entered = agreement()
    set_clause(manager, agreement=entered, **SHARE)
    end_agreement(manager, agreement=entered, ended=today(), because="They passed it on.")
    assert "They passed it on." in release_gate(cast.agencies["north"], now(), Wants("GREEN")).sentence
    with pytest.raises(Refused):
        set_clause(manager, agreement=entered, **SHARE)
    with pytest.raises(Refused):
        end_agreement(manager, agreement=entered, ended=today(), because="again")


def test_a_reading_takes_the_place_of_the_planned_one_and_plans_the_next(agreement, manager):
    entered = agreement()
    assert [(row.due.isoformat(), row.done) for row in entered.reviews.all()] == [("2028-03-01", None)]
    review_agreement(manager, agreement=entered, done=today(), note="Stands.")
    done, planned = entered.reviews.order_by("done")
    assert done.done == today() and done.note == "Stands." and done.by == manager.seat_id
    assert planned.due == datetime.date(2029, 3, 2)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("done", {"done": datetime.date(2026, 3, 3)}),
        ("done", {"done": datetime.date(2025, 2, 28)}),
        ("next_due", {"next_due": datetime.date(2029, 3, 3)}),
        ("note", {"note": ""}),
    ],
)
def test_a_reading_that_cannot_be_is_refused_by_field(agreement, manager, field, values):
    plain = {"done": datetime.date(2026, 3, 2), "note": "Stands."}
    with pytest.raises(Refused) as refusal:
        review_agreement(manager, agreement=agreement(), **{**plain, **values})
    assert refusal.value.field == field


@pytest.mark.parametrize(("left", "warning"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7)])
def test_it_warns_at_90_30_and_7_days(agreement, left, warning):
    agreement(expires=today() + left * DAY)
    (row,) = agreements()
    assert (row.days_left, row.warning, row.state) == (left, warning, "in-force")


def test_an_expired_agreement_stands_last_and_has_nothing_left(agreement):
    agreement(expires=today() - DAY)
    agreement(title="In force")
    assert [(row.state, row.days_left) for row in agreements()] == [("in-force", None), ("expired", None)]


def test_of_several_agreements_the_one_that_shares_furthest_is_between_us(cast, agreement, manager):
    narrow, wide = agreement(), agreement(title="Wider")
    agreement(title="Costs", signed=today())
    set_clause(manager, agreement=narrow, **{**SHARE, "up_to": "GREEN"})
    set_clause(manager, agreement=wide, **SHARE)
    north = cast.agencies["north"].id
    assert agreement_between(north, now()) == wide
    assert agreement_between(north, now() - 400 * DAY) is None
    assert agreement_between(cast.agencies["south"].id, now()) is None


def test_partners_without_an_agreement_in_force_are_named(cast, agreement):
    agreement()
    agreement(partner=cast.agencies["south"], expires=today() - DAY)
    without = {agency.key for agency in partners_without()}
    assert "south" in without and "north" not in without and "home" not in without


def test_what_it_lets_us_do_is_said_in_sentences_that_name_their_clauses(agreement, manager):
    entered = agreement()
    assert [one.verdict for one in what_it_lets(holding_by_key(entered.key), now())] == ["no"]
    set_clause(manager, agreement=entered, **SHARE)
    set_clause(
        manager, agreement=entered, **{**SHARE, "number": 2, "gate": "named", "effect": "forbids", "text": "No name."}
    )
    said = what_it_lets(holding_by_key(entered.key), now())
    assert [(one.verdict, one.clause.number if one.clause else None) for one in said] == [
        ("yes", 1),
        ("bound", None),
        ("no", 2),
        ("bound", None),
    ]
    assert "TLP:AMBER" in said[0].sentence and "No name." in said[2].sentence


def test_the_list_asks_the_same_number_of_questions_for_one_agreement_and_for_fifty(agreement):
    agreement()
    with CaptureQueriesContext(connection) as one:
        agreements(now())
    for n in range(49):
        agreement(title=f"Terms {n}")
    with CaptureQueriesContext(connection) as fifty:
        agreements(now())
    assert len(one) == len(fifty) <= 4
