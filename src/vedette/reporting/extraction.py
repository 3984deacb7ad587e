"""Proposes claims from the words of a report: how many killed, by what, where, in what state. A person confirms each.

Built for precision: what is not said plainly is not proposed. Text is English or simple French; the caller passes the
gloss where there is one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.reporting.numerals import COUNT, Count, count_of

KINDS = ("killed", "wounded", "attackers", "hostages", "sites", "weapon", "method", "status", "time")

_RAW: dict[str, Any] = json.loads((Path(__file__).parent / "extraction.json").read_text(encoding="utf-8"))
_PEOPLE, _ATTACKER, _KILLED, _WOUNDED = (_RAW[k] for k in ("people", "attacker", "killed", "wounded"))
_GAP = r"(?:\s+(?:[a-z]+ly|confirmed|more|other|of them|in all|are|were|was|now|reported))?\s+"


def _counted(*shapes: str) -> list[re.Pattern[str]]:
    return [re.compile(s.replace("COUNT", COUNT), re.I) for s in shapes]


_WHO = rf"(?P<who>{_PEOPLE}|{_ATTACKER})"
# "dead or wounded" mixes two figures, so it is neither.
_END = r"\b(?! (?:or|and/or) (?:wounded|injured|killed|dead))"
_TOLL = (
    r"\b(?:dead|toll|killed|death toll|deaths)"
    r"(?:\s*(?:is|are|was|now|at|to|reaches|rises to|falls to|stands at|:))*\s+"
)
_COUNTED: dict[str, list[re.Pattern[str]]] = {
    "killed": _counted(
        rf"COUNT(?:\s+{_WHO})?{_GAP}{_KILLED}{_END}(?!\s+(?:{_PEOPLE}|{_ATTACKER}))",
        rf"COUNT\s+(?:dead|killed)\s+{_WHO}\b",
        rf"{_TOLL}COUNT(?!\s+(?:\w+\s+)?(?:{_WOUNDED}|{_PEOPLE}|{_ATTACKER}))",
    ),
    "wounded": _counted(
        rf"COUNT(?:\s+{_WHO})?{_GAP}(?:slightly |seriously |badly )?{_WOUNDED}(?!\w)",
        r"\b(?:injured|wounded|inj|hurt)\.?(?:\s*(?:is|are|now|at|:))*\s+COUNT(?!\s+(?:dead|killed))",
    ),
    "attackers": _counted(
        rf"COUNT(?:\s+(?:suicide|armed|heavily armed|masked|live))*\s+{_ATTACKER}\b"
        r"(?!\s*(?:were |was |are )?(?:dead|killed|with hostages))",
        r"\b(?:party|team|group|pair|account) of\s+COUNT\s+(?:men|gunmen|attackers|terrorists)\b",
        r"\battackers (?:stays?|put|number(?:ed)?|are|were)(?: at)?\s+COUNT\b",
    ),
    "hostages": _counted(
        r"COUNT(?:\s+(?:people|guests|persons))?\s+(?:hostages|captives|otages)\b",
        r"COUNT(?:\s+(?:people|guests|persons))?\s+held hostage\b",
        r"(?<=say )COUNT\s+held\b",
        r"\bhostages\s*:\s*COUNT",
    ),
    "sites": _counted(
        r"COUNT\s+(?:attack\s+)?(?:sites|scenes|places|locations|lieux|sites d'attaque)\b(?! of worship)"
    ),
}
_TERMS = {k: {t: re.compile(p, re.I) for t, p in _RAW[k].items()} for k in ("weapon", "method", "status")}
_DENIAL, _DENIAL_AFTER = re.compile(_RAW["denial"], re.I), re.compile(_RAW["denial_after"], re.I)
_NONE_HURT = {
    "killed": r"\b(?:no (?:one |body )?(?:dead|deaths|fatalities|killed)|nobody (?:dead|killed)|aucun mort)\b",
    "wounded": r"\b(?:no (?:injuries|injured|one (?:was )?hurt)|nobody (?:was )?hurt|aucun blessé)\b",
}
_CLOCK = re.compile(
    r"(?<![\d:])(?P<h>[01]?\d|2[0-3])(?:[:h](?P<m>[0-5]\d))(?![\d%])"
    r"|\b(?:at|about|to|from|by)\s+(?P<c>[01]\d[0-5]\d|2[0-3][0-5]\d)\b"
)
_SENTENCE = re.compile(r"(?:[^.!?;]|[.](?=\d))+[.!?;]?")
_SPOKEN = re.compile(
    r"\b(?:at|in|inside|outside|near|nr|from|of|on)\s+(?:the\s+)?"
    r"((?:[A-Z][\w'’-]+)(?:\s+(?:de|la|du|des|and|&|of)?\s*[A-Z][\w'’-]+)*)"
)
_LEAD = re.compile(r"^\s*(?:[A-Z]{4,}\.\s+)?([A-Z0-9][\w'’-]*(?:\s[A-Z][\w'’-]+)*):\s")


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """One claim a person may confirm: the value, how exact it was said to be, and the very words it rests on."""

    kind: str
    value: int | str
    unit: str
    qualifier: str
    span: tuple[int, int]
    subject: str


def _denied(text: str, start: int, end: int) -> bool:
    head = text[:start]
    sentence_start = max(head.rfind("."), head.rfind(";"), head.rfind("!")) + 1
    inside = re.search(r"\bnot\b", text[start:end], re.I)
    return bool(inside or _DENIAL.search(head[sentence_start:]) or _DENIAL_AFTER.search(text[end:]))


def _subject(sentence: str, at: int, place: str) -> str:
    """What the figure is about: the nearest named place, a lead as in "CST:", else the report's own place."""
    lead = _LEAD.match(sentence)
    named = list(_SPOKEN.finditer(sentence))
    if named:
        best: str = min(named, key=lambda m: abs(m.start() - at)).group(1)
        return best
    return lead.group(1) if lead else place


def _numbers(text: str, place: str) -> Iterator[ProposedClaim]:
    for sentence in _SENTENCE.finditer(text):
        words, base = sentence.group(), sentence.start()
        for kind, patterns in _COUNTED.items():
            taken: list[tuple[int, int]] = []
            for pattern in patterns:
                for match in pattern.finditer(words):
                    count = count_of(match)
                    start, end = match.span()
                    if (
                        count is None
                        or words[:start].lower().endswith("no ")
                        or any(a < end and start < b for a, b in taken)
                    ):
                        continue
                    taken.append((start, end))
                    yield _claim(kind, count, match, base, _subject(words, match.start("number"), place))


def _claim(kind: str, count: Count, match: re.Match[str], base: int, place: str) -> ProposedClaim:
    """A figure about attackers or officers is no figure of the victims, so its subject says whose it is."""
    who = (match.groupdict().get("who") or "").lower()
    about = place
    if who and not re.fullmatch(r"(?:people|persons?|personnes|victims?|civilians?)", who):
        about = "attackers" if re.fullmatch(_ATTACKER, who, re.I) else who
    span = (base + match.start(), base + match.end())
    unit = "places" if kind == "sites" else "persons"
    return ProposedClaim(kind, count.value, unit, count.qualifier, span, about)


def _terms(text: str, place: str) -> Iterator[ProposedClaim]:
    for kind, terms in _TERMS.items():
        for term, pattern in terms.items():
            found = [(m, _denied(text, *m.span())) for m in pattern.finditer(text)]
            if not found:
                continue
            # Denied everywhere or nowhere is plain; a mixed text is read by its first plain statement.
            match, denied = next(((m, d) for m, d in found if not d), found[0])
            yield ProposedClaim(kind, term, "", "denied" if denied else "", match.span(), place)


def _times(text: str, place: str) -> Iterator[ProposedClaim]:
    for match in _CLOCK.finditer(text):
        clock = match["c"]
        value = f"{clock[:2]}:{clock[2:]}" if clock else f"{int(match['h']):02d}:{match['m']}"
        qualifier = "about" if re.search(r"\b(?:about|abt|around|vers)\s*$", text[: match.start()], re.I) else ""
        yield ProposedClaim("time", value, "local", qualifier or _about(match), match.span(), place)


def _about(match: re.Match[str]) -> str:
    return "about" if match.group().lower().startswith("about") else ""


def _nones(text: str, place: str) -> Iterator[ProposedClaim]:
    for kind, pattern in _NONE_HURT.items():
        match = re.search(pattern, text, re.I)
        if match:
            yield ProposedClaim(kind, 0, "persons", "", match.span(), place)


def propose_claims(text: str, kind: str = "spot", place: str = "") -> list[ProposedClaim]:
    """The claims a text makes, in the order of its words; a request asks and so claims nothing.

    `place` is the name of the report's own place, the subject of what names none. Spans are offsets in `text`.
    """
    if kind == "request":
        return []
    found = [*_numbers(text, place), *_terms(text, place), *_times(text, place), *_nones(text, place)]
    return sorted(set(found), key=lambda c: (c.span, c.kind, str(c.value)))
