"""The yearly statement: one page, however many posts; no rate where there are few cases."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from vedette.formats.pdf.statement import MOST_POSTS, _facts, statement_pdf
from vedette.formats.statement import Statement, StatementPayer, StatementPost, StatementYear
from vedette.formats.xlsx.statement import statement_xlsx

ABOUT = "Officers of this department stand with police services abroad: 11 in 9 cities of 8 countries this year. " * 2
POST = StatementPost("Paris", Decimal(120_000), 40, 12, 14, 9, 6, 5)
SAID = Statement(
    home="Harbour City Police", title="Overseas liaison, fiscal year 2015/16", days="1 Jul 2015 to 30 Jun 2016",
    made="1 Jul 2016", currency="USD", places=2, posts=(POST,), payers=(StatementPayer("City", Decimal(90_000), Decimal(0)),),
    years=(StatementYear("2014/15", Decimal(110_000), 30, 9, None),), releases=3, told=40, acknowledged=30, told_ours=20,
    acknowledged_ours=20, missions=2, trainees=60, missions_cost=Decimal(30_000), few=False,
    uncertain=("Three reports could be compared with no other channel.",), lead=14,
)  # fmt: skip


def pages(pdf):
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


@pytest.mark.parametrize("posts", [0, 1, 17, 50])
def test_it_is_one_page(posts):
    said = replace(SAID, posts=(POST,) * posts, about=ABOUT, uncertain=SAID.uncertain * 4, years=SAID.years * 4)
    assert pages(statement_pdf(said)) == 1


def test_posts_that_find_no_room_are_summed_up_and_none_is_lost():
    cheap = replace(POST, place="Lyon", cost=Decimal(1))
    rows = _facts(replace(SAID, posts=(cheap,) * 3 + (POST,) * (MOST_POSTS - 1)))["posts"]
    assert [row[0] for row in rows] == ["Paris"] * (MOST_POSTS - 1) + ["3 other posts (each in the workbook)"]
    assert rows[-1][1:4] == ["3", "120", "36"]


def test_all_that_it_cost_is_posts_and_missions():
    assert SAID.cost == Decimal(150_000)
    assert _facts(SAID)["figures"][0] == ["USD 150,000", "cost in all"]


def test_few_cases_are_given_as_cases_and_never_as_a_rate():
    assert _facts(SAID)["figures"][2][0] == "12 of 40 (30 %)"
    assert _facts(replace(SAID, few=True))["figures"][2][0] == "12 of 40"
    assert _facts(replace(SAID, posts=()))["figures"][2][0] == "0 of 0"


@pytest.mark.parametrize(
    ("minutes", "words"), [(None, "no case"), (14, "14 min"), (125, "2 h 05 min"), (-3, "3 min later")]
)
def test_a_lead_is_said_in_words_and_a_lag_as_one(minutes, words):
    assert _facts(replace(SAID, lead=minutes))["figures"][3][0] == words


def test_the_workbook_holds_the_same_figures_and_adds_them_up():
    body = statement_xlsx(replace(SAID, posts=(POST, replace(POST, place="=1+1", cost=Decimal("0.50"), lead=None))))
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book["Posts"]["A3"].data_type == "s" and book["Posts"]["E3"].value is None
    assert book["Posts"]["B4"].value == "=SUM(B2:B3)"
    shown = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
    assert shown["Posts"]["B4"].value == 120_000.5
    assert [cell.value for cell in shown["Who paid"][2]] == ["City", 90_000, 0]
    assert shown["Facts"]["B3"].value == 150_000.5
