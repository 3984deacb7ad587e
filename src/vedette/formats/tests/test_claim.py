"""A claim as paper and as workbook: both add up to the cent, and neither runs what it holds."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from vedette.formats.claim import ClaimLine, ClaimPaper
from vedette.formats.pdf.claim import claim_pdf
from vedette.formats.xlsx.claim import FIRST, claim_xlsx

DAY = datetime.date(2015, 11, 13)


def line(number, base, **values):
    plain = {
        "reference": f"X-15-{number:04d}", "day": DAY, "place": "Paris", "item": "Rent of a flat", "category": "lodging",
        "amount": Decimal(base), "currency": "USD", "rate": Decimal(1), "rate_day": DAY, "base": Decimal(base),
        "rule": "rule 2", "receipts": ("receipt.pdf",),
    }  # fmt: skip
    return ClaimLine(**{**plain, **values})


CLAIM = ClaimPaper(
    reference="CL-15-0001", home="Harbour City Police", funder="Foundation", grant="Year of posts", agreement="Terms",
    begins=DAY - datetime.timedelta(days=40), ends=DAY, sent=DAY, currency="USD", places=2,
    lines=(
        line(1, "3486.24", amount=Decimal("3240.00"), currency="EUR", rate=Decimal("1.07600000")),
        line(2, "0.10", category="travel", item="Rail"),
        line(3, "0.20", category="travel", item="=HYPERLINK(1)"),
        line(4, "-100.00"),
    ),
)  # fmt: skip


def test_the_workbook_adds_up_by_its_own_formulas():
    book = openpyxl.load_workbook(io.BytesIO(claim_xlsx(CLAIM)))
    rows = list(book["Claim"].iter_rows(min_row=FIRST + 1, max_row=FIRST + 4, values_only=True))
    assert [Decimal(str(row[9])) for row in rows] == [one.base for one in CLAIM.lines]
    assert book["Claim"].cell(FIRST + 5, 10).value == f"=SUM(J{FIRST + 1}:J{FIRST + 4})"
    shown = openpyxl.load_workbook(io.BytesIO(claim_xlsx(CLAIM)), data_only=True)["Claim"]
    assert Decimal(str(shown.cell(FIRST + 5, 10).value)) == CLAIM.total == Decimal("3386.54")
    sums = {shown.cell(FIRST + 7 + n, 9).value: shown.cell(FIRST + 7 + n, 10).value for n in range(2)}
    assert sums == {"lodging": 3386.24, "travel": 0.3}


def test_no_cell_of_a_claim_is_run():
    cells = openpyxl.load_workbook(io.BytesIO(claim_xlsx(CLAIM)))["Claim"]
    assert cells.cell(FIRST + 3, 4).value == "=HYPERLINK(1)"
    assert cells.cell(FIRST + 3, 4).data_type == "s"


@pytest.mark.parametrize("many", [1, 400])
def test_the_paper_is_written_however_many_lines_it_has(many):
    paper = claim_pdf(ClaimPaper(**{**CLAIM.__dict__, "lines": tuple(line(n, "1.00") for n in range(many))}))
    assert paper.startswith(b"%PDF") and len(paper) > 5_000
