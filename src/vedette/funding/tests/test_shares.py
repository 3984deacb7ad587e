"""Another department shares a post: costs are split by its own rule under the clause, until the share or the agreement ends."""

import datetime

import pytest

from vedette.agencies.models import Agency
from vedette.funding.actions import approve_expense, end_share, share_post
from vedette.funding.models import PayerRule, PostShare
from vedette.funding.queries import shares_of_post, who_pays
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.programme.actions import record_agreement, record_clause
from vedette.programme.models import Clause

from .conftest import grant
from .test_expenses import borne


@pytest.fixture
def clause(money):
    held = record_agreement(
        key="ag-north", partner=money.cast.agencies["north"], title="One officer for two", kind="posting",
        signed=datetime.date(2025, 1, 1), expires=datetime.date(2026, 12, 31),
    )  # fmt: skip
    money.agreements["north"] = held
    return record_clause(held, number=1, text="North bears its part.", gate="cost", effect="allows")


def shared(money, clause, **values):
    plain = {"post": money.cast.posts["a"], "clause": clause, "part": 3_000, "categories": ["training"]}
    return share_post(money.finance, because="the letter of March", **{**plain, **values})


def purses(money, share):
    theirs = share.rule.shares.get(funder__agency=money.cast.agencies["north"]).funder
    grant("north", theirs, money.agreements["north"], {"training": 10_000_00})
    grant("city-training", money.city, None, {"training": 10_000_00})


def test_its_part_of_a_cost_is_split_by_a_rule_under_the_clause_and_ends_with_the_share(money, clause):
    share = shared(money, clause)
    assert who_pays(money.expense(item="course")).chosen is None
    purses(money, share)
    cost = approve_expense(money.second, expense=money.expense(item="course", amount=100_01))
    assert borne(cost) == {"city": 70_01, "dept-north": 30_00}
    elsewhere = money.expense(item="course", post=money.cast.posts["b"])
    assert who_pays(elsewhere).chosen is None
    assert shares_of_post(money.cast.posts["a"]) == {money.cast.agencies["north"].id: 3_000}
    end_share(money.finance, share=share, because="the officer is ours again")
    assert who_pays(money.expense(item="course")).chosen is None and shares_of_post(money.cast.posts["a"]) == {}
    with pytest.raises(Conflict):
        end_share(money.finance, share=share, because="again")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"part": 0}, "part"), ({"part": 10_000}, "part"), ({"part": -5}, "part"), ({"categories": []}, "categories"),
     ({"categories": ["bribes"]}, "categories")],
)  # fmt: skip
def test_a_share_that_is_none_is_refused_and_nothing_is_half_written(money, clause, values, field):
    rules = PayerRule.objects.count()
    with pytest.raises(Refused) as refusal:
        shared(money, clause, **values)
    assert refusal.value.field == field and refusal.value.way_out
    assert PayerRule.objects.count() == rules and not PostShare.objects.exists()


def test_a_post_is_shared_once_at_a_time_and_only_under_a_standing_clause(money, clause):
    shared(money, clause)
    with pytest.raises(Refused, match="shares it already"):
        shared(money, clause)
    clause.agreement.signed = None
    with pytest.raises(Refused, match="not signed"):
        shared(money, clause, post=money.cast.posts["b"])
    clause.agreement.signed = datetime.date(2025, 1, 1)
    clause.until = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    with pytest.raises(Refused, match="nothing of costs"):
        shared(money, clause, post=money.cast.posts["b"])


@pytest.mark.parametrize("name", ["narrow", "commander", "officer_a", "north_1"])
def test_only_a_finance_officer_shares(money, clause, name):
    with pytest.raises(Forbidden):
        share_post(
            money.cast.viewer(name),
            post=money.cast.posts["a"],
            clause=clause,
            part=1,
            categories=["other"],
            because="x",
        )


def test_two_departments_whose_keys_begin_alike_are_two_funders(money, clause):
    north, south = money.cast.agencies["north"], money.cast.agencies["host"]
    Agency.objects.filter(id=north.id).update(key="n" * 40)
    Agency.objects.filter(id=south.id).update(key="n" * 38 + "-2")
    held = record_agreement(
        key="ag-south",
        partner=south,
        title="One officer",
        kind="posting",
        signed=datetime.date(2025, 1, 1),
        expires=None,
    )
    other = record_clause(held, number=1, text="South bears its part.", gate="cost", effect="allows")
    first, second = (Clause.objects.get(id=one.id) for one in (clause, other))
    theirs = shared(money, first).rule.shares.get(funder__agency=north).funder
    shared(money, second, post=money.cast.posts["b"])
    theirs.refresh_from_db()
    assert theirs.agency_id == north.id
