"""Commitments: only what somebody lawfully pays on every day, counted against the ceiling, lapsing as it is spent."""

import datetime
import random

import pytest
from django.db import IntegrityError, connection, transaction

from vedette.funding.actions import (
    approve_expense,
    commit_cost,
    end_payer_rule,
    release_commitment,
    reverse_expense,
)
from vedette.funding.actions.grants import record_ceiling
from vedette.funding.asked import unpaid
from vedette.funding.models import Category, Commitment, CommitmentPart
from vedette.funding.promises import promised, promises
from vedette.funding.queries import purses
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.time import set_clock
from vedette.programme.actions import accept_mission, decline_mission, set_check
from vedette.programme.going import lacking
from vedette.programme.missions import checks_of, prepared
from vedette.programme.models import Agreement

from .conftest import DAY, TODAY, YEAR


def commit(money, mission, **values):
    plain = {"category": "travel", "begins": TODAY, "ends": TODAY + 4 * DAY, "amount": 1_000_00, "currency": "USD"}
    return commit_cost(money.cast.viewer("narrow"), mission=mission, order_number="SO-1", **{**plain, **values})


def line_of_the_list(money, mission):
    return next((row for row in checks_of(money.cast.viewer("narrow"), mission) if row.kind == "funding"), None)


@pytest.fixture
def mission(money):
    return money.mission("bureau")


def test_a_commitment_is_borne_by_whoever_lawfully_pays_and_ticks_the_list_up_to_its_last_day(money, mission):
    held = commit(money, mission, amount=1_000_00, currency="EUR")
    (part,) = CommitmentPart.objects.as_house("a test")
    assert (part.grant, part.rule, part.amount) == (money.grants["bureau"], money.rules[3], 1_076_00)
    assert promised()[money.grants["bureau"].id] == {"travel": 1_076_00}
    row = line_of_the_list(money, mission)
    assert (row.state, row.valid_until) == ("done", TODAY + 4 * DAY)
    release_commitment(money.cast.viewer("narrow"), commitment=held, because="by train instead")
    assert line_of_the_list(money, mission).state == "open" and promises() == []
    with pytest.raises(Conflict):
        release_commitment(money.cast.viewer("narrow"), commitment=held, because="again")


@pytest.mark.parametrize(
    ("values", "field", "word"),
    [
        ({"order_number": ""}, "payer", "order number is missing"),
        ({"ends": TODAY - DAY}, "ends", "ends before it begins"),
        ({"begins": TODAY - DAY}, "begins", "has passed"),
        ({"ends": TODAY + 400 * DAY}, "ends", "more than 366 days"),
        ({"amount": 0}, "amount", "nothing"),
        ({"amount": -5}, "amount", "nothing"),
        ({"amount": 10**13}, "amount", "that large"),
        ({"currency": "XQQ"}, "currency", "no currency"),
        ({"currency": "CHF"}, "currency", "No rate of CHF"),
        ({"category": "bribes"}, "category", "no category"),
        ({"amount": 40_000_001 - 0}, "payer", "too little"),
        ({"ends": YEAR[1] + DAY}, "payer", "From 1 Jul 2026 on: "),
    ],
)
def test_what_nobody_may_pay_or_cannot_be_meant_is_refused_with_the_way_out(money, mission, values, field, word):
    with pytest.raises(Refused) as refusal:
        commit_cost(
            money.cast.viewer("narrow"), mission=mission,
            **{"category": "travel", "begins": TODAY, "ends": TODAY, "amount": 100, "currency": "USD",
               "order_number": "SO-1", **values},
        )  # fmt: skip
    assert refusal.value.field == field and word in str(refusal.value) and refusal.value.way_out
    assert not Commitment.objects.as_house("a test").exists() and line_of_the_list(money, mission) is None


def test_an_agreement_that_ends_in_mid_mission_is_found_on_its_day(money, mission):
    Agreement.objects.filter(pk=money.agreements["federal"].pk).update(expires=TODAY + 2 * DAY)
    with pytest.raises(Refused, match=r"From 5 Mar 2026 on: .*ended on 4 Mar 2026"):
        commit(money, mission)
    commit(money, mission, ends=TODAY + 2 * DAY)
    assert unpaid(mission) == []
    Agreement.objects.filter(pk=money.agreements["federal"].pk).update(expires=TODAY + DAY)
    (lack,) = unpaid(mission)
    assert lack.item == "funding" and "ended on" in lack.sentence and lack.way_out


def test_days_of_one_category_are_committed_once(money, mission):
    commit(money, mission)
    with pytest.raises(Refused, match="2 Mar 2026 to 6 Mar 2026 are committed already"):
        commit(money, mission, begins=TODAY + 4 * DAY, ends=TODAY + 9 * DAY)
    commit(money, mission, begins=TODAY + 5 * DAY, ends=TODAY + 9 * DAY)
    commit(money, mission, category="lodging")


def test_a_further_commitment_finds_what_others_left_and_an_expense_does_not(money, mission):
    record_ceiling(money.grants["bureau"], "travel", 1_500_00)
    commit(money, mission)
    with pytest.raises(Refused, match=r"\$500\.00 left for travel: \$0\.01 too little"):
        commit(money, money.mission("bureau"), amount=500_01)
    paid = money.expense(mission=money.mission("bureau"), item="rail", amount=1_500_00, order_number="SO-2")
    approve_expense(money.second, expense=paid)
    assert [purse.left("travel") for purse in purses() if purse.grant.key == "bureau"] == [0]


def test_it_lapses_as_the_missions_costs_of_these_days_are_approved_and_comes_back_when_one_is_reversed(money, mission):
    commit(money, mission)
    elsewhere = money.expense(mission=money.mission("bureau"), item="rail", amount=100_00, order_number="SO-2")
    paid = money.expense(mission=mission, item="rail", amount=300_00, order_number="SO-1")
    assert [one.left for one in promises()] == [1_000_00]
    for expense in (elsewhere, paid):
        approve_expense(money.second, expense=expense)
    assert [one.left for one in promises()] == [700_00]
    more = money.expense(mission=mission, item="flight", amount=900_00, order_number="SO-1")
    approve_expense(money.second, expense=more)
    assert [one.left for one in promises()] == [0]
    reverse_expense(money.finance, expense=more, because="paid by the host")
    assert [one.left for one in promises()] == [700_00]


def test_nothing_is_committed_for_a_mission_that_is_declined(money, mission):
    commit(money, mission)
    decline_mission(money.cast.viewer("commander"), mission=mission, because="no time")
    assert promises() == []
    with pytest.raises(Refused, match="before the team leaves"):
        commit(money, mission, category="lodging")


def test_the_books_tick_the_list_and_nobody_by_hand_and_go_is_refused_once_nobody_pays(money, mission):
    manager, chief = money.cast.viewer("narrow"), money.cast.viewer("commander")
    with pytest.raises(Refused, match="The books tick this line"):
        set_check(manager, mission=mission, kind="funding", state="done")
    begins = TODAY + 3 * DAY
    accept_mission(chief, mission=mission, begins=begins, days=3, place="A-ville", because="then")
    commit(money, mission, begins=begins, ends=begins + 2 * DAY)
    assert [one for one in lacking(prepared(manager, mission)) if one.item == "funding"] == []
    end_payer_rule(money.finance, rule=money.rules[3], because="over")
    (lack,) = [one for one in lacking(prepared(manager, mission)) if one.item == "funding"]
    assert lack.sentence and lack.way_out


@pytest.mark.parametrize("name", ["officer_a", "watch", "commander", "foundation"])
def test_only_who_plans_commits(money, mission, name):
    with pytest.raises(Forbidden):
        commit_cost(
            money.cast.viewer(name), mission=mission, category="travel", begins=TODAY, ends=TODAY, amount=1,
            currency="USD", order_number="1",
        )  # fmt: skip


def test_in_random_plans_parts_add_up_nothing_is_unlawful_and_no_ceiling_is_overrun(money):
    dice = random.Random(20081126)
    record_ceiling(money.grants["bureau"], "travel", 9_000_00)
    missions = [money.mission(origin) for origin in ("bureau", "bureau", "host")]
    made = 0
    for _round in range(60):
        begins = TODAY + dice.randint(0, 60) * DAY
        try:
            commit(
                money, dice.choice(missions), category=dice.choice(Category.values), begins=begins,
                ends=begins + dice.randint(0, 9) * DAY, amount=dice.randint(1, 3_000_00), currency=dice.choice(["USD", "EUR"]),
            )  # fmt: skip
            made += 1
        except Refused as refusal:
            assert refusal.reason and refusal.way_out
    assert 10 < made < 60
    rows = CommitmentPart.objects.as_house("a test").select_related("rule", "grant", "commitment__mission")
    for held in {row.commitment for row in rows}:
        parts = [row for row in rows if row.commitment == held]
        assert sum(part.amount for part in parts) == held.base_amount
        assert all(held.category in part.rule.categories for part in parts)
        assert all(part.rule.number != 3 or held.mission.origin == "bureau" for part in parts)
    assert all(sums.get("travel", 0) <= 9_000_00 for sums in promised().values())


def test_the_database_holds_it_too(money, mission):
    held = commit(money, mission)
    whole = {"commitment": held, "rule": money.rules[3], "amount": 1}
    for grant, word in ((money.grants["city"], "commitment_lawful"), (money.grants["bureau"], "once_a_grant")):
        with pytest.raises(IntegrityError, match=word), transaction.atomic():
            CommitmentPart.objects.create(grant=grant, **whole)
    with pytest.raises(Exception, match="reversed, never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE funding_commitment SET base_amount = 1")


def test_a_commitment_outlives_no_clock(money, mission):
    commit(money, mission)
    set_clock(shown=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC), speed=1, paused=False)
    assert [one.left for one in promises()] == [1_000_00]
