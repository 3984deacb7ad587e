"""Keeping the index: one entry a sheet, written in the transaction that writes the row."""

import datetime
import unicodedata
from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from vedette.handling.models import Sheet
from vedette.kit.ids import new_id
from vedette.search.models import Entry

# PostgreSQL's own dictionaries; every text is also indexed by its plain words so that names and foreign words are found.
DICTIONARIES = {"en": "english", "fr": "french", "es": "spanish", "de": "german", "hi": "hindi", "ar": "arabic"}


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
    vector: SearchVector | CombinedExpression = SearchVector(
        Value(f"{sheet.reference} {title} {place_name}"), config="simple", weight="A"
    )
    for language, text in pairs:
        vector = vector + SearchVector(Value(text), config="simple", weight="B")
        if language in DICTIONARIES:
            vector = vector + SearchVector(Value(text), config=DICTIONARIES[language], weight="C")
    body = "\n".join(text for _, text in pairs)
    values = {
        "kind": sheet.kind,
        "title": title[:300],
        "body": body,
        "words": vector,
        "names": list(names),
        "folded": fold(f"{sheet.reference} {title} {place_name} {' '.join(names)} {body}"),
        "place_name": place_name,
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "at": at,
    }
    rows = Entry.objects.as_house("the index is written whoever reads it")
    if not rows.filter(sheet=sheet).update(**values):
        Entry.objects.create(id=new_id(), sheet=sheet, **values)
