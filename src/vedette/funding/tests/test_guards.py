"""What the database holds by itself, whoever writes into it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from vedette.funding.actions import approve_expense
from vedette.funding.actions.books import Account, Sum, record_entry
from vedette.funding.models import Allocation, Entry, Expense, Line
from vedette.kit.ids import new_id
from vedette.kit.time import now

from .conftest import DAY, TODAY


def whole():
    """What is looked at when the transaction ends, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def entered(money, sums):
    return record_entry(money.finance, sums, kind="expense", subject=new_id(), day=TODAY)


@pytest.mark.parametrize("amounts", [(100,), (100, -99), (100, -100, 1), ()])
def test_an_entry_that_does_not_add_up_to_nothing_is_refused(money, amounts):
    entered(money, [Sum(Account.COST, 100), Sum(Account.CASH, -100)])
    whole()
    with pytest.raises(IntegrityError, match="add up to nothing"), transaction.atomic():
        entered(money, [Sum(Account.COST, one) for one in amounts])
        whole()


def test_a_line_added_to_an_old_entry_is_refused(money):
    entry = entered(money, [Sum(Account.COST, 100), Sum(Account.CASH, -100)])
    whole()
    with pytest.raises(IntegrityError, match="add up to nothing"), transaction.atomic():
        Line.objects.create(entry=entry, account="cost", amount=5, day=TODAY)
        whole()


def allocation(money, expense, **values):
    plain = {
        "expense": expense, "grant": money.grants["foundation"], "rule": money.rules[2], "category": expense.category,
        "amount": expense.base_amount, "at": now(),
    }  # fmt: skip
    return Allocation(**{**plain, **values})


def test_parts_that_do_not_add_up_to_the_expense_are_refused(money):
    expense = money.expense()
    rows = Allocation.objects.as_house("a test")
    with pytest.raises(IntegrityError, match="do not add up"), transaction.atomic():
        rows.bulk_create([allocation(money, expense, amount=expense.base_amount - 1)])
        whole()
    rows.bulk_create([allocation(money, expense)])
    whole()


@pytest.mark.parametrize(
    "wrong", ["rule of another category", "grant of another funder", "rule that had ended", "grant of another year"]
)
def test_an_unlawful_payer_is_refused(money, wrong):
    expense = money.expense(day=TODAY)
    values = {}
    if wrong == "rule of another category":
        values = {"rule": money.rules[1], "grant": money.grants["city"]}
    elif wrong == "grant of another funder":
        values = {"grant": money.grants["bureau"]}
    elif wrong == "rule that had ended":
        money.rules[2].until = TODAY
        money.rules[2].save(update_fields=["until"])
    else:
        money.grants["foundation"].days = type(money.grants["foundation"].days)(TODAY + DAY, TODAY + 9 * DAY)
        money.grants["foundation"].save(update_fields=["days"])
    rows = Allocation.objects.as_house("a test")
    with pytest.raises(IntegrityError, match="No rule lets this grant"), transaction.atomic():
        rows.bulk_create([allocation(money, expense, **values)])


def test_nothing_in_the_books_is_rewritten_or_deleted(money):
    expense = approve_expense(money.second, expense=money.expense())
    house = "a test"
    for rows, changes in (
        (Entry.objects.all(), {"day": TODAY - DAY}),
        (Line.objects.all(), {"amount": 1}),
        (Allocation.objects.as_house(house).all(), {"amount": 1}),
        (Expense.objects.as_house(house).filter(pk=expense.pk), {"amount": 1}),
        (Expense.objects.as_house(house).filter(pk=expense.pk), {"base_amount": 1}),
    ):
        assert rows.exists()
        with pytest.raises(DatabaseError, match=r"append-only|never changed"), transaction.atomic():
            rows.update(**changes)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete("default")
