"""Spots text that may name a private person, so that a person looks before it travels. Built to fail safe.

There is no list of given names and no guess at who somebody is: only the form of the words, the cues around them and a
list of words that are not persons. What is spotted is shown on the desk; it is never taken as proof either way.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vedette.kit.errors import Refused

_KNOWN = json.loads((Path(__file__).parent / "known_words.json").read_text(encoding="utf-8"))
WORDS = frozenset(_KNOWN["words"].split())
PROPER = frozenset(w.lower() for w in _KNOWN["proper"].split())

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(rf"{_LETTER}(?:{_LETTER}|['’.](?={_LETTER})|-(?={_LETTER}))*")
_LINK = frozenset(
    {
        "al",
        "el",
        "ul",
        "bin",
        "bint",
        "ben",
        "ibn",
        "abu",
        "abd",
        "de",
        "da",
        "del",
        "di",
        "van",
        "von",
        "der",
        "la",
        "le",
    }
)
_CUE = re.compile(
    r"\b(?:named|names|called|alias|a\.k\.a\.|aka|known as|identified as|identify him as|name of|name is|man is"
    r"|woman is|(?:brother|sister|wife|husband|son|daughter|mother|father|cousin|widow|friend|associate) of"
    r"|suspect|objective|target|mr|mrs|ms|dr|sheikh|imam|nommé|dénommé|identifié comme|né)\b\.?\s*:?\s*[\"“'‘]?$",
    re.I,
)
_AFTER = re.compile(
    r"^[\"”'’]?\s*(?:,\s*(?:aged\s+)?\d{2}\b|\((?:aged\s+)?\d{2}\)"
    r"|(?:was |is )?(?:identified|born|aged|alias|aka|né|née)\b)",
    re.I,
)
_TITLE = re.compile(
    r"^(?:president|minister|commissioner|prosecutor|mayor|governor|general|commander|colonel|major|captain|lieutenant"
    r"|sergeant|detective|inspector|superintendent|officer|constable|consul|ambassador|judge|professor|rabbi|father)$",
    re.I,
)
_IN_PLACE = re.compile(
    r"\b(?:at|in|into|inside|outside|near|nr|off|across|around|towards?|on|rue|avenue|boulevard|gare|place|à|au|aux|dans"
    r"|vers|du|des)\s+(?:the\s+|la\s+|le\s+)?$|\b(?:the|la|le|les)\s+$",
    re.I,
)
# Weaker: a place or a person may follow, so one unknown word is let pass and two are not.
_MAYBE_PLACE = re.compile(r"\b(?:of|from|to|for|by|between|through|via|after|de)\s+(?:the\s+)?$", re.I)
_VESSEL = re.compile(r"\b(?:MV|SS|MS|MT|HMS|INS|USS|JW)\s$")
# Endings that romanised surnames share and English words do not.
_SURNAME = re.compile(
    r"(?:[aeiy]+ev|[ck]ov|aiev|ayev|aeva?|ova|enko|shvili|[dt]ze|zadeh|yan|oui|aoud|ullah|uddin|[aeiou]ud)$", re.I
)
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|as|at|ar)-[A-Z]")
_SURE = re.compile(r"(?:[ai]y?ev|ayeva?|shvili|zadeh|aoud|ullah|uddin)$")
_ENGLISH = re.compile(
    r"(?:tion|sion|ment|ness|ings?|ed|ers?|ors?|ly|able|ible|ous|ive|ity|ies|als?|ful|less|ary|ure|ist|ism|age|ance|ence)$"
)
_MONTH = r"(?:jan|f[eé][bv]|mar|a[pv]r|ma[yi]|june?|july?|juin|juil|a[uo][gû]|sept?|oct|nov|d[eé]c)[^\W\d_]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{4}})"
)
_BIRTH = re.compile(
    rf"\b(?:born(?:\s+(?:on|in))?|d\.?o\.?b\.?:?|dates? of birth:?|birth ?dates?:?|né(?:e)? le)\s+{_DATE}", re.I
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A passage that may name or identify a person, and why it was marked."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    opens: bool  # It opens a sentence or a line, so its capital says nothing.

    @property
    def capital(self) -> bool:
        """Written like a name, or all in capitals as in "TSARNAEV Tamerlan"; short capitals are abbreviations."""
        return self.text[0].isupper() and not (self.text.isupper() and 1 < len(self.text) < 5)


@cache
def _pairs() -> tuple[Counter[str], Counter[str]]:
    pairs: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for word in WORDS:
        marked = f"^{word}$"
        for i in range(len(marked) - 2):
            pairs[marked[i : i + 3]] += 1
            singles[marked[i : i + 2]] += 1
    return pairs, singles


@cache
def strangeness(word: str) -> float:
    """How unlike English a word is spelled: mean surprise of its letters, about 2 in English, above 3 elsewhere."""
    pairs, singles = _pairs()
    marked = f"^{word.lower()}$"
    steps = range(len(marked) - 2)
    return sum(-math.log((pairs[marked[i : i + 3]] + 0.2) / (singles[marked[i : i + 2]] + 5.2)) for i in steps) / len(
        steps
    )


def _base(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").strip("'")


def _parts(word: str) -> list[str]:
    return [p for p in re.split(r"[-'’.]", _base(word)) if p]


def _is_known(word: str, places: frozenset[str]) -> bool:
    """Known not to be a person: a common word in any form, a listed proper word, a word of the report's places."""
    base = _base(word)
    if base in PROPER or base in places or base in WORDS:
        return True
    stems = [
        base[: -len(e)] for e in ("s", "es", "ed", "ing", "ly", "er") if base.endswith(e) and len(base) - len(e) > 2
    ]
    if any(s in WORDS or s in PROPER or f"{s}e" in WORDS for s in stems):
        return True
    parts = _parts(word)
    return len(parts) > 1 and all(p in PROPER or p in places or p in WORDS or len(p) == 1 for p in parts)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        before = text[: match.start()].rstrip(" \t\"“”'‘(")
        opens = not before or before[-1] in ".!?\n…" or text[: match.start()].rstrip(" \t").endswith("\n")
        tokens.append(_Token(match.group(), match.start(), match.end(), opens))
    return tokens


def _runs(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Runs of capitalised words with nothing but a space, a hyphen or a linking particle between them."""
    run: list[_Token] = []
    for token in tokens:
        initial = bool(run) and len(run[-1].text) == 1
        between = text[run[-1].end : token.start] if run else ""
        touching = bool(run) and (between in (" ", "-", ", ") if run[-1].text.isupper() else between in (" ", "-"))
        touching = touching or (initial and between == ". ")
        if run and (not touching or (token.opens and not initial)):
            yield run
            run = []
        if token.capital or (run and touching and (token.text.lower() in _LINK or _ARTICLE.match(token.text))):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _trimmed(run: list[_Token], places: frozenset[str]) -> list[_Token]:
    """The run without the ordinary word that opens its sentence and without particles at its ends."""
    while run and (run[-1].text.lower() in _LINK or _is_known(run[-1].text, places)):
        run = run[:-1]
    while run and (run[0].text.lower() in _LINK and not run[0].capital):
        run = run[1:]
    while len(run) > 1 and _is_known(run[0].text, places) and run[0].opens and not _TITLE.match(run[0].text):
        run = run[1:]
    return run


def _among_places(text: str, start: int) -> bool:
    """Follows a place word, or continues a list that began with one ("at Colaba, Cuffe Parade, Chowpatty")."""
    before = text[:start]
    if _IN_PLACE.search(before) or _VESSEL.search(before):
        return True
    listed = re.search(r"((?:[A-Z][\w'’-]+[ ,]+(?:and )?)+)$", before)
    return bool(listed and listed.group(1).rstrip().endswith(",") and _IN_PLACE.search(before[: listed.start()]))


def _reason(text: str, run: list[_Token], places: frozenset[str]) -> str:
    """Why a run may be a person, or "" when its form and surroundings speak for a place or a thing."""
    before, after = text[: run[0].start], text[run[-1].end :]
    placed = _among_places(text, run[0].start) or re.search(
        r"-(?:au|aux|de|du|des|la|le|les|sur|sous|en)-", run[0].text
    )
    unknown = [t for t in run if not _is_known(t.text, places) and len(t.text) > 1]
    if not unknown:
        return ""
    if _CUE.search(before) or _AFTER.match(after):
        return "the words around it say that a person is named"
    if len(run) > 1 and len(run[0].text) == 1:
        return "an initial and a name"
    if len(run) > 1 and _TITLE.match(run[0].text) and unknown[-1] is run[-1]:
        return "a title and a name"
    surname = _SURNAME.search(unknown[-1].text) is not None
    quoted = before.endswith(('"', "“")) and after[:1] in ('"', "”")
    if len(unknown) == len(run) and len(run) > 1 and not placed:
        return "two or more unknown names in a row"
    if surname and not placed:
        return "spelled like a transliterated surname"
    strange = max(strangeness(t.text) for t in unknown)
    if quoted and strange > 2.6:
        return "an unknown name in quotation marks"
    placed = placed or _MAYBE_PLACE.search(before)
    bar = 3.4 if run[0].opens else 3.0
    single = len(run) == 1 and len(run[0].text) > 3 and not placed and not _ENGLISH.search(_base(run[0].text))
    if single and strange > bar:
        return "an unknown name spelled unlike an English word"
    return ""


def _cued(text: str, run: list[_Token], places: frozenset[str]) -> bool:
    """Common words can be a name too ("named Mark Brown"): with a plain cue before them they are marked."""
    words = [_base(t.text) for t in run]
    listed = all(w in PROPER or w in places for w in words)
    return not listed and not run[0].opens and bool(_CUE.search(text[: run[0].start]))


def _aged(text: str, run: list[_Token], places: frozenset[str]) -> bool:
    """An age or a birth after two names marks a person even when one of the names is a common word."""
    unknown = any(not _is_known(t.text, places) for t in run)
    return unknown and len(run) > 1 and bool(_AFTER.match(text[run[-1].end :]))


def _lower_case(tokens: list[_Token], places: frozenset[str]) -> Iterator[NameSpan]:
    """Surnames typed without a capital, known by endings that no English word has."""
    for token in tokens:
        if (
            token.text.islower()
            and len(token.text) > 5
            and _SURE.search(token.text)
            and not _is_known(token.text, places)
        ):
            yield NameSpan(token.text, token.start, token.end, "spelled like a transliterated surname")


def spot_names(text: str, known_places: Iterable[str] = ()) -> list[NameSpan]:
    """Passages that may name a private person, in order; `known_places` are the places the report itself names."""
    places = frozenset(
        p for place in known_places for m in _TOKEN.finditer(place) for p in [_base(m.group()), *_parts(m.group())]
    )
    tokens = _tokens(text)
    found = []
    for raw in _runs(text, tokens):
        run = _trimmed(raw, places)
        reason = _reason(text, run, places) if run else ""
        if not reason and (_cued(text, raw, places) or _aged(text, raw, places)):
            run, reason = raw, "the words around it say that a person is named"
        if reason:
            found.append(NameSpan(text[run[0].start : run[-1].end], run[0].start, run[-1].end, reason))
    found += _lower_case(tokens, places)
    found += [NameSpan(m.group(), m.start(), m.end(), "a date of birth") for m in _BIRTH.finditer(text)]
    return sorted(found, key=lambda s: (s.start, s.end))


def check_nobody_named(field: str, text: str, known_places: Iterable[str] = (), *, looked: bool = False) -> None:
    """Refused where a text may name a person and nobody has looked (`looked`): such words go where a sheet guards them."""
    found = spot_names(text, known_places)
    if found and not looked:
        raise Refused(
            field,
            f"“{found[0].text}” may name a person: {found[0].reason}.",
            "Say the office instead of the person, or say that nobody is named.",
        )
