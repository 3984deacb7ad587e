"""How a grant runs against its time: sums of lines by quarter, and a sentence that says it."""

import datetime

import pytest

from vedette.funding.actions import approve_expense
from vedette.funding.reading import Budget, Figure, sum_of_lines, year_of
from vedette.funding.variance import Pace, gone_of, paces, quarters_of

from .conftest import TODAY, YEAR


@pytest.mark.parametrize(
    ("budget", "gone", "words"),
    [
        (Budget(100_00, 48_00), 50.0, "50 % of its time is gone and 48 % is spent: an even pace."),
        (Budget(100_00, 90_00), 50.0, "$40.00 more than at an even pace."),
        (Budget(100_00, 10_00), 50.0, "$40.00 less than at an even pace."),
        (Budget(100_00, 90_00, 20_00), 50.0, "What is spent and committed is $10.00 above the ceiling."),
        (Budget(0, 5_00), 50.0, "Nothing was promised for it, and $5.00 was spent."),
    ],
)
def test_a_sentence_says_how_it_runs(budget, gone, words):
    assert Pace(budget, gone).sentence("USD").endswith(words)


def test_the_share_of_its_time_goes_from_nothing_to_all_of_it():
    first, last = YEAR
    day = datetime.timedelta(days=1)
    assert [gone_of(first, last, on) for on in (first - day, first - 9 * day, last, last + day)] == [0, 0, 100, 100]
    assert gone_of(datetime.date(2026, 1, 1), datetime.date(2026, 1, 10), datetime.date(2026, 1, 5)) == 50


def test_quarters_are_those_of_the_books_and_add_up_to_what_the_lines_say(money):
    year = year_of(TODAY)
    assert [one.begins.month for one in quarters_of(year)] == [7, 10, 1, 4]
    for day, amount in ((datetime.date(2025, 7, 1), 10_00), (datetime.date(2025, 12, 31), 20_00), (TODAY, 40_00)):
        approve_expense(money.second, expense=money.expense(day=day, amount=amount))
    row = next(one for one in paces(year, TODAY) if one.row.grant == money.grants["foundation"])
    lodging = next(part for part in row.parts if part.budget.category == "lodging")
    assert [one.spent for one in lodging.quarters] == [10_00, 20_00, 40_00, 0]
    for pace, category in ((lodging, "lodging"), (row.whole, "")):
        for one in pace.quarters:
            figure = Figure(money.grants["foundation"], "cost", category, one.begins, one.ends)
            assert sum_of_lines(figure) == one.spent
        assert sum(one.spent for one in pace.quarters) == pace.budget.spent
