"""An extract of the books as a workbook whose sum is a formula."""

import io

import xlsxwriter

from vedette.formats.extract import Extract

HEADS = (("Day", 12), ("Entry", 18), ("Reference", 16), ("Borne by", 30), ("Category", 20), ("Amount", 16))
FIRST = 5


def extract_xlsx(extract: Extract) -> bytes:
    """The workbook of an extract: its lines, and their sum below."""
    out = io.BytesIO()
    # Text is written as text whatever it begins with: a spreadsheet runs nothing of it.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": extract.title, "author": extract.home, "company": extract.home})
    sheet, strong = book.add_worksheet("Lines"), book.add_format({"bold": True})
    head, day = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
    )
    money = book.add_format({"num_format": f"#,##0.{'0' * extract.places}" if extract.places else "#,##0"})
    for row, (name, value) in enumerate(
        (("Statement", extract.title), ("By", extract.home), ("Of", f"{extract.begins} to {extract.ends}"))
    ):
        sheet.write_string(row, 0, name, strong)
        sheet.write_string(row, 1, value)
    for column, (name, width) in enumerate(HEADS):
        sheet.write_string(FIRST - 1, column, f"{name}, {extract.currency}" if name == "Amount" else name, head)
        sheet.set_column(column, column, width)
    for row, line in enumerate(extract.lines, start=FIRST):
        sheet.write_datetime(row, 0, line.day, day)
        for column, text in enumerate((line.kind, line.reference, line.funder, line.category), start=1):
            sheet.write_string(row, column, text)
        sheet.write_number(row, 5, line.amount, money)
    last = FIRST + len(extract.lines)
    sheet.write_string(last, 4, "Sum", strong)
    formula = f"=SUM(F{FIRST + 1}:F{last})" if extract.lines else "=0"
    sheet.write_formula(last, 5, formula, money, float(extract.total))
    sheet.freeze_panes(FIRST, 0)
    book.close()
    return out.getvalue()
