"""The workbook in which costs are sent in: its heads, and lists to choose from; it is empty until somebody fills it in."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

WIDTHS = (26, 24, 13, 13, 11, 18, 40)
MOST_ROWS = 2_000


def costs_xlsx(heads: Sequence[str], lists: Mapping[str, Sequence[str]], home: str) -> bytes:
    """One sheet with the heads, and one with what may stand under those that are chosen from a list."""
    out = io.BytesIO()
    # Text is written as text whatever it begins with: a spreadsheet runs nothing of it.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Costs", "author": home, "company": home})
    strong, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    costs, known = book.add_worksheet("Costs"), book.add_worksheet("Lists")
    for column, name in enumerate(heads):
        costs.write_string(0, column, name, strong)
        costs.set_column(column, column, WIDTHS[column], day if name == "Day" else None)
    for column, (name, values) in enumerate(lists.items()):
        known.set_column(column, column, 30)
        known.write_string(0, column, name, strong)
        for row, value in enumerate(values, start=1):
            known.write_string(row, column, value)
        if values and name in heads:
            place, letter = list(heads).index(name), chr(ord("A") + column)
            source = f"=Lists!${letter}$2:${letter}${len(values) + 1}"
            costs.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": source})
    costs.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
