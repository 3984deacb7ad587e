"""Costs that two funders share, and rules that stand for a time."""

import datetime

import pytest

from vedette.funding.actions import approve_expense, end_payer_rule, set_payer_rule
from vedette.funding.actions.grants import record_ceiling
from vedette.funding.queries import rules, who_pays
from vedette.kit.errors import Forbidden, Refused

from .conftest import TODAY
from .test_expenses import borne


def shared(money, parts, **values):
    plain = {
        "number": 4, "title": "Shared post", "work": "posts", "categories": ["training"], "post": money.cast.posts["a"],
        "shares": dict(zip((money.city, money.foundation), parts, strict=True)), "because": "a shared post",
        "clause": money.rules[2].clause,
    }  # fmt: skip
    return set_payer_rule(money.finance, **{**plain, **values})


def ceilings(money, amount=10_000_00):
    for key in ("city", "foundation"):
        record_ceiling(money.grants[key], "training", amount)


def test_a_shared_cost_is_split_to_the_cent_between_both(money):
    ceilings(money)
    shared(money, (3_333, 6_667))
    expense = approve_expense(money.second, expense=money.expense(item="course", amount=100_01))
    assert borne(expense) == {"city": 33_33, "foundation": 66_68}


def test_a_share_that_one_cannot_bear_stops_the_whole(money):
    ceilings(money)
    record_ceiling(money.grants["city"], "training", 10_00)
    shared(money, (5_000, 5_000))
    with pytest.raises(Refused, match="too little"):
        approve_expense(money.second, expense=money.expense(item="course", amount=100_00))


@pytest.mark.parametrize("parts", [(5_000, 4_999), (10_000, 1), (10_001, -1)])
def test_shares_make_a_whole(money, parts):
    with pytest.raises(Refused, match="100 %"):
        shared(money, parts)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": 0}, "number"),
        ({"work": "play"}, "work"),
        ({"categories": []}, "categories"),
        ({"categories": ["bribes"]}, "categories"),
        ({"clause": None}, "clause"),
        ({"because": ""}, "because"),
        ({"title": "\n"}, "title"),
    ],
)
def test_a_rule_that_is_none_is_refused_and_what_stood_stands(money, values, field):
    standing = [row.id for row in rules()]
    with pytest.raises(Refused) as refusal:
        shared(money, (5_000, 5_000), **values)
    assert refusal.value.field == field
    assert [row.id for row in rules()] == standing


def test_a_rule_for_one_post_is_for_no_other(money):
    ceilings(money)
    shared(money, (5_000, 5_000), post=money.cast.posts["b"])
    answer = who_pays(money.expense(item="course"))
    said = {verdict.rule.number: verdict.sentence for verdict in answer.verdicts}
    assert answer.chosen is None and "another post" in said[4]


def test_a_rule_set_anew_ends_the_old_one_today_and_both_are_kept(money):
    ceilings(money)
    old = shared(money, (5_000, 5_000))
    new = shared(money, (2_500, 7_500))
    old.refresh_from_db()
    assert (old.until, new.since) == (TODAY, TODAY)
    assert borne(approve_expense(money.second, expense=money.expense(item="course", amount=100))) == {
        "city": 25,
        "foundation": 75,
    }
    end_payer_rule(money.finance, rule=new, because="over")
    assert who_pays(money.expense(item="course")).chosen is None
    with pytest.raises(Refused, match="ended before"):
        end_payer_rule(money.finance, rule=new, because="over")


def test_a_cost_is_asked_by_the_rules_of_its_own_day(money):
    end_payer_rule(money.finance, rule=money.rules[2], because="the terms changed")
    expense = money.expense(day=TODAY - datetime.timedelta(days=1))
    assert borne(approve_expense(money.second, expense=expense)) == {"foundation": 324_000}
    assert who_pays(money.expense()).chosen is None


def test_a_rule_that_is_entered_late_pays_what_was_owed_since_and_none_is_put_where_one_stood(money):
    ceilings(money)
    yesterday = TODAY - datetime.timedelta(days=1)
    course = money.expense(item="course", amount=100, day=yesterday)
    assert who_pays(course).chosen is None
    for number, since in ((4, TODAY + datetime.timedelta(days=1)), (4, datetime.date(1999, 1, 1)), (2, yesterday)):
        with pytest.raises(Refused) as refusal:
            shared(money, (5_000, 5_000), number=number, since=since)
        assert refusal.value.field == "since", (number, since)
    rule = shared(money, (5_000, 5_000), since=yesterday)
    assert rule.since == yesterday and who_pays(course).chosen is not None


@pytest.mark.parametrize("name", ["narrow", "commander", "watch", "officer_a"])
def test_who_is_no_finance_officer_sets_no_rule(money, name):
    with pytest.raises(Forbidden):
        set_payer_rule(
            money.cast.viewer(name), number=9, title="x", work="all", categories=["other"],
            shares={money.city: 10_000}, because="x",
        )  # fmt: skip
