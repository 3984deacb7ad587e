"""A messy workbook: row by row what was taken and what was refused, and nothing half-posted."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from vedette.funding.actions import import_expenses, look_over, refuse_expense
from vedette.funding.importing import COLUMNS, read_workbook
from vedette.funding.models import Expense
from vedette.kit.errors import Forbidden, Refused

from .conftest import TODAY

OTHER = ["A-ville", "phone", datetime.date(2026, 3, 1), 10, "EUR", None, None]
GOOD = ["A-ville", "rent", datetime.date(2026, 3, 1), 3240.0, "EUR", None, "March"]


def book(*rows, heads=COLUMNS):
    made = openpyxl.Workbook()
    for row in (heads, *rows):
        made.active.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(money, body, missions=()):
    posts = {post.city.casefold(): post for post in money.cast.posts.values()}
    return read_workbook(body, posts, {row.sheet.reference.casefold(): row for row in missions})


def kept():
    return Expense.objects.as_house("a test").count()


MESSY = (
    ("Post or mission", "Nowhere", "Post or mission", "no post or mission"),
    ("Item", "yacht", "Item", "not on the list"),
    ("Day", "13/11/2015", "Day", "no day"),
    ("Day", TODAY + datetime.timedelta(days=1), "day", "still to come"),
    ("Amount", "12,34", "Amount", "no sum"),
    ("Amount", 0, "Amount", "nothing"),
    ("Currency", "EURO", "Currency", "no currency"),
    ("Currency", "CHF", "currency", "No rate of CHF"),
)


def messy():
    return [
        [value if name == head else good for head, good in zip(COLUMNS, GOOD, strict=True)]
        for name, value, _field, _word in MESSY
    ]


def test_each_row_says_what_is_wrong_with_it_and_where(money):
    rows = read(money, book(GOOD, *messy(), [None] * 7, GOOD))
    assert [row.number for row in rows if row.draft] == [2, 12]
    for row, (_name, _value, field, word) in zip(rows[1:-1], MESSY, strict=True):
        assert (row.field, word in row.reason, bool(row.way_out)) == (field, True, True), row
    assert rows[0].draft.amount == 324_000 and rows[0].draft.note == "March"


def test_all_or_nothing_takes_nothing_and_otherwise_what_can_be_read(money):
    rows = read(money, book(GOOD, *messy(), OTHER))
    with pytest.raises(Refused, match="8 of 10 rows cannot be taken, the first is row 3"):
        import_expenses(money.finance, rows=rows, all_or_nothing=True)
    assert kept() == 0
    made = import_expenses(money.finance, rows=rows, all_or_nothing=False)
    assert {number: row.base_amount for number, row in made.items()} == {2: 348_624, 11: 1076} and kept() == 2
    assert len({row.sheet.reference for row in made.values()}) == 2


def test_a_row_says_who_pays_it_or_why_nobody_may_and_each_takes_of_what_the_ones_before_left(money):
    half = ["A-ville", "rail", TODAY, 60_000, "USD", None, None]
    course = ["A-ville", "course", TODAY, 10, "USD", None, None]
    judged = look_over(money.finance, rows=read(money, book(GOOD, half, [*half[:3], 60_001, *half[4:]], course, OTHER)))
    said = [(row.number, row.verdict.parts[0].purse.grant.key if row.taken else row.field) for row in judged]
    assert said == [(2, "foundation"), (3, "foundation"), (4, "payer"), (5, "payer"), (6, "foundation")]
    assert "too little" in judged[2].reason and "higher ceiling" in judged[2].way_out and judged[3].way_out
    assert kept() == 0


def test_the_same_cost_is_taken_once_whether_it_stands_twice_in_a_workbook_or_the_workbook_comes_twice(money):
    rows = read(money, book(GOOD, GOOD, OTHER))
    (made, other) = import_expenses(money.finance, rows=rows, all_or_nothing=False).values()
    again = look_over(money.finance, rows=rows)
    assert [row.taken for row in again] == [False] * 3 and again[0].reason.startswith(made.sheet.reference)
    with pytest.raises(Refused, match="No row can be taken"):
        import_expenses(money.finance, rows=rows, all_or_nothing=False)
    refuse_expense(money.second, expense=other, because="paid by the host")
    assert [row.taken for row in look_over(money.finance, rows=rows)] == [False, False, True] and kept() == 2


def test_sums_that_a_spreadsheet_blurs_are_the_cents_that_were_meant(money):
    blurred = [*GOOD[:3], 0.1 + 0.2, *GOOD[4:]]
    typed = [*GOOD[:3], "3,240.05", *GOOD[4:]]
    assert [row.draft.amount for row in read(money, book(blurred, typed))] == [30, 324_005]


def test_heads_may_stand_in_any_order_and_case_and_a_formula_is_not_run(money):
    heads = [head.upper() for head in reversed(COLUMNS)]
    rows = read(
        money, book(list(reversed(GOOD)), ["=1+1", None, "EUR", "=1+1", GOOD[2], "rent", "A-ville"], heads=heads)
    )
    assert rows[0].draft is not None and rows[1].draft is None and rows[1].field in ("Amount", "amount")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "no workbook"),
        (b"Post,Item\n", "no workbook"),
        (b"PK\x03\x04 broken", "no workbook"),
        (book(GOOD, heads=["Post", "What"]), "no column"),
        (book(), "no row"),
    ],
)
def test_what_is_no_list_of_costs_is_refused(money, body, word):
    with pytest.raises(Refused) as refusal:
        read(money, body)
    assert refusal.value.field == "file" and word in refusal.value.reason and refusal.value.way_out


def test_a_bomb_is_not_unpacked(money):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    with pytest.raises(Refused, match="unpacks to more"):
        read(money, out.getvalue())


def test_a_workbook_broken_inside_or_spread_over_a_million_rows_is_refused_and_nobody_waits_for_it(money):
    whole = io.BytesIO(book(GOOD))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, b"<broken" if "sheet1" in part.filename else old.read(part))
    with pytest.raises(Refused, match="no workbook"):
        read(money, out.getvalue())
    far = openpyxl.Workbook()
    far.active.append(list(COLUMNS))
    for place, word in (("XFD3", "no row under"), ("A1048576", "below row 20,000")):
        far.active[place] = "x"
        out = io.BytesIO()
        far.save(out)
        with pytest.raises(Refused, match=word):
            read(money, out.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (b' r="2"', b' r="99999999999"', "below row 20,000"),
        (b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet', "texts of its own"),
    ],
)
def test_a_row_of_a_number_without_end_is_not_waited_for_and_no_text_is_multiplied(money, old, new, word):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(GOOD))) as whole, zipfile.ZipFile(out, "w") as made:
        for part in whole.infolist():
            made.writestr(part.filename, whole.read(part).replace(old, new, 1))
    with pytest.raises(Refused, match=word):
        read(money, out.getvalue())


def test_a_zip_that_is_no_workbook_is_refused(money):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("hello.txt", b"hello")
    with pytest.raises(Refused, match="no workbook"):
        read(money, out.getvalue())


@pytest.mark.parametrize("name", ["officer_a", "narrow", "commander", "watch", "foundation"])
def test_only_a_finance_officer_imports(money, name):
    rows = read(money, book(GOOD))
    with pytest.raises(Forbidden):
        import_expenses(money.cast.viewer(name), rows=rows, all_or_nothing=True)
    assert kept() == 0
