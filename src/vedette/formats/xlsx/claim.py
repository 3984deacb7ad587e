"""A claim as a workbook whose sums are formulas, so that the funder's own spreadsheet adds it up."""

import io

import xlsxwriter

from vedette.formats.claim import ClaimPaper

HEADS = (
    ("Reference", 13), ("Day", 11), ("Where", 20), ("What", 22), ("Category", 16), ("Paid", 12), ("Currency", 9),
    ("Rate", 11), ("Rate of", 11), ("Claimed", 14), ("Rule", 28), ("Receipts", 34),
)  # fmt: skip
FIRST = 8


def claim_xlsx(claim: ClaimPaper) -> bytes:
    """The workbook of a claim: one sheet of lines, with its sums below and by category."""
    out = io.BytesIO()
    # Text is written as text whatever it begins with: a spreadsheet runs nothing of it.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Claim {claim.reference}", "author": claim.home, "company": claim.home})
    _write(book, claim)
    book.close()
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, claim: ClaimPaper) -> None:
    sheet = book.add_worksheet("Claim")
    strong, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    head = book.add_format({"bold": True, "bottom": 1})
    money = f"#,##0.{'0' * claim.places}" if claim.places else "#,##0"
    sum_, total = book.add_format({"num_format": money}), book.add_format({"num_format": money, "bold": True, "top": 1})
    for row, (name, value) in enumerate(_top(claim)):
        sheet.write_string(row, 0, name, strong)
        sheet.write_string(row, 1, value)
    for column, (name, width) in enumerate(HEADS):
        sheet.write_string(FIRST - 1, column, name if name != "Claimed" else f"Claimed, {claim.currency}", head)
        sheet.set_column(column, column, width)
    for row, line in enumerate(claim.lines, start=FIRST):
        for column, text in (
            (0, line.reference),
            (2, line.place),
            (3, line.item),
            (4, line.category),
            (6, line.currency),
        ):
            sheet.write_string(row, column, text)
        sheet.write_datetime(row, 1, line.day, day)
        sheet.write_number(row, 5, line.amount)
        sheet.write_number(row, 7, line.rate)
        sheet.write_datetime(row, 8, line.rate_day, day)
        sheet.write_number(row, 9, line.base, sum_)
        sheet.write_string(row, 10, line.rule)
        sheet.write_string(row, 11, ", ".join(line.receipts))
    last = FIRST + len(claim.lines)
    sheet.write_string(last, 8, "Sum", strong)
    sheet.write_formula(last, 9, f"=SUM(J{FIRST + 1}:J{last})", total, float(claim.total))
    for row, (name, part) in enumerate(claim.by_category, start=last + 2):
        sheet.write_string(row, 8, name)
        sheet.write_formula(row, 9, f"=SUMIF(E{FIRST + 1}:E{last},I{row + 1},J{FIRST + 1}:J{last})", sum_, float(part))
    sheet.freeze_panes(FIRST, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _top(claim: ClaimPaper) -> list[tuple[str, str]]:
    return [
        ("Claim", claim.reference),
        ("Claimed of", claim.funder),
        ("By", claim.home),
        ("Out of", claim.grant),
        ("Under", claim.agreement),
        ("Costs of", f"{claim.begins.isoformat()} to {claim.ends.isoformat()}"),
    ]
