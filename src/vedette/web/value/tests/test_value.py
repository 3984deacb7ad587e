"""The page of the value and its statement: whoever answers for the money sees them, nobody else, and neither holds a word of a report."""

import io
import re
import zipfile

import pytest

from tests.cast import WORD, sign_in
from vedette.account.tests.test_value import deploy, heard
from vedette.funding.actions import approve_expense


@pytest.fixture
def finance(told, money):
    """A finance officer's browser, after a year in which something happened."""
    for report in told:
        deploy(money.cast, report.sheet)
    heard(money.cast, "press", 40, told[0].sheet)
    approve_expense(money.second, expense=money.expense(amount=900_00))
    return sign_in(money.finance)


def test_the_page_says_what_it_cost_what_came_of_it_and_what_is_uncertain(finance):
    page = finance.get("/funding/value/").content.decode()
    assert "$900.00" in page and "40 min" in page
    assert "4 reports were acted on: read them as cases" in page
    assert "A-ville" in page and "Foundation" in page


def test_no_word_of_a_report_stands_on_the_page_or_in_the_statement(cast, told, money, finance):
    cast.report("officer_a")
    assert WORD not in finance.get("/funding/value/").content.decode()
    paper = finance.get("/funding/value/2025/statement.pdf")
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    book = finance.get("/funding/value/2025/statement.xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert not [name for name in parts.namelist() if WORD.encode() in parts.read(name)]
    assert max(int(count) for count in re.findall(rb"/Count (\d+)", paper.content)) == 1


def test_each_report_acted_on_is_traced_to_its_outcome_without_a_word_of_it(cast, told, finance):
    chief = cast.signed_in("commander")
    page = chief.get("/funding/value/chains/?year=2025").content.decode()
    assert "press: 40 min sooner" in page
    assert all(report.sheet.reference in page for report in told)
    assert "Shots near the station" not in page
    assert "1: 0 done, 0 cannot" in page
    for number in ("0", "x", "999999999999"):
        assert chief.get(f"/funding/value/chains/?year=2025&page={number}").status_code == 200
    assert "Nothing to trace" in chief.get("/funding/value/chains/?year=2024").content.decode()
    assert "/funding/value/chains/?year=2025" in finance.get("/funding/value/?year=2025").content.decode()
    assert cast.signed_in("officer_a").get("/funding/value/chains/").status_code == 403


@pytest.mark.parametrize("year", ["1900", "2027", "20x5", "٢٠٢٥", "99999999999999999999"])
def test_a_year_that_is_none_is_refused_in_words(finance, year):
    answer = finance.get(f"/funding/value/?year={year}")
    assert answer.status_code == 422 and "no year of the books" in answer.content.decode()


@pytest.mark.parametrize("year", ["2024", "1999"])
def test_a_year_without_anything_says_so(finance, year):
    answer = finance.get(f"/funding/value/?year={year}")
    assert answer.status_code == 200 and "Nothing in this year" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["watch", "analyst", "officer_a", "sergeant", "administrator", "north_1", "foundation"]
)
def test_who_does_not_answer_for_the_money_is_shown_neither(cast, name):
    browser = cast.signed_in(name)
    assert browser.get("/funding/value/").status_code == 403
    assert browser.get("/funding/value/2025/statement.pdf").status_code == 403
    assert browser.get("/funding/value/2025/statement.xlsx").status_code == 403
    assert cast.signed_in("commander").get("/funding/value/").status_code == 200
