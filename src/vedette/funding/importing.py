"""Reading costs from a workbook, row by row: what can be read becomes a draft, what cannot says why; nothing is written here."""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import openpyxl
from babel.numbers import get_currency_precision
from openpyxl.utils.exceptions import InvalidFileException

from vedette.funding.actions.entering import ExpenseDraft, Rates, check_expense
from vedette.funding.items import ITEMS
from vedette.funding.money import amount_of, currency_of
from vedette.kit.errors import Refused
from vedette.programme.models import Mission, Post

COLUMNS = ("Post or mission", "Item", "Day", "Amount", "Currency", "Order number", "Note")
NEEDED = COLUMNS[:5]
MOST_ROWS = 5_000
# A workbook is a packed folder: what unpacks to more than this is a bomb, or nobody's list of costs.
MOST_MB = 30
LARGEST = 5 * 1024 * 1024
# A cell far down or far right makes a spreadsheet of a million empty rows: none is read beyond these.
LAST_ROW, LAST_COLUMN = 20_000, 60
LONGEST_CELL = 400
BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, LookupError, ValueError, TypeError,
    AttributeError, OSError, EOFError, RuntimeError,
)  # fmt: skip
WAY_OUT = "Save the list as a workbook (.xlsx) whose first row holds: " + ", ".join(COLUMNS) + "."
TOO_LONG = ("file", f"It has more than {MOST_ROWS:,} rows, or rows below row {LAST_ROW:,}.", "Send it in parts.")


@dataclass(frozen=True)
class RowRead:
    """One row of the workbook: the draft it makes, or the field and the reason why it makes none, and the way out."""

    number: int
    draft: ExpenseDraft | None = None
    field: str = ""
    reason: str = ""
    way_out: str = ""
    typed: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Cells:
    """The cells of one row under the heads, as they can be carried to the next page."""

    number: int
    values: Mapping[str, Any]


def read_workbook(body: bytes, posts: Mapping[str, Post], missions: Mapping[str, Mission]) -> list[RowRead]:
    """Each row under the heads, empty ones left out; Refused when it is no workbook, has other heads, or is too large.

    `posts` and `missions` are found by their folded city or key, and by their folded reference or key.
    """
    return read_cells(cells_of(body), posts, missions)


def read_cells(cells: Iterable[Cells], posts: Mapping[str, Post], missions: Mapping[str, Mission]) -> list[RowRead]:
    """The draft that each row makes, or why it makes none."""
    rates = Rates()
    return [_read(row.number, row.values, posts, missions, rates) for row in cells]


def cells_of(body: bytes) -> list[Cells]:
    """The rows of a workbook under their heads; Refused when it is none, has other heads, or is too large."""
    if len(body) > LARGEST:
        raise Refused("file", f"It is larger than {LARGEST // 1024 // 1024} MB.", "Send it in parts.")
    try:
        return _under_heads(_rows(body))
    except Refused:
        raise
    # A packed file that was made to break a reader breaks it anywhere: in its parts, their names, their text.
    except BROKEN as broken:
        raise Refused("file", "This is no workbook that can be read.", WAY_OUT) from broken


def _under_heads(rows: Iterator[tuple[Any, ...]]) -> list[Cells]:
    heads = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    missing = [name for name in NEEDED if name.casefold() not in {head.casefold() for head in heads}]
    if missing:
        raise Refused("file", f"The first row has no column {', '.join(f'“{name}”' for name in missing)}.", WAY_OUT)
    places = {name: index for index, head in enumerate(heads) for name in COLUMNS if head.casefold() == name.casefold()}
    read: list[Cells] = []
    for number, cells in enumerate(rows, start=2):
        # Before anything else: a row may call itself the hundred thousand millionth, and all before it come empty.
        if number > LAST_ROW:
            raise Refused(*TOO_LONG)
        if not any(cell is not None for cell in cells):
            continue
        values = {name: _cell(cells[index]) if index < len(cells) else None for name, index in places.items()}
        if all(value is None or not str(value).strip() for value in values.values()):
            continue
        if len(read) >= MOST_ROWS:
            raise Refused(*TOO_LONG)
        read.append(Cells(number, values))
    if not read:
        raise Refused("file", "There is no row under the heads.", "Fill in one row for each cost.")
    return read


def _cell(value: Any) -> Any:
    """A number as it is, a day as it is written, all else as a text no longer than any that is taken."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)[:LONGEST_CELL]


def _rows(body: bytes) -> Iterator[tuple[Any, ...]]:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_MB * 1024 * 1024:
            raise Refused("file", f"It unpacks to more than {MOST_MB} MB.", "Send it in parts.")
        # A text that is declared once and named a hundred times fills the memory; no workbook declares any.
        if any(b"<!DOCTYPE" in packed.read(part).replace(b"\0", b"") for part in packed.infolist()):
            raise Refused("file", "It declares texts of its own.", WAY_OUT)
    # Values as they were last worked out: a formula is never run here.
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # How far a sheet says it reaches is often wrong, and what lies beyond would be lost without a word.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True, max_col=LAST_COLUMN)
    return iter(rows)


def _read(
    number: int, values: Mapping[str, Any], posts: Mapping[str, Post], missions: Mapping[str, Mission], rates: Rates
) -> RowRead:
    try:
        draft = _draft(values, posts, missions)
        check_expense(draft, rates)
    except Refused as refusal:
        return RowRead(number, None, refusal.field, refusal.reason, refusal.way_out, tuple(map(values.get, COLUMNS)))
    return RowRead(number, draft)


def _draft(values: Mapping[str, Any], posts: Mapping[str, Post], missions: Mapping[str, Mission]) -> ExpenseDraft:
    work = _text(values, "Post or mission")
    post, mission = posts.get(work.casefold()), missions.get(work.casefold())
    if post is None and mission is None:
        raise Refused(
            "Post or mission", f"“{work}” is no post or mission you may see.", "Write its city or its reference."
        )
    currency = currency_of(_text(values, "Currency"), "Currency")
    return ExpenseDraft(
        item=_item(_text(values, "Item")),
        day=_day(values["Day"]),
        amount=_amount(values["Amount"], currency),
        currency=currency,
        post=post,
        mission=None if post else mission,
        note=_text(values, "Note"),
        order_number=_text(values, "Order number"),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return "" if value is None else str(value).strip()


def _item(text: str) -> str:
    names = {str(name).casefold(): key for key, (_category, name) in ITEMS.items()} | {key: key for key in ITEMS}
    found = names.get(text.casefold())
    if found is None:
        raise Refused("Item", f"“{text}” is not on the list.", f"Choose one of: {', '.join(ITEMS)}.")
    return found


def _day(value: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value).strip())
    except ValueError:
        raise Refused("Day", f"“{value}” is no day.", "Write it like 2015-11-13.") from None


def _amount(value: Any, currency: str) -> int:
    """A cell's sum: typed as text it is read as on the form, a number is taken when it has no more places than its currency."""
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return amount_of(str(value or ""), currency, "Amount")
    try:
        # A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: the tenth place is none of anybody's.
        return amount_of(f"{round(Decimal(str(value)), 6).normalize():f}", currency, "Amount")
    except InvalidOperation:
        places = get_currency_precision(currency)
        raise Refused("Amount", f"“{value}” is no sum.", f"Write it with {places} places after the point.") from None


def drafts_of(rows: list[RowRead]) -> list[ExpenseDraft]:
    """The drafts of the rows that could be read."""
    return [row.draft for row in rows if row.draft is not None]
