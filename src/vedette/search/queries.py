"""The one search: words and near spellings together, each hit with its reason, never more than the viewer may see."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Greatest

from vedette.agencies.viewer import Viewer
from vedette.search.actions import fold
from vedette.search.models import Entry

NEAR = 0.6
PAGE = 30


@dataclass(frozen=True)
class Hit:
    """One found sheet: what it is, a piece of its text with the words marked by « », and why it is there."""

    sheet_id: uuid.UUID
    reference: str
    kind: str
    title: str
    excerpt: str
    why: str
    at: object
    place_name: str


def find(viewer: Viewer | None, text: str, kind: str = "", limit: int = PAGE) -> list[Hit]:
    """The best hits for a text; the condition of access is part of the statement, so nothing else is even counted."""
    asked = text.strip()[:200]
    if not asked:
        return []
    rows = _matching(viewer, asked, kind)
    headline = SearchHeadline("body", _query(asked), start_sel="«", stop_sel="»", max_words=28, min_words=12)
    best: Any = rows.annotate(excerpt=headline).select_related("sheet").order_by("-score", "-at")[:limit]
    return [_hit(row, asked) for row in best]


def count(viewer: Viewer | None, text: str, kind: str = "") -> int:
    """How many sheets the viewer would find."""
    return _matching(viewer, text.strip()[:200], kind).count() if text.strip() else 0


def _query(text: str) -> SearchQuery:
    query = SearchQuery(text, search_type="websearch", config="simple")
    for dictionary in ("english", "french"):
        query = query | SearchQuery(text, search_type="websearch", config=dictionary)
    return query


def _matching(viewer: Viewer | None, text: str, kind: str) -> Any:
    folded = fold(text)
    rows: Any = Entry.objects.seen_by(viewer)
    if kind:
        rows = rows.filter(kind=kind)
    near = Value(0.0, output_field=FloatField()) if len(folded) < 3 else TrigramWordSimilarity(folded, "folded")
    rows = rows.annotate(rank=SearchRank(F("words"), _query(text)), near=near, score=Greatest(F("rank"), F("near")))
    condition = Q(words=_query(text))
    if len(folded) >= 3:
        condition |= Q(folded__trigram_word_similar=folded)
    return rows.filter(condition)


def _hit(row: Any, text: str) -> Hit:
    if row.rank > 0:
        why = "words"
    elif any(fold(text) in fold(name) for name in row.names):
        why = "name"
    else:
        why = "near spelling"
    return Hit(row.sheet_id, row.sheet.reference, row.kind, row.title, row.excerpt, why, row.at, row.place_name)
