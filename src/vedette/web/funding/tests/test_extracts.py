"""Statements of a funder, a post and a mission: each holds its lines, adds up, and names nothing the reader may not see."""

import io

import openpyxl
import pytest

from tests.cast import sign_in
from vedette.funding.actions import approve_expense

LIST = "/funding/statements/"


def rows_of(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True).active
    return [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[5] is not None]


def test_each_statement_holds_its_lines_and_adds_up(money, browser):
    mission = money.mission("bureau")
    manager = sign_in(money.cast.viewer("narrow"))
    costs = [
        approve_expense(money.second, expense=money.expense(amount=100_00)),
        approve_expense(money.second, expense=money.expense(post=money.cast.posts["b"], amount=20_00)),
        approve_expense(
            money.second, expense=money.expense(mission=mission, item="rail", amount=3_00, order_number="1")
        ),
    ]
    page = manager.get(LIST).content.decode()
    wanted = {
        "funder/foundation": [100, 20, 120], f"post/{money.cast.posts['a'].key}": [100, 100],
        f"mission/{mission.pk}": [3, 3],
    }  # fmt: skip
    for place, sums in wanted.items():
        assert f"{LIST}{place}.pdf" in page
        rows = rows_of(manager.get(f"{LIST}{place}.xlsx"))
        assert sorted(row[5] for row in rows[:-1]) == sorted(sums[:-1])
        assert manager.get(f"{LIST}{place}.pdf").content.startswith(b"%PDF")
    named = {row[2] for row in rows_of(browser.get(f"{LIST}funder/foundation.xlsx"))}
    assert {cost.sheet.reference for cost in costs[:2]} <= named
    assert (
        'filename="statement-funder-2025-07.xlsx"'
        in browser.get(f"{LIST}funder/foundation.xlsx")["Content-Disposition"]
    )


@pytest.mark.parametrize("place", ["funder/none", "post/none", "mission/00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_or_not_for_the_reader_is_missing(money, browser, place):
    hidden = money.mission("bureau")
    assert browser.get(f"{LIST}{place}.xlsx").status_code == 404
    assert browser.get(f"{LIST}mission/{hidden.pk}.xlsx").status_code == 404
    assert sign_in(money.cast.viewer("officer_a")).get(f"{LIST}{place}.xlsx").status_code == 403
