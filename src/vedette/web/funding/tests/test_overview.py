"""The overview: what each grant pays, bore and has left; the oldest expense; every figure leads to its lines."""

import pytest

from vedette.funding.actions import approve_expense, reverse_expense

PAGE = "/funding/"


def test_without_grants_the_page_says_that_nobody_may_pay(cast):
    page = cast.signed_in("narrow").get(PAGE).content.decode()
    assert "No grant pays in this year" in page and "Nothing to settle" in page


def test_each_grant_of_the_year_shows_ceiling_spent_and_left(money, browser):
    approve_expense(money.second, expense=money.expense(amount=324_000))
    page = browser.get(PAGE).content.decode()
    assert "2025/26, from 1 Jul 2025" in page
    assert "$350,000.00" in page and "$3,240.00" in page and "$346,760.00" in page


def test_a_figure_leads_to_the_lines_that_make_it_up(money, browser):
    expense = approve_expense(money.second, expense=money.expense(amount=324_000))
    wrong = approve_expense(money.second, expense=money.expense(amount=100, item="rail"))
    reverse_expense(money.finance, expense=wrong, because="paid twice")
    address = f"/funding/lines/?grant={money.grants['foundation'].key}"
    assert f'href="{address}"' in browser.get(PAGE).content.decode()
    lines = browser.get(address).content.decode()
    assert "$3,240.00" in lines and "-$1.00" in lines and "3 rows" in lines
    assert str(expense.pk) in lines
    assert "Nothing was borne here" in browser.get(f"{address}&category=office").content.decode()
    assert [browser.get(f"/funding/lines/?grant={key}").status_code for key in ("none", "%00")] == [404, 404]


def test_the_lines_name_no_expense_to_who_may_not_see_it(money):
    expense = approve_expense(money.second, expense=money.expense())
    page = money.cast.signed_in("narrow").get("/funding/lines/").content.decode()
    assert "$3,240.00" in page and expense.sheet.reference not in page and str(expense.pk) not in page


def test_the_expense_that_waits_longest_is_shown_with_what_each_rule_says(money, browser):
    first = money.expense(currency="EUR")
    money.expense(item="salary")
    page = browser.get(PAGE).content.decode()
    assert f"Expense {first.sheet.reference}" in page and "Payer found" in page and "2 to settle" in page
    assert "€3,240.00" in page and "$3,486.24" in page and "rate 1.076 of 27 Feb 2026" in page


@pytest.mark.parametrize("name", ["watch", "officer_a", "sergeant", "auditor", "administrator", "foundation"])
def test_who_keeps_no_books_does_not_see_them(money, name):
    browser = money.cast.signed_in(name)
    for address in (PAGE, "/funding/lines/", "/funding/claims/", "/funding/rules/", "/funding/gifts/"):
        assert browser.get(address).status_code == 403


@pytest.mark.parametrize("name", ["narrow", "commander"])
def test_the_manager_and_the_commander_read_it_and_keep_nothing(money, name):
    browser = money.cast.signed_in(name)
    assert "New claim" not in browser.get("/funding/claims/").content.decode()
    assert "New grant" not in browser.get("/funding/grants/").content.decode()
    assert browser.get("/funding/new-claim/").status_code == 403
    assert browser.get("/funding/new-rule/").status_code == 403
    assert browser.post("/funding/rates/enter/", {}).status_code == 403
