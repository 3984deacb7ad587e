"""Claims: everything once and nothing twice, credits for what was reversed, payments up to what is due."""

import datetime

import pytest

from vedette.funding.actions import approve_expense, enter_payment, reverse_expense, send_claim
from vedette.funding.claiming import claimable, items_of
from vedette.funding.models import Claim, Line
from vedette.kit.errors import Forbidden, Refused

from .conftest import DAY, TODAY

MARCH = (datetime.date(2026, 2, 1), datetime.date(2026, 3, 31))


def claimed(money, days=MARCH):
    return send_claim(money.finance, grant=money.grants["foundation"], begins=days[0], ends=days[1])


def balance(account):
    return sum(Line.objects.filter(account=account).values_list("amount", flat=True))


def test_a_claim_holds_each_cost_of_its_days_once_and_adds_up(money):
    for amount, item in ((100_00, "rent"), (20_05, "rail"), (3_10, "phone")):
        approve_expense(money.second, expense=money.expense(amount=amount, item=item))
    approve_expense(money.second, expense=money.expense(item="salary"))
    approve_expense(money.second, expense=money.expense(day=datetime.date(2025, 9, 1)))
    money.expense()
    claim = claimed(money)
    assert claim.total == 123_15
    assert sorted(one.amount for one in items_of(money.finance, claim)) == [3_10, 20_05, 100_00]
    assert balance("due") == 123_15 and balance("recovered") == -123_15
    with pytest.raises(Refused, match="Nothing is to be claimed"):
        claimed(money)


def test_what_was_claimed_and_reversed_is_credited_once_in_the_next_claim(money):
    wrong = approve_expense(money.second, expense=money.expense(amount=50_00))
    claimed(money)
    reverse_expense(money.finance, expense=wrong, because="paid by the host")
    with pytest.raises(Refused, match="Nothing is to be claimed"):
        claimed(money)
    approve_expense(money.second, expense=money.expense(amount=80_00))
    second = claimed(money)
    assert second.total == 30_00
    assert [(one.credit, one.amount) for one in items_of(money.finance, second)] in (
        [(True, -50_00), (False, 80_00)],
        [(False, 80_00), (True, -50_00)],
    )
    assert claimable(money.finance, money.grants["foundation"], *MARCH) == []


def test_a_cost_reversed_before_it_was_claimed_is_in_no_claim(money):
    wrong = approve_expense(money.second, expense=money.expense(amount=50_00))
    reverse_expense(money.finance, expense=wrong, because="paid by the host")
    with pytest.raises(Refused, match="Nothing is to be claimed"):
        claimed(money)


def test_payments_come_in_up_to_what_is_due_and_never_before_the_claim(money):
    approve_expense(money.second, expense=money.expense(amount=100_00))
    claim = claimed(money)
    enter_payment(money.finance, claim=claim, amount=60_00, day=TODAY)
    assert balance("due") == 40_00
    for values, field in (
        ({"amount": 40_01, "day": TODAY}, "amount"),
        ({"amount": 0, "day": TODAY}, "amount"),
        ({"amount": 1, "day": TODAY + DAY}, "day"),
        ({"amount": 1, "day": TODAY - DAY}, "day"),
    ):
        with pytest.raises(Refused) as refusal:
            enter_payment(money.finance, claim=claim, **values)
        assert refusal.value.field == field
    enter_payment(money.finance, claim=claim, amount=40_00, day=TODAY)
    assert balance("due") == 0 and balance("cash") == 0


def test_the_city_claims_nothing_of_itself_and_a_span_goes_forward(money):
    approve_expense(money.second, expense=money.expense(item="salary"))
    with pytest.raises(Refused, match="ourselves"):
        send_claim(money.finance, grant=money.grants["city"], begins=MARCH[0], ends=MARCH[1])
    with pytest.raises(Refused, match="ends before it begins"):
        claimed(money, (MARCH[1], MARCH[0]))
    assert not Claim.objects.exists()


@pytest.mark.parametrize("name", ["watch", "narrow", "commander", "officer_a", "auditor", "foundation"])
def test_only_a_finance_officer_claims(money, name):
    approve_expense(money.second, expense=money.expense())
    with pytest.raises(Forbidden):
        send_claim(money.cast.viewer(name), grant=money.grants["foundation"], begins=MARCH[0], ends=MARCH[1])
