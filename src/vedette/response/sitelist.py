"""Reading a list of protected sites (CSV), row by row: what can be read becomes a draft, what cannot says why."""

import csv
import hashlib
import io
from dataclasses import dataclass

from django.utils.text import slugify

from vedette.kit.errors import Refused
from vedette.kit.text import clean_line

COLUMNS = ("name", "kind", "lat", "lon", "area", "sector", "priority")
NEEDED = COLUMNS[:4]
LARGEST = 2 * 1024 * 1024
MOST_ROWS = 5_000
LONGEST_CELL = 400
LAST_PRIORITY = 9
LONGEST_KEY = 40
WAY_OUT = f"Save the list as CSV in UTF-8 whose first row holds: {', '.join(COLUMNS)}."


@dataclass(frozen=True)
class SiteDraft:
    """A protected place at home as it is to be written."""

    name: str
    kind: str
    lat: float
    lon: float
    area: str = ""
    sector: str = ""
    priority: int = 3

    @property
    def key(self) -> str:
        """The same name is the same site: a list that is sent twice changes nothing."""
        whole = slugify(self.name, allow_unicode=True)
        if whole and len(whole) <= LONGEST_KEY:
            return whole
        # Two long names that begin alike are two sites, and so are two of signs alone.
        return f"{whole[:31]}-{hashlib.sha256(self.name.casefold().encode()).hexdigest()[:8]}".lstrip("-")


@dataclass(frozen=True)
class RowRead:
    """A row of the list: the draft it makes, or why it makes none and the way out."""

    number: int
    name: str
    draft: SiteDraft | None = None
    reason: str = ""
    way_out: str = ""


def draft_of(
    *,
    name: str,
    kind: str,
    lat: float | str,
    lon: float | str,
    area: str = "",
    sector: str = "",
    priority: int | str = 3,
) -> SiteDraft:
    """A site as it is stored; Refused names the field."""
    return SiteDraft(
        clean_line("name", name, required=True),
        clean_line("kind", kind, limit=60, required=True).lower(),
        _degrees("lat", lat, 90, "A latitude lies between -90 and 90."),
        _degrees("lon", lon, 180, "A longitude lies between -180 and 180."),
        clean_line("area", area, limit=120),
        clean_line("sector", sector, limit=60).lower(),
        _priority(priority),
    )


def _degrees(field: str, typed: float | str, most: int, reason: str) -> float:
    try:
        value = float(str(typed).strip().replace("−", "-"))
    except ValueError:
        raise Refused(field, "This is no number of degrees.", "Write it with a point, such as 40.7527.") from None
    # A number that is none is not between anything.
    if not -most <= value <= most:
        raise Refused(field, reason, "The two may be swapped.")
    return value


def _priority(typed: int | str) -> int:
    text = str(typed).strip() or "3"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PRIORITY):
        raise Refused("priority", "This is no priority.", f"Give 1 (looked after first) to {LAST_PRIORITY}.")
    return int(text)


def read_list(body: bytes) -> list[RowRead]:
    """Each row under the heads, empty ones left out; Refused when it is no list, has other heads, or is too large."""
    rows = _rows(body)
    heads = [cell.strip().casefold() for cell in (rows[0] if rows else [])]
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        raise Refused("file", f"The first row has no column {', '.join(f'“{name}”' for name in missing)}.", WAY_OUT)
    places = {name: heads.index(name) for name in COLUMNS if name in heads}
    read: list[RowRead] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows[1:], start=2):
        values = {name: cells[at].strip()[:LONGEST_CELL] if at < len(cells) else "" for name, at in places.items()}
        if any(values.values()):
            read.append(_read(number, values, seen))
    if not read:
        raise Refused("file", "There is no row under the heads.", "Fill in one row for each site.")
    return read


def _rows(body: bytes) -> list[list[str]]:
    if len(body) > LARGEST:
        raise Refused("file", f"It is larger than {LARGEST // 1024 // 1024} MB.", "Send it in parts.")
    try:
        text = body.decode("utf-8-sig")
        # A spreadsheet that speaks French parts its columns by semicolons.
        parted = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise Refused("file", "This is no list that can be read.", WAY_OUT) from broken
    if len(rows) > MOST_ROWS + 1:
        raise Refused("file", f"It has more than {MOST_ROWS:,} rows.", "Send it in parts.")
    return rows


def _read(number: int, values: dict[str, str], seen: dict[str, int]) -> RowRead:
    name = values.get("name", "")
    try:
        draft = draft_of(**values)
        first = seen.setdefault(draft.key, number)
        if first != number:
            raise Refused("name", f"Row {first} has this name too.", "Name one of them apart.")
    except Refused as refusal:
        return RowRead(number, name, None, f"{refusal.field}: {refusal.reason}", refusal.way_out)
    return RowRead(number, name, draft)
