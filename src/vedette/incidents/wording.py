"""What the words of a report say for linking: its rare words, its names, its kind of happening, its cues."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_RAW: dict[str, Any] = json.loads((Path(__file__).parent / "wording.json").read_text(encoding="utf-8"))
STOP = frozenset(_RAW["stop"].split())
GENERIC_PLACE = frozenset(_RAW["generic_place"].split())
_METHODS = {k: re.compile(v, re.I) for k, v in _RAW["methods"].items()}
_ORDINARY = {k: re.compile(v, re.I) for k, v in _RAW["ordinary"].items()}
_SETTLED = re.compile(_RAW["settled"], re.I)
_APART = [(p, re.compile(p, re.I)) for p in _RAW["apart"] if "{names}" not in p]
_APART_NAMED = [p for p in _RAW["apart"] if "{names}" in p]
_JOINED = [re.compile(p, re.I) for p in _RAW["joined"]]
_TITLES = [(label, re.compile(pattern, re.I)) for label, pattern in _RAW["titles"]]
_HEARSAY = re.compile(_RAW["hearsay"], re.I)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]?")
# Words that deny: a method named after one of them did not happen ("no explosion", "not a gang").
_DENIAL = re.compile(r"\b(?:no|not|never|nobody|without|neither|nor)\b[^.,;:]{0,24}$", re.I)


def fold(text: str) -> str:
    """Lower case without accents, so that Republique meets République."""
    flat = unicodedata.normalize("NFKD", text)
    return "".join(c for c in flat if not unicodedata.combining(c)).lower().replace("’", "'")


def stem(word: str) -> str:
    """A word without its commonest English endings; crude on purpose, it only has to be the same on both sides."""
    word = word.removesuffix("'s").removesuffix("'")
    for end in ("ings", "ing", "ers", "ies", "ed", "er", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def words_of(text: str) -> list[str]:
    """The telling words of a text, folded and stemmed, figures left out because they disturb more than they join."""
    found = []
    for match in _WORD.finditer(fold(text)):
        for part in match.group().split("-"):
            if len(part) > 1 and part not in STOP and not part.isdigit():
                found.append(stem(part))
    return found


@lru_cache(maxsize=2048)
def _spellings(sentences: tuple[str, ...]) -> dict[str, str]:
    """How the words of a text are written there, by stem."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for match in _WORD.finditer(sentence):
            for part in match.group().split("-"):
                found.setdefault(stem(fold(part)), part)
    return found


def as_written(stems: Iterable[str], reading: "Reading") -> str:
    """Stems told to a person: each as the text writes it."""
    written = _spellings(reading.sentences)
    return ", ".join(written.get(each, each) for each in stems)


def names_in(text: str) -> frozenset[str]:
    """Proper names: words written with a capital that do not merely open a sentence."""
    names = set()
    for sentence in _SENTENCE.findall(text):
        for index, match in enumerate(_WORD.finditer(sentence)):
            word = match.group()
            if word[0].isupper() and (index > 0 or word.isupper()) and len(word) > 2:
                names.add(stem(fold(word)))
    return frozenset(n for n in names if n not in STOP and len(n) > 2)


def place_names(place: str) -> frozenset[str]:
    """The telling words of a place name: not 'hotel', not 'street', but 'leopold' and 'colaba'."""
    found = (fold(m.group()) for m in _WORD.finditer(place))
    return frozenset(stem(w) for w in found if len(w) > 2 and w not in GENERIC_PLACE and not w[0].isdigit())


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says, once read; everything in it can be shown to a person as a reason."""

    words: tuple[str, ...]
    names: frozenset[str]
    spots: frozenset[str]
    methods: frozenset[str]
    ordinary: frozenset[str]
    settled: bool
    apart: tuple[str, ...]
    joined: tuple[str, ...]
    sentences: tuple[str, ...]


def stated(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the text says it plainly somewhere, and not only behind a denial ("no explosion")."""
    return any(not _DENIAL.search(text[max(0, m.start() - 60) : m.start()]) for m in pattern.finditer(text))


def _joined(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Cues that tie the text to something already running, unless only callers or a log book say so."""
    found = []
    for sentence in sentences:
        for pattern in _JOINED:
            match = pattern.search(sentence)
            if (
                match
                and not _HEARSAY.search(sentence[: match.start()])
                and not _DENIAL.search(sentence[: match.start()])
            ):
                found.append(match.group())
    return tuple(found)


def _ordinary(opening: str, methods: frozenset[str]) -> frozenset[str]:
    """The ordinary matters a report opens with; an evacuation with shots or captives is not one of them."""
    found = {k for k, p in _ORDINARY.items() if stated(p, opening)}
    return frozenset(found - ({"a search that ended well"} if methods & {"gunfire", "hostages"} else set()))


@lru_cache(maxsize=8192)
def read(text: str, place: str) -> Reading:
    """Read one text once; the answer depends on the text and the place name alone."""
    sentences = tuple(s.strip() for s in _SENTENCE.findall(text) if s.strip())
    methods = frozenset(k for k, p in _METHODS.items() if stated(p, text))
    return Reading(
        words=tuple(words_of(text) + words_of(place)),
        names=names_in(text),
        spots=place_names(place),
        methods=methods,
        ordinary=_ordinary(" ".join(sentences[:2]), methods),
        settled=bool(_SETTLED.search(text)),
        apart=tuple(m.group() for _, p in _APART if (m := p.search(text))),
        joined=_joined(sentences),
        sentences=sentences,
    )


@lru_cache(maxsize=2048)
def _named_patterns(names: frozenset[str]) -> list[re.Pattern[str]]:
    alternatives = "|".join(re.escape(n) for n in sorted(names)) or "(?!)"
    return [re.compile(p.replace("{names}", alternatives), re.I) for p in _APART_NAMED]


def apart_from(reading: Reading, names: frozenset[str]) -> tuple[str, ...]:
    """Cues by which the text sets itself apart from an incident whose places bear these names."""
    found = list(reading.apart)
    for pattern in _named_patterns(names):
        found += [m.group() for s in reading.sentences if (m := pattern.search(s))]
    return tuple(found)


def headline(text: str) -> str:
    """The kind of happening a text names first, as a title word; empty when it names none."""
    found = []
    for rank, (label, pattern) in enumerate(_TITLES):
        places = [m.start() for m in pattern.finditer(text) if not _DENIAL.search(text[: m.start()])]
        if places:
            found.append((places[0], rank, label))
    return min(found)[2] if found else ""
