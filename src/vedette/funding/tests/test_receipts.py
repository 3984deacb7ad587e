"""Receipts: one paper proves one cost, whoever attaches it; what is refused leaves nothing on the disk."""

import pytest
from django.core.files.base import ContentFile

from vedette.files import vault
from vedette.files.models import StoredFile
from vedette.funding.actions import approve_expense, attach_receipt, refuse_expense
from vedette.funding.models import Expense
from vedette.kit.errors import Conflict, Forbidden, Refused


def attach(by, expense, said=b"Hotel, three nights, 3,240.00"):
    return attach_receipt(by, expense=expense, stream=ContentFile(said), name="receipt.txt")


def on_disk():
    return sum(1 for file in vault.incoming().parent.rglob("*") if file.is_file())


def receipt_of(expense):
    return Expense.objects.as_house("a test").get(pk=expense.pk).receipt


def test_the_first_receipt_is_the_one_of_the_expense_and_more_may_follow(money):
    expense = money.expense()
    first = attach(money.finance, expense)
    attach(money.finance, expense, b"The second page")
    assert receipt_of(expense) == bytes(first.sha256).hex()
    assert attach(money.finance, expense).id == first.id
    assert StoredFile.objects.seen_by(money.finance).filter(sheet=expense.sheet).count() == 2


@pytest.mark.parametrize("pages", [(b"one",), (b"cover", b"one")])
def test_the_same_paper_on_another_expense_is_refused_and_leaves_nothing(money, pages):
    first, again = money.expense(), money.expense(amount=5)
    for page in pages:
        attach(money.finance, first, page)
    stored = on_disk()
    with pytest.raises(Refused, match=f"{first.sheet.reference} holds the same receipt"):
        attach(money.finance, again, b"one")
    assert receipt_of(again) is None and on_disk() == stored
    assert not StoredFile.objects.seen_by(money.finance).filter(sheet=again.sheet).exists()


def test_an_approved_expense_takes_a_late_receipt_and_a_refused_one_takes_none(money):
    late, wrong = money.expense(), money.expense(amount=5)
    approve_expense(money.second, expense=late)
    attach(money.finance, late)
    first = attach(money.finance, wrong, b"its own")
    refuse_expense(money.second, expense=wrong, because="not ours")
    stored = on_disk()
    with pytest.raises(Conflict):
        attach(money.finance, wrong, b"another")
    # A phone that heard no answer sends the same one again.
    assert attach(money.finance, wrong, b"its own").id == first.id and on_disk() == stored


@pytest.mark.parametrize("name", ["officer_b", "watch", "commander", "auditor", "foundation"])
def test_who_does_not_see_the_expense_attaches_nothing_to_it(money, name):
    expense = money.expense(by=money.cast.viewer("officer_a"))
    with pytest.raises(Forbidden):
        attach(money.cast.viewer(name), expense)
    assert receipt_of(expense) is None
    attach(money.cast.viewer("officer_a"), expense)
