"""Which past incidents is this one like, why, and how does it differ? Pure: reports and catalogue rows in, reasons out.

Features are read from words by closed lists (the vocabulary of the catalogue), so that each point of likeness can be
said in words. Likeness is advice: it holds no judgement of its own and no pair is written down anywhere.
"""

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from vedette.incidents import wording
from vedette.incidents.evidence import ATTACK, ReportView, at_desk, km_between
from vedette.reporting.extraction import propose_claims

Entry = Mapping[str, Any]
"""One row of catalogue/incidents.jsonl."""

_RAW: dict[str, Any] = json.loads((Path(__file__).parent / "likeness.json").read_text(encoding="utf-8"))
GROUPS = ("methods", "weapons", "targets")
_LEXICON = {g: {t: re.compile(p, re.I) for t, p in _RAW[g].items()} for g in GROUPS}
_FAMILIES: dict[str, list[str]] = _RAW["families"]
_BANDS = ((0, "nobody killed"), (9, "up to 9 killed"), (49, "10 to 49 killed"), (199, "50 to 199 killed"))

# What makes two attacks alike for those who must answer them: the way first, then the place chosen, then the means.
WEIGHTS = {"methods": 5.0, "targets": 3.0, "weapons": 1.5, "sites": 2.0, "hostages": 0.5, "killed": 0.5}
# Parts of a term's own weight: two methods together, a family of places; what only we have, what only they had.
_PAIR, _FAMILY, _ONLY_HERE, _ONLY_THERE = 0.5, 1.0, 0.8, 0.1


@dataclass(frozen=True, slots=True)
class Features:
    """What an incident was: terms of the vocabulary with a weight from 0 to 1, and the few figures that matter."""

    methods: Mapping[str, float] = field(default_factory=dict)
    weapons: Mapping[str, float] = field(default_factory=dict)
    targets: Mapping[str, float] = field(default_factory=dict)
    sites: int | None = None
    hostages: bool | None = None
    attackers: int | None = None
    killed: int | None = None
    points: tuple[tuple[float, float], ...] = ()
    began: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Analogue:
    """One past incident like this one: how much, in what, and in what it differs."""

    entry_id: str
    score: float
    reasons: tuple[str, ...]
    differences: tuple[str, ...]


def killed_band(killed: int | None) -> str:
    """The toll in bands, because early tolls are wrong in their units and right in their size."""
    if killed is None:
        return ""
    return next((label for top, label in _BANDS if killed <= top), "200 or more killed")


@lru_cache(maxsize=4096)
def _terms_of(text: str) -> dict[str, frozenset[str]]:
    return {g: frozenset(t for t, p in terms.items() if wording.stated(p, text)) for g, terms in _LEXICON.items()}


def _weighed(counts: Counter[str], reports: int) -> dict[str, float]:
    """A term said once among many reports is noise; one said in a tenth of them or more is part of the picture."""
    least = 1 if reports < 8 else 2
    top = max(counts.values(), default=0)
    return {t: round(min(1.0, 0.4 + 0.6 * n / max(1.0, 0.5 * top)), 3) for t, n in sorted(counts.items()) if n >= least}


def _sites(reports: Sequence[ReportView]) -> int:
    """Places that were attacked, counted apart when 300 m lie between them and both are known to a street."""
    found: list[tuple[float, float]] = []
    for report in reports:
        told = wording.read(report.text, report.place)
        if report.lat is None or report.lon is None or (report.precision_m or 0) > 300:
            continue
        if report.kind not in ("flash", "spot") or not told.methods & ATTACK or told.settled or told.ordinary:
            continue
        if all(km_between(report.lat, report.lon, *point) > 0.3 for point in found):
            found.append((report.lat, report.lon))
    return len(found)


@lru_cache(maxsize=4096)
def _counts_of(text: str, kind: str) -> tuple[tuple[str, int], ...]:
    """The counted persons a text gives, dead attackers left out."""
    return tuple(
        (c.kind, c.value)
        for c in propose_claims(text, kind)
        if isinstance(c.value, int) and c.value > 0 and c.unit == "persons" and c.subject != "attackers"
    )


def _figure(reports: Sequence[ReportView], kind: str) -> int | None:
    """The figure most reports give; of equals the later one, because counts settle with time."""
    values = [v for r in reports for k, v in _counts_of(r.text, r.kind) if k == kind]
    if not values:
        return None
    return max(values[-6:]) if kind == "killed" else Counter(values).most_common(1)[0][0]


def features_from_reports(reports: Sequence[ReportView]) -> Features:
    """What the reports of one incident say it was; desk lines and questions speak of home and are left out."""
    told = [r for r in reports if not at_desk(r) and r.kind != "request"]
    counts: dict[str, Counter[str]] = {g: Counter() for g in GROUPS}
    for report in told:
        for group, terms in _terms_of(f"{report.place}. {report.text}").items():
            counts[group].update(terms)
    sites = _sites(told)
    if sites >= 2:
        counts["methods"]["multi-site"] += sites
    if counts["methods"] and "planted-bomb" not in counts["methods"] and _plain_bomb(told, counts["methods"]):
        counts["methods"]["planted-bomb"] += 2
    moments = [r.happened_at or r.observed_at for r in told[:1]]
    return Features(
        methods=_weighed(counts["methods"], len(told)),
        weapons=_weighed(counts["weapons"], len(told)),
        targets=_weighed(counts["targets"], len(told)),
        sites=sites or None,
        hostages=counts["methods"]["hostage-taking"] > 0 if told else None,
        attackers=_figure(told, "attackers"),
        killed=_figure(told, "killed"),
        points=tuple({(r.lat, r.lon): None for r in told if r.lat is not None and r.lon is not None}),
        began=min(moments, default=None),
        last=max((r.observed_at for r in told), default=None),
    )


def _plain_bomb(reports: Sequence[ReportView], methods: Counter[str]) -> bool:
    """Blasts with nobody shooting and nobody dying on purpose were left to go off."""
    blasts = sum("explosion" in wording.read(r.text, r.place).methods for r in reports)
    return blasts >= 2 and not methods["suicide-bombing"] and methods["armed-assault"] <= blasts / 4


def features_from_catalogue(entry: Entry) -> Features:
    """The same features as the catalogue states them, each term in full."""
    began = datetime.fromisoformat(entry["start"])
    sites = [(s["lat"], s["lon"]) for s in entry.get("sites", ())]
    return Features(
        methods=dict.fromkeys(entry["method"], 1.0),
        weapons=dict.fromkeys(entry["weapons"], 1.0),
        targets=dict.fromkeys(entry["targets"], 1.0),
        sites=entry["simultaneous_sites"],
        hostages=entry["hostages"],
        attackers=entry["attackers"],
        killed=entry["killed"],
        points=((entry["lat"], entry["lon"]), *sites),
        began=began,
        last=datetime.fromisoformat(entry["end"]) if entry.get("end") else began,
    )


def _overlaps(mine: Features, theirs: Features) -> bool:
    """The entry tells of this very event: within 50 km, from three days before our first report to ten days after.

    A first report may be a warning of some days before, or come a while after.
    """
    if mine.began is None or theirs.began is None or theirs.last is None:
        return False
    if theirs.last < mine.began - timedelta(days=3) or theirs.began > mine.began + timedelta(days=10):
        return False
    return any(km_between(*a, *b) <= 50.0 for a in mine.points for b in theirs.points)


def _share(mine: Mapping[str, float], theirs: Mapping[str, float], rare: Mapping[str, float]) -> float:
    """Shared weight over shared and unshared weight, rare terms counting for more.

    What we know of ours and do not find there counts more against it than what there was besides: reports of a
    running event are a part of the picture, a catalogue row is the whole.
    """
    both = sum(min(v, theirs[t]) * rare.get(t, 1.0) for t, v in mine.items() if t in theirs)
    ours = sum(v * rare.get(t, 1.0) for t, v in mine.items()) - both
    others = sum(v * rare.get(t, 1.0) for t, v in theirs.items()) - both
    return both / (both + _ONLY_HERE * ours + _ONLY_THERE * others) if both else 0.0


def _widened(terms: Mapping[str, float], group: str) -> dict[str, float]:
    """Terms plus what they make together: two methods in one plan are rarer than each; places fall in families."""
    wide = dict(terms)
    if group == "methods":
        for a, b in itertools.combinations(sorted(terms), 2):
            wide[f"{a}+{b}"] = _PAIR * min(terms[a], terms[b])
    if group == "targets":
        for family, members in _FAMILIES.items():
            best = max((terms[m] for m in members if m in terms), default=0.0)
            if best:
                wide[family] = _FAMILY * best
    return wide


def _near(a: int | None, b: int | None) -> float | None:
    """1 when two counts are equal, falling with their ratio; None when either is not known."""
    if a is None or b is None:
        return None
    return math.exp(-abs(math.log((a + 1.0) / (b + 1.0))))


def _parts(mine: Features, theirs: Features, rare: Mapping[str, float]) -> dict[str, float]:
    parts = {g: _share(_widened(getattr(mine, g), g), _widened(getattr(theirs, g), g), rare) for g in GROUPS}
    figures = {g: _near(getattr(mine, g), getattr(theirs, g)) for g in ("sites", "killed")}
    parts |= {g: v for g, v in figures.items() if v is not None}
    if mine.hostages is not None and theirs.hostages is not None:
        parts["hostages"] = float(mine.hostages == theirs.hostages)
    return parts


def _say(terms: Iterable[str]) -> str:
    return ", ".join(t.replace("-", " ") for t in terms)


def _words(mine: Features, theirs: Features, rare: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    alike, differ = [], []
    for group, label in (
        ("methods", "the same way"),
        ("targets", "the same kind of place"),
        ("weapons", "the same means"),
    ):
        a, b = getattr(mine, group), getattr(theirs, group)
        shared = sorted(a.keys() & b.keys(), key=lambda t: (-rare.get(t, 1.0), t))
        if shared:
            alike.append(f"{label}: {_say(shared)}")
        if only := sorted(b.keys() - a.keys()):
            differ.append(f"there also: {_say(only)}")
        if only := [t for t in sorted(a.keys() - b.keys()) if a[t] >= 0.6]:
            differ.append(f"only here: {_say(only)}")
    for label, x, y in (("places hit", mine.sites, theirs.sites), ("attackers", mine.attackers, theirs.attackers)):
        if x is not None and y is not None:
            (alike if (_near(x, y) or 0.0) >= 0.6 else differ).append(f"{label}: {x} here, {y} there")
    bands = killed_band(mine.killed), killed_band(theirs.killed)
    if all(bands):
        (alike if bands[0] == bands[1] else differ).append(
            f"{bands[0]}" if bands[0] == bands[1] else f"{bands[0]} here, {bands[1]} there"
        )
    return tuple(alike), tuple(differ)


def rank(
    features: Features, entries: Iterable[Entry], limit: int = 5, before: datetime | None = None
) -> list[Analogue]:
    """The past incidents most like this one, best first.

    Left out: the entry of this very event, and with `before` every entry that starts after that moment, so that a
    replay or an as-of view never knows the future.
    """
    known = [(str(e["id"]), features_from_catalogue(e)) for e in entries]
    usage = Counter(t for _, f in known for g in GROUPS for t in _widened(getattr(f, g), g))
    rare = {t: math.log(1.0 + len(known) / n) for t, n in usage.items()}
    found = []
    for entry_id, theirs in known:
        if _overlaps(features, theirs) or (before is not None and theirs.began is not None and theirs.began > before):
            continue
        parts = _parts(features, theirs, rare)
        score = sum(WEIGHTS[k] * v for k, v in parts.items()) / sum(WEIGHTS[k] for k in parts)
        reasons, differences = _words(features, theirs, rare)
        found.append(Analogue(entry_id, round(score, 4), reasons, differences))
    return sorted(found, key=lambda a: (-a.score, a.entry_id))[:limit]
