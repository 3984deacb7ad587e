"""Keeping the index: one entry a sheet, written in the transaction that writes the row."""

import datetime
import unicodedata
from collections.abc import Iterable
from typing import Any

from vedette.handling.models import Sheet
from vedette.kit.ids import new_id
from vedette.kit.statements import fetch

# PostgreSQL's own dictionaries; every text is also indexed by its plain words so that names and foreign words are found.
DICTIONARIES = {"en": "english", "fr": "french", "es": "spanish", "de": "german", "hi": "hindi", "ar": "arabic"}
# Written or renewed by one statement, for every report pays for it (bench B10).
WRITE = """INSERT INTO search_entry (id, sheet_id, kind, title, body, words, names, folded, place_name, lat, lon, at)
VALUES (%(id)s, %(sheet)s, %(kind)s, %(title)s, %(body)s, WORDS, %(names)s::varchar[], %(folded)s, %(place_name)s,
  %(lat)s, %(lon)s, %(at)s)
ON CONFLICT (sheet_id) DO UPDATE SET kind = excluded.kind, title = excluded.title, body = excluded.body,
  words = excluded.words, names = excluded.names, folded = excluded.folded, place_name = excluded.place_name,
  lat = excluded.lat, lon = excluded.lon, at = excluded.at
RETURNING id"""


def fold(text: str) -> str:
    """Lower case without accents, for matching names and misspellings."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def index(
    sheet: Sheet,
    *,
    title: str,
    texts: Iterable[tuple[str, str]],
    at: datetime.datetime,
    names: Iterable[str] = (),
    place_name: str = "",
    point: tuple[float, float] | None = None,
) -> None:
    """Write or renew the entry of a sheet; `texts` are (language, text) pairs."""
    pairs = [(language, text) for language, text in texts if text]
    heading = f"{sheet.reference} {title} {place_name}"
    words, values = _vector(heading, pairs)
    body = "\n".join(text for _, text in pairs)
    values |= {
        "id": new_id(),
        "sheet": sheet.pk,
        "kind": sheet.kind,
        "title": title[:300],
        "body": body,
        "names": list(names),
        "folded": fold(f"{heading} {' '.join(names)} {body}"),
        "place_name": place_name,
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "at": at,
    }
    fetch(WRITE.replace("WORDS", words), values)


def _vector(heading: str, pairs: list[tuple[str, str]]) -> tuple[str, dict[str, Any]]:
    """The text that makes the vector of a heading and its texts, and the values in it."""
    parts, values = ["setweight(to_tsvector('simple', %(heading)s), 'A')"], {"heading": heading}
    for number, (language, text) in enumerate(pairs):
        values[f"text_{number}"] = text
        parts.append(f"setweight(to_tsvector('simple', %(text_{number})s), 'B')")
        if language in DICTIONARIES:
            parts.append(f"setweight(to_tsvector('{DICTIONARIES[language]}', %(text_{number})s), 'C')")
    return " || ".join(parts), values
