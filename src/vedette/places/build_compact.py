"""Builds `places.dat`, the gazetteer that a phone keeps to pick a place without a network, from data/gazetteer.tsv.xz.

One line of JSON that says how names are compared and how long each part is, then the parts: names as they are shown, other
names as they are compared, provinces with how many places each has, and three columns of bytes (see `_column`).
`python -m vedette.places.build_compact build/static/vendor/places/places.dat` writes it, and beside it `places.dat.br`.
"""

import json
import lzma
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import log2
from pathlib import Path
from typing import Any

from vedette.places.names import GAP, LETTERS, MARKS, SEPARATOR, fold

GAZETTEER = Path(__file__).parent / "data" / "gazetteer.tsv.xz"
# From how many inhabitants a place keeps its names in every script, and its other names in Latin letters.
EVERY_NAME, LATIN_NAMES = 80_000, 40_000
# A thousandth of a degree is 111 m at most.
STEPS_A_DEGREE = 1000
# Inhabitants are kept as twelfths of a doubling over a thousand: a byte, true to 3 %.
DOUBLING = 12
# ISO 15924's code of a script, and what Unicode calls its letters.
SCRIPTS = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC", "Deva": "DEVANAGARI", "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Hans": "CJK", "Hant": "CJK",
    "Hebr": "HEBREW", "Jpan": "CJK HIRAGANA KATAKANA", "Khmr": "KHMER", "Knda": "KANNADA", "Kore": "HANGUL", "Laoo": "LAO",
    "Mlym": "MALAYALAM", "Mymr": "MYANMAR", "Orya": "ORIYA", "Sinh": "SINHALA", "Taml": "TAMIL", "Telu": "TELUGU",
    "Thai": "THAI", "Tibt": "TIBETAN",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One place as the phone keeps it: where, how many people, its name, and the other names it is found by."""

    country: str
    province: str
    lat: float
    lon: float
    people: int
    name: str
    others: tuple[str, ...]


def compared(name: str) -> str:
    """A name as it is compared on the phone: as everywhere in the house, with its syllables put together again."""
    return unicodedata.normalize("NFC", fold(name))


def script(name: str) -> str:
    """The script of a name's first letter, as Unicode calls it (`CYRILLIC`)."""
    return next((unicodedata.name(x, "?").split()[0] for x in name if x.isalpha()), "?")


def own_scripts(country: str) -> frozenset[str]:
    """The scripts in which a country's own languages are written, beside Latin letters."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    subtags = get_global("likely_subtags")
    likely = (subtags.get(tag, tag) for tag in get_official_languages(country, regional=True, de_facto=True))
    return frozenset(one for tag in likely for part in tag.split("_") for one in SCRIPTS.get(part, "").split())


def places() -> list[Place]:
    """Every place of the gazetteer, like beside like: by country, province and latitude."""
    rows = [line.split("\t") for line in lzma.decompress(GAZETTEER.read_bytes()).decode().split("\n")]
    own = {country: own_scripts(country) for country in {row[4] for row in rows}}
    found = [_place(row, own[row[4]]) for row in rows]
    return sorted(found, key=lambda one: (one.country, one.province, one.lat, one.lon, one.name))


def _place(row: list[str], own: frozenset[str]) -> Place:
    first, *rest = row[8].split(SEPARATOR)
    people = int(row[3])
    others: dict[str, None] = {}
    for other in rest:
        key, kind = compared(other), script(other)
        wanted = people >= EVERY_NAME or kind in own or (kind in ("LATIN", "?") and people >= LATIN_NAMES)
        if key and wanted and key != compared(first):
            others[key] = None
    return Place(row[4], row[5], float(row[1]), float(row[2]), people, first, tuple(others))


def _column(numbers: Iterable[int], width: int = 3) -> bytes:
    """Whole numbers as bytes that pack well: each less the one before it, sign last, all low bytes first, then the next."""
    planes, before = [bytearray() for _ in range(width)], 0
    for number in numbers:
        step = number - before
        folded, before = (step << 1 if step >= 0 else (-step << 1) - 1), number
        for place, plane in enumerate(planes):
            plane.append(folded >> 8 * place & 255)
    return b"".join(bytes(plane) for plane in planes)


def _ranges(marks: Iterable[str]) -> list[list[int]]:
    """Characters as runs of numbers, from the first of each run to its last."""
    numbered = enumerate(sorted(map(ord, marks)))
    runs = ([number for _, number in run] for _, run in groupby(numbered, lambda pair: pair[1] - pair[0]))
    return [[run[0], run[-1]] for run in runs]


def _comparing() -> dict[str, Any]:
    """How names are compared, for another language to do the same: what casefolding adds, letters, marks, gaps."""
    every = map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x10000)))
    folding = {x: x.casefold() for x in every if x.casefold() != x.lower()}
    return {"folding": folding, "letters": LETTERS, "marks": _ranges(MARKS), "gap": GAP.pattern}


def compact(kept: list[Place]) -> bytes:
    """The whole file; the same places give the same bytes."""
    provinces = groupby(kept, lambda one: (one.country, one.province))
    parts = {
        "names": "\n".join(one.name for one in kept).encode(),
        "others": "\n".join("".join(SEPARATOR + other for other in one.others) for one in kept).encode(),
        "provinces": "\n".join(f"{c}{SEPARATOR}{p}{SEPARATOR}{len(list(rows))}" for (c, p), rows in provinces).encode(),
        "lat": _column(round(one.lat * STEPS_A_DEGREE) for one in kept),
        "lon": _column(round(one.lon * STEPS_A_DEGREE) for one in kept),
        "people": bytes(max(0, min(255, round(DOUBLING * log2(max(one.people, 1) / 1000)))) for one in kept),
    }
    head = {
        "v": 1,
        "from": "GeoNames (geonames.org), CC BY 4.0, changed",
        "count": len(kept),
        "steps": STEPS_A_DEGREE,
        "doubling": DOUBLING,
        **_comparing(),
        "parts": [[name, len(part)] for name, part in parts.items()],
    }
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + b"".join(parts.values())


def build(target: Path) -> tuple[int, int]:
    """Write the file and its brotli form; how many bytes each has."""
    import brotli  # type: ignore[import-untyped]

    content = compact(places())
    packed = bytes(brotli.compress(content, quality=11, lgwin=24))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.with_name(f"{target.name}.br").write_bytes(packed)
    return len(content), len(packed)


if __name__ == "__main__":
    whole, small = build(Path(sys.argv[1]))
    print(f"{sys.argv[1]}: {whole:,} bytes, {small:,} as brotli")
