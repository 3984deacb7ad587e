"""An order number that comes later: dated, with its reason, until the claim; the rule is asked again."""

import pytest

from vedette.funding.actions import approve_expense, send_claim, set_order_number
from vedette.funding.models import OrderNumber
from vedette.funding.queries import who_pays
from vedette.kit.errors import Conflict, Forbidden, Refused

from .conftest import DAY, TODAY
from .test_expenses import borne


def numbered(money, expense, number="SO-7", by=None):
    return set_order_number(by or money.finance, expense=expense, number=number, because="it came today")


def numbers(expense):
    rows = OrderNumber.objects.as_house("a test").filter(expense=expense).order_by("since")
    return [(row.number, row.until is None) for row in rows]


def test_a_number_given_later_makes_the_rule_pay_that_asked_for_it(money):
    expense = money.expense(mission=money.mission("bureau"), item="rail")
    with pytest.raises(Refused, match="order number is missing"):
        approve_expense(money.second, expense=expense)
    numbered(money, expense, "SO-6")
    numbered(money, expense)
    assert who_pays(expense).chosen.rule == money.rules[3]
    assert borne(approve_expense(money.second, expense=expense)) == {"bureau": 324_000}
    assert numbers(expense) == [("SO-6", False), ("SO-7", True)]


def test_an_approved_cost_keeps_its_bearer_and_a_number_that_would_change_him_is_refused(money):
    expense = approve_expense(money.second, expense=money.expense(mission=money.mission("bureau"), item="salary"))
    with pytest.raises(Refused, match="“City pays” bears it; with this number “Bureau pays” would"):
        numbered(money, expense)
    assert numbers(expense) == []
    expense.refresh_from_db()
    assert expense.order_number == ""
    paid = approve_expense(money.second, expense=money.expense(amount=20_000_000, item="rent"))
    numbered(money, paid)
    assert numbers(paid) == [("SO-7", True)]


def test_what_was_claimed_keeps_its_number(money):
    expense = approve_expense(money.second, expense=money.expense())
    claim = send_claim(money.finance, grant=money.grants["foundation"], begins=TODAY - DAY, ends=TODAY)
    with pytest.raises(Refused, match=claim.reference):
        numbered(money, expense)


@pytest.mark.parametrize(("number", "word"), [("", "number"), ("x" * 41, "40"), ("SO-1", "already")])
def test_a_number_that_is_none_is_refused(money, number, word):
    expense = money.expense(order_number="SO-1")
    with pytest.raises(Refused) as refusal:
        numbered(money, expense, number)
    assert refusal.value.field == "number" and numbers(expense) == []


def test_who_may_not_plan_gives_none_and_a_refused_cost_takes_none(money):
    from vedette.funding.actions import refuse_expense

    expense = money.expense()
    with pytest.raises(Forbidden):
        numbered(money, expense, by=money.cast.viewer("officer_a"))
    refuse_expense(money.second, expense=expense, because="no")
    with pytest.raises(Conflict):
        numbered(money, expense)
