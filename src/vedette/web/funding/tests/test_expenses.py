"""Expenses on the screen: entered, settled, reversed; what is wrong stands beside its field; receipts once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import sign_in
from vedette.funding.actions import approve_expense
from vedette.funding.models import Expense
from vedette.funding.queries import state_of

LIST, NEW = "/funding/expenses/", "/funding/new-expense/"


def typed(money, **values):
    plain = {"work": f"post:{money.cast.posts['a'].id}", "item": "rent", "day": "2026-03-01", "amount": "3,240.00"}
    return {**plain, "currency": "USD", "order_number": "ORD-7", "note": "", **values}


def page_of(browser, expense):
    return browser.get(f"{LIST}{expense.pk}/").content.decode()


def test_an_expense_is_entered_and_leads_to_its_page(money, browser):
    answer = browser.post(NEW, typed(money, currency="eur", note="the flat"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(LIST) and "is entered." in page
    assert "€3,240.00" in page and "$3,486.24" in page and "the flat" in page and "Foundation" in page


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"amount": "-5"}, "amount", "A cost is never negative."),
        ({"amount": "12.345"}, "amount", "USD has 2 places after the point"),
        ({"amount": "much"}, "amount", "is no sum of money"),
        ({"amount": "10000000000000"}, "amount", "No single cost of the programme is that large."),
        ({"currency": "XQQ"}, "currency", "is no currency"),
        ({"currency": "GBP"}, "currency", "No rate of GBP is known"),
        ({"day": "2026-03-03"}, "day", "This day is still to come."),
        ({"day": "yesterday"}, "day", "This cannot be read."),
        ({"item": "bribe"}, "item", "This is not on the list."),
        ({"work": ""}, "work", "Nothing is chosen."),
        ({"work": "post:none"}, "work", "This is not on the list."),
        ({"note": "x" * 301}, "note", "characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(money, browser, values, field, words):
    answer = browser.post(NEW, typed(money, **values))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="new_{field}_error"' in page and words in page and "ORD-7" in page
    assert not Expense.objects.as_house("a test").exists()


def test_a_mission_is_offered_only_to_who_may_read_it(money):
    mission = money.mission("bureau")
    manager, officer = (sign_in(money.cast.viewer(name)) for name in ("narrow", "officer_a"))
    assert f"mission:{mission.pk}" in manager.get(NEW).content.decode()
    assert f"mission:{mission.pk}" not in officer.get(NEW).content.decode()
    refused = officer.post(NEW, typed(money, work=f"mission:{mission.pk}"))
    assert refused.status_code == 422 and "This is not on the list." in refused.content.decode()


def test_approving_shows_who_bore_it_and_its_entry_in_the_books(money, second):
    expense = money.expense()
    assert "Payer found" in page_of(second, expense)
    page = second.post(f"{LIST}{expense.pk}/approve/", follow=True).content.decode()
    assert "Approved: it is in the books." in page and "Year of foundation" in page and "Cost borne" in page
    assert 'action="/funding/expenses/' in page and "Reverse the expense" in page


def test_nobody_is_offered_to_approve_his_own(money, browser):
    expense = money.expense()
    page = page_of(browser, expense)
    assert "You entered it yourself" in page and "/approve/" not in page
    assert browser.post(f"{LIST}{expense.pk}/approve/").status_code == 403
    assert state_of(expense).state == "entered"


def test_where_nobody_may_pay_the_reason_and_the_lawful_way_stand_on_the_page(money, second):
    expense = money.expense(mission=money.mission("host"), item="flight")
    page = page_of(second, expense)
    assert "Nobody may pay" in page and "The nearest lawful way" in page and "through the bureau" in page
    answer = second.post(f"{LIST}{expense.pk}/approve/")
    assert answer.status_code == 422 and "only missions that the bureau asked for" in answer.content.decode()
    assert state_of(expense).state == "entered"


def test_a_refusal_needs_its_reason_and_keeps_it(money, second):
    expense = money.expense()
    address = f"{LIST}{expense.pk}/refuse/"
    assert second.post(address, {"because": " "}).status_code == 422
    page = second.post(address, {"because": "No receipt was given."}, follow=True).content.decode()
    assert "No receipt was given." in page and "Refused" in page
    assert second.post(address, {"because": "again"}).status_code == 409


def test_a_reversal_adds_an_entry_that_undoes_the_first(money, second):
    expense = approve_expense(money.second, expense=money.expense())
    page = second.post(f"{LIST}{expense.pk}/reverse/", {"because": "paid twice"}, follow=True).content.decode()
    assert "Reversal" in page and "-$3,240.00" in page and "paid twice" in page


def test_the_list_is_narrowed_by_state_and_paged(money, browser):
    kept = approve_expense(money.second, expense=money.expense())
    waiting = [money.expense(amount=number) for number in range(1, 52)]
    approved = browser.get(f"{LIST}?state=approved").content.decode()
    assert kept.sheet.reference in approved and waiting[0].sheet.reference not in approved
    first, rest = (browser.get(f"{LIST}?state=entered&page={n}").content.decode() for n in (1, 2))
    assert "50 rows" in first and "page=2" in first and waiting[-1].sheet.reference in first
    assert "1 row" in rest and waiting[0].sheet.reference in rest
    assert "The list ends before it." in browser.get(f"{LIST}?page=9").content.decode()
    assert browser.get(f"{LIST}?page=x&state=none").status_code == 200


def test_an_officer_has_his_own_expenses_and_no_other_page(money):
    officer, other = money.cast.viewer("officer_a"), money.cast.viewer("officer_b")
    own = money.expense(by=officer)
    browser = sign_in(officer)
    page = browser.get(LIST).content.decode()
    assert 'href="/funding/expenses/"' in browser.get("/reports/mine/").content.decode()
    assert own.sheet.reference in page and 'href="/funding/"' not in page and 'href="/funding/rules/"' not in page
    assert browser.get(f"{LIST}{own.pk}/").status_code == 200
    offered = browser.get(NEW).content.decode()
    assert str(money.cast.posts["a"].id) in offered and str(money.cast.posts["b"].id) not in offered
    assert browser.post(f"{LIST}{own.pk}/approve/").status_code == 403
    stranger = sign_in(other)
    assert own.sheet.reference not in stranger.get(LIST).content.decode()
    assert stranger.get(f"{LIST}{own.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["watch", "sergeant", "auditor", "administrator", "foundation"])
def test_who_has_nothing_to_do_with_money_gets_a_plain_page(money, name):
    expense = money.expense()
    browser = money.cast.signed_in(name)
    for address in (LIST, NEW, f"{LIST}{expense.pk}/"):
        answer = browser.get(address)
        assert answer.status_code == 403 and expense.sheet.reference not in answer.content.decode()


def attach(browser, expense, said=b"Receipt of the hotel, 3,240.00"):
    return browser.post(f"{LIST}{expense.pk}/receipts/", {"file": SimpleUploadedFile("receipt.txt", said)}, follow=True)


def test_a_receipt_hangs_on_its_expense(money, browser):
    expense = money.expense()
    page = attach(browser, expense).content.decode()
    assert "receipt.txt" in page and "The receipt is stored" in page
    assert Expense.objects.as_house("a test").get(pk=expense.pk).receipt
    assert attach(browser, expense).status_code == 200


def test_the_same_receipt_on_another_expense_is_refused_with_the_first_one(money, browser):
    first, again = money.expense(), money.expense(amount=5)
    attach(browser, first)
    answer = attach(browser, again)
    assert answer.status_code == 422
    assert f"{first.sheet.reference} holds the same receipt." in answer.content.decode()
    assert Expense.objects.as_house("a test").get(pk=again.pk).receipt is None
    assert attach(browser, again, b"Another paper").status_code == 200
    assert attach(browser, first).status_code == 200


def test_nothing_and_a_program_are_no_receipts(money, browser):
    expense = money.expense()
    assert browser.post(f"{LIST}{expense.pk}/receipts/", {}).status_code == 422
    assert attach(browser, expense, b"MZ\x90\x00program").status_code == 422
    assert Expense.objects.as_house("a test").get(pk=expense.pk).receipt is None
