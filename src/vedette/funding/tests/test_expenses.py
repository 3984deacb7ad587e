"""Expenses: who pays and why, what is refused, and that nothing is half-posted."""

import datetime

import pytest

from vedette.funding.actions import approve_expense, enter_expense, refuse_expense, reverse_expense, set_ceiling
from vedette.funding.models import Allocation, Entry, Expense, Line
from vedette.funding.queries import expenses, state_of, who_pays
from vedette.kit.errors import Conflict, Forbidden, Refused

from .conftest import DAY, TODAY


def borne(expense):
    rows = Allocation.objects.as_house("a test").filter(expense=expense).select_related("grant__funder")
    return {row.grant.funder.key: row.amount for row in rows}


@pytest.mark.parametrize(
    ("item", "payer", "rule"), [("rent", "foundation", 2), ("salary", "city", 1), ("phone", "foundation", 2)]
)
def test_each_category_of_a_post_finds_its_one_payer_and_the_books_balance(money, item, payer, rule):
    expense = approve_expense(money.second, expense=money.expense(item=item))
    assert borne(expense) == {payer: 324_000}
    assert who_pays(expense).chosen.rule.number == rule
    entry = Entry.objects.get(subject=expense.pk)
    assert sorted(entry.lines.values_list("account", "amount")) == [("cash", -324_000), ("cost", 324_000)]


def test_a_foreign_sum_keeps_its_rate_and_the_day_of_the_rate(money):
    expense = money.expense(currency="EUR", day=TODAY)
    assert (expense.base_amount, str(expense.rate), expense.rate_day) == (348_624, "1.07600000", TODAY - 3 * DAY)


@pytest.mark.parametrize(
    ("values", "field", "word"),
    [
        ({"amount": 0}, "amount", "nothing"),
        ({"amount": -100}, "amount", "nothing"),
        ({"amount": 10**15}, "amount", "large"),
        ({"currency": "XQQ"}, "currency", "no currency"),
        ({"currency": "GBP"}, "currency", "No rate of GBP"),
        ({"currency": "EUR", "day": TODAY - 40 * DAY}, "currency", "No rate of EUR"),
        ({"day": TODAY + DAY}, "day", "still to come"),
        ({"day": datetime.date(1999, 1, 1)}, "day", "too long ago"),
        ({"item": "bribe"}, "item", "not on the list"),
        ({"post": None}, "post", "one post or to one mission"),
        ({"note": "x" * 301}, "note", "characters"),
    ],
)
def test_bad_input_names_the_field_and_leaves_nothing(money, values, field, word):
    with pytest.raises(Refused) as refusal:
        money.expense(**values)
    assert refusal.value.field == field and word in refusal.value.reason and refusal.value.way_out
    assert not Expense.objects.as_house("a test").exists()


def test_a_mission_of_a_host_is_paid_by_nobody_and_the_lawful_way_is_the_bureau(money):
    expense = money.expense(mission=money.mission("host"), item="flight")
    with pytest.raises(Refused) as refusal:
        approve_expense(money.second, expense=expense)
    assert refusal.value.field == "payer"
    assert "only missions that the bureau asked for" in refusal.value.reason
    assert "Préfecture of A" in refusal.value.reason
    assert "through the bureau" in refusal.value.way_out and "order number" in refusal.value.way_out
    assert not Entry.objects.exists() and state_of(expense).state == "entered"


def test_a_mission_of_the_bureau_is_paid_whole_by_it_once_its_order_is_known(money):
    mission = money.mission("bureau")
    without = money.expense(mission=mission, item="flight")
    with pytest.raises(Refused, match="order number is missing"):
        approve_expense(money.second, expense=without)
    with_it = money.expense(mission=mission, item="flight", order_number="SINLEC-26-1")
    assert borne(approve_expense(money.second, expense=with_it)) == {"bureau": 324_000}


def test_an_expired_agreement_stops_the_charge_and_says_what_would_cover_it(money):
    held = money.agreements["foundation"]
    expense = money.expense()
    held.expires = TODAY - DAY
    held.save(update_fields=["expires"])
    with pytest.raises(Refused) as refusal:
        approve_expense(money.second, expense=expense)
    assert "“Terms with foundation” ended on 1 Mar 2026." in refusal.value.reason
    assert "covers 2 Mar 2026" in refusal.value.way_out
    held.expires = TODAY
    held.save(update_fields=["expires"])
    assert borne(approve_expense(money.second, expense=expense)) == {"foundation": 324_000}


def test_a_ceiling_holds_to_the_cent(money):
    grant = money.grants["foundation"]
    set_ceiling(money.finance, grant=grant, category="lodging", amount=324_000 + 323_999, because="cut")
    approve_expense(money.second, expense=money.expense())
    short = money.expense()
    with pytest.raises(Refused, match=r"\$0.01 too little"):
        approve_expense(money.second, expense=short)
    set_ceiling(money.finance, grant=grant, category="lodging", amount=2 * 324_000, because="raised")
    approve_expense(money.second, expense=short)


def test_nobody_approves_his_own_and_nobody_twice(money):
    expense = money.expense()
    with pytest.raises(Forbidden, match="himself"):
        approve_expense(money.finance, expense=expense)
    approve_expense(money.second, expense=expense)
    with pytest.raises(Conflict):
        approve_expense(money.second, expense=expense)
    with pytest.raises(Conflict):
        refuse_expense(money.second, expense=expense, because="late")
    assert Entry.objects.count() == 1


def test_a_reversal_undoes_the_books_and_the_ceiling_and_keeps_both_entries(money):
    expense = approve_expense(money.second, expense=money.expense())
    with pytest.raises(Refused):
        reverse_expense(money.finance, expense=expense, because=" ")
    reverse_expense(money.finance, expense=expense, because="paid twice")
    assert [entry.kind for entry in Entry.objects.order_by("at")] == ["expense", "reversal"]
    assert sum(Line.objects.filter(account="cost").values_list("amount", flat=True)) == 0
    assert state_of(expense).state == "reversed" and state_of(expense).because == "paid twice"
    with pytest.raises(Conflict):
        reverse_expense(money.finance, expense=expense, because="again")


def test_an_officer_enters_the_costs_of_his_own_post_and_sees_no_one_elses(money):
    officer, other = money.cast.viewer("officer_a"), money.cast.viewer("officer_b")
    own = money.expense(by=officer)
    with pytest.raises(Forbidden):
        money.expense(by=other)
    assert [row.expense.pk for row in expenses(officer)] == [own.pk]
    assert expenses(other) == []
    assert [row.expense.pk for row in expenses(money.finance)] == [own.pk]


@pytest.mark.parametrize(
    "name", ["watch", "analyst", "officer_a", "sergeant", "auditor", "administrator", "foundation", "federal"]
)
def test_who_does_not_keep_the_books_approves_nothing(money, name):
    expense = money.expense()
    with pytest.raises(Forbidden):
        approve_expense(money.cast.viewer(name), expense=expense)
    assert state_of(expense).state == "entered"


def test_a_cost_for_both_a_post_and_a_mission_is_refused(money):
    with pytest.raises(Refused, match="one post or to one mission"):
        enter_expense(
            money.finance,
            post=money.cast.posts["a"],
            mission=money.mission(),
            item="rent",
            day=TODAY,
            amount=1,
            currency="USD",
        )
