"""The house's own words: figures, places, times and sureness as sentences. No word of a report passes through here."""

import datetime
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_RAW: dict[str, Any] = json.loads((Path(__file__).parent / "phrases.json").read_text(encoding="utf-8"))
METHODS: dict[str, str] = _RAW["methods"]
CLASSES: dict[str, str] = _RAW["method_classes"]
WEAPONS: dict[str, str] = _RAW["weapons"]
STATUS: dict[str, str] = _RAW["status"]
STANDING: dict[str, str] = _RAW["standing"]
# Of these only one can be true of a place.
EXCLUSIVE = frozenset(STANDING["exclusive"].split("|"))
SURE: dict[str, str] = _RAW["sure"]
COUNTS: dict[str, str] = _RAW["counts"]
FIGURES: dict[str, str] = _RAW["figures"]
SOURCES: dict[str, str] = _RAW["sources"]
ASKS: dict[str, str] = _RAW["asks"]
_TYPES = [(words, re.compile(pattern, re.I)) for words, pattern in _RAW["place_types"]]
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# A figure said as a bound or as about; anything else is left out of the sentence.
_BOUNDS = {"at least": "at least ", "about": "about ", "up to": "up to ", "unconfirmed": ""}


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def number(count: int) -> str:
    """Small numbers in words, as running text has them."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def bounded(count: int, qualifier: str) -> str:
    """`at least 10`, `about 10`, `10`."""
    return f"{_BOUNDS.get(qualifier, '')}{count:,}"


def times(moment: datetime.datetime, zone: str, city: str, home_zone: str, home_city: str) -> str:
    """`21:20 Paris (15:20 New York)`; one time when both are the same clock."""
    there, here = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(home_zone))
    if there.utcoffset() == here.utcoffset():
        return f"{there:%H:%M}"
    return f"{there:%H:%M} {city} ({here:%H:%M} {home_city})"


def at(place: str) -> str:
    """` at Bataclan`; nothing where no place is named."""
    return f" {STANDING['at'].replace('{place}', place)}" if place else ""


def moment(at: datetime.datetime, now: datetime.datetime, zone: str) -> str:
    """`21:20` of the same day where it happened, `13 November 2015 21:20` of another."""
    clock = times(at, zone, "", zone, "")
    return clock if day(at, zone) == day(now, zone) else f"{day(at, zone)} {clock}"


def day(moment: datetime.datetime, zone: str) -> str:
    """`13 November 2015` where it happened."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def place_types(names: Iterable[str]) -> list[str]:
    """The kinds of places behind names, each once, in order; a name of no known kind is left out."""
    found: dict[str, None] = {}
    for name in names:
        kind = next((words for words, pattern in _TYPES if pattern.search(name)), "")
        if kind:
            found.setdefault(kind)
    ordered = list(found)
    # A street is said only where nothing more telling is known.
    return [kind for kind in ordered if kind != "streets"] or ordered


def known(table: dict[str, str], values: Iterable[str]) -> list[str]:
    """Our words for these values, each once, in the order of our own list; a value without words of ours is left out."""
    said = set(values)
    return list(dict.fromkeys(words for value, words in table.items() if value in said))


def figures(numbers: Sequence[int]) -> str:
    """`4, 12 and 18`."""
    return listed([f"{number:,}" for number in numbers])
