"""Numbers as officers write them: digits, English and French words, dozens, with a qualifier before or after."""

import re
from dataclasses import dataclass

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
# "un" and "une" are left out: they are the French article far more often than the number one.
_FRENCH = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "cent": 100, "dizaine": 10, "vingtaine": 20, "centaine": 100,
}  # fmt: skip
_WORDS = {w: n for n, w in enumerate(_UNITS)} | _TENS | _FRENCH
_WORDS |= {f"{t}-{u}": a + b for t, a in _TENS.items() for b, u in enumerate(_UNITS) if 0 < b < 10}
_MANY = {"dozen": 12, "hundred": 100, "thousand": 1000}
_WORD_CHOICE = "|".join(sorted(_WORDS, key=len, reverse=True))

QUALIFIER = (
    r"(?:at least|no fewer than|au moins|more than|over|above|plus de|up to|at most|as many as|fewer than|less than|"
    r"jusqu'à|about|abt\.?|around|approximately|approx\.?|some|nearly|near|almost|perhaps|environ|près de)"
)
NUMBER = (
    rf"(?:\d{{1,3}}(?:[,.]\d{{3}})+|\d+|(?:a |one |two |three |several )?(?:dozen|hundred|thousand)s?"
    rf"|dozens|hundreds|(?:{_WORD_CHOICE}))"
)
COUNT = (
    rf"(?P<qualifier>{QUALIFIER}\s+)?(?P<number>(?<![\w.,:+-]){NUMBER})(?![\w%°]|[.,:]\d)"
    r"(?P<more>\s+(?:or more|plus)\b|\+)?"
)

_MEANING = {
    "at least": "at least", "no fewer than": "at least", "au moins": "at least", "or more": "at least",
    "plus": "at least", "+": "at least", "more than": "more than", "over": "more than", "above": "more than",
    "plus de": "more than", "up to": "at most", "at most": "at most", "as many as": "at most", "jusqu'à": "at most",
    "fewer than": "less than", "less than": "less than",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what was said of its exactness: "", "at least", "more than", "at most", "less than", "about"."""

    value: int
    qualifier: str


def value_of(text: str) -> int | None:
    """The whole number a digit string or a number word stands for; None for "dozens", which has no value."""
    word = text.strip().lower()
    digits = re.sub(r"[,.](?=\d{3})", "", word)
    if digits.isdigit():
        return int(digits)
    if word in _WORDS:
        return _WORDS[word]
    parts = word.split()
    if parts[-1] in _MANY and (len(parts) == 1 or parts[0] in ("a", "one", "two", "three")):
        times = {"two": 2, "three": 3}.get(parts[0], 1)
        return times * _MANY[parts[-1]]
    return None


def count_of(match: re.Match[str]) -> Count | None:
    """The count in a match of COUNT, or None when its word has no value ("dozens", "hundreds")."""
    value = value_of(match["number"])
    if value is None:
        return None
    said = (match["qualifier"] or match["more"] or "").strip().lower().rstrip(".")
    qualifier = _MEANING.get(said, "about" if said else "")
    if not qualifier and match["number"].lower() in ("a dozen", "a hundred", "dizaine", "vingtaine", "centaine"):
        qualifier = "about"
    return Count(value, qualifier)
