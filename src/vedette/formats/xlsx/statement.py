"""The yearly statement as a workbook: the same figures as the page, one sheet a table, sums as formulas."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from vedette.formats.statement import Statement, StatementPost

POSTS = (
    "Post",
    "Cost",
    "Reports",
    "Acted on",
    "Sooner by, minutes",
    "Compared",
    "Questions",
    "In time",
    "Answered after, minutes",
)
YEARS = ("Year", "Cost", "Reports", "Acted on", "Sooner by, minutes")
BEARERS = ("Funder", "Borne", "In kind")


def statement_xlsx(said: Statement) -> bytes:
    """The workbook of a statement."""
    out = io.BytesIO()
    # Text is written as text whatever it begins with: a spreadsheet runs nothing of it.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": said.title, "author": said.home, "company": said.home})
    head = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": f"#,##0.{'0' * said.places}" if said.places else "#,##0"})
    _table(book.add_worksheet("Posts"), POSTS, [_post(row) for row in said.posts], head, money, sums=(1, 2, 3, 6, 7))
    bearers = [[one.name, one.borne, one.in_kind] for one in said.payers]
    _table(book.add_worksheet("Who paid"), BEARERS, bearers, head, money, sums=(1, 2))
    years = [[one.name, one.cost, one.reports, one.acted_on, one.lead] for one in said.years]
    _table(book.add_worksheet("Other years"), YEARS, years, head, money, sums=())
    facts = book.add_worksheet("Facts")
    facts.set_column(0, 0, 42)
    for row, (name, value) in enumerate(_facts(said)):
        facts.write_string(row, 0, name)
        facts.write(row, 1, value)
    book.close()
    return out.getvalue()


def _post(row: StatementPost) -> list[Any]:
    names = ("place", "cost", "reports", "acted_on", "lead", "compared", "asked", "answered", "wait")
    return [getattr(row, name) for name in names]


def _table(
    sheet: Worksheet,
    heads: tuple[str, ...],
    rows: Sequence[Sequence[Any]],
    head: Any,
    money: Any,
    *,
    sums: tuple[int, ...],
) -> None:
    for column, name in enumerate(heads):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, 28 if column == 0 else 16)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if column == 0:
                sheet.write_string(number, column, str(value))
            elif value is not None:
                sheet.write_number(
                    number, column, value, money if heads[column] in ("Cost", "Borne", "In kind") else None
                )
    if rows and sums:
        sheet.write_string(len(rows) + 1, 0, "All", head)
        for column in sums:
            letter = chr(ord("A") + column)
            whole = float(sum(row[column] or 0 for row in rows))
            sheet.write_formula(len(rows) + 1, column, f"=SUM({letter}2:{letter}{len(rows) + 1})", money, whole)


def _facts(said: Statement) -> list[tuple[str, object]]:
    return [
        ("Statement", said.title),
        ("Days", said.days),
        (f"Cost in all, {said.currency}", float(said.cost)),
        (f"Of it missions, {said.currency}", float(said.missions_cost)),
        ("Missions that taught", said.missions),
        ("Trainees, counted", said.trainees),
        ("Releases signed", said.releases),
        ("Deliveries", said.told),
        ("Acknowledged", said.acknowledged),
        ("Deliveries to our own commands", said.told_ours),
        ("Acknowledged by them", said.acknowledged_ours),
        *((f"Uncertain {place}", line) for place, line in enumerate(said.uncertain, start=1)),
    ]
