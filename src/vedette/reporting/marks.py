"""Marks in a text for the desk's eye: numbers that identify, and passages a wider version should probably leave out.

Only a highlight. What may leave is decided by a person and by the policy, never by this file.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_RAW: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "marks.json").read_text(encoding="utf-8"))
# Plates, accounts and documents are written in capitals; addresses and labels are not.
_EXACT = {k: re.compile(v if k == "an account number" else f"(?i:{v})") for k, v in _RAW["exact"].items()}
_HINTS = {k: re.compile(v, re.I) for k, v in _RAW["hints"].items()}
_CLAUSE = re.compile(r"(?:[^.,;:!?]|[.,:](?=\d))+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked passage and, in words, what it seems to be."""

    text: str
    start: int
    end: int
    reason: str


def marked_spans(text: str) -> list[Mark]:
    """Numbers and addresses that lead to one person: telephones, documents, plates, accounts, e-mail."""
    found: list[Mark] = []
    for reason, pattern in _EXACT.items():
        for match in pattern.finditer(text):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mark(match.group(), match.start(), match.end(), reason))
    return sorted(found, key=lambda m: m.start)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    for match in _CLAUSE.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        if end > start:
            yield start, end


def sensitive_hints(text: str) -> list[Mark]:
    """Clauses that a version for others should probably drop, each with the reason; misses some, so read the whole."""
    found: dict[tuple[int, int], Mark] = {}
    clauses = list(_clauses(text))
    for reason, pattern in _HINTS.items():
        for match in pattern.finditer(text):
            touched = [(a, b) for a, b in clauses if a < match.end() and match.start() < b]
            if not touched:
                continue
            span = (touched[0][0], touched[-1][1])
            found.setdefault(span, Mark(text[slice(*span)], span[0], span[1], reason))
    return sorted(found.values(), key=lambda m: (m.start, m.end))
