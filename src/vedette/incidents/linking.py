"""Proposes to which open incident a report belongs; a person confirms. Pure: no table, no clock, no network.

Each proposal is a sum of weighed signs (place, time, shared rare words, named places, method, cues in the text) put
through a logistic curve, so that every point of the score can be shown as a reason in words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vedette.incidents import wording
from vedette.incidents.evidence import (
    ATTACK,
    FOLLOWS,
    MAJOR,
    Counts,
    IncidentView,
    OpenIncident,
    ReportView,
    Signs,
    at_desk,
    count_words,
    currency,
    days_between,
    distance_km,
    reading_of,
    scene_weight,
    vague_km,
)
from vedette.incidents.wording import Reading, as_written

__all__ = ["THRESHOLD", "IncidentView", "Proposal", "Reason", "ReportView", "distance_km", "propose", "title_for"]

THRESHOLD = 0.5
"""The desk's fixed rule in an unattended demonstration: link at this score or above, else open a new incident."""

_PLAIN = frozenset({"words", "unplaced", "names", "apart"})

# Set by hand and checked by fitting on two chronologies and measuring on the third; signs may be scaled, never turned.
WEIGHTS: dict[str, float] = {
    "base": -2.0,
    "near": 3.0,
    "metro": 1.2,
    "far": -3.5,
    "spot": 1.5,
    "names": 1.5,
    "words": 6.0,
    "method": 0.8,
    "othermethod": -1.0,
    "ordinary": -4.5,
    "sameordinary": 1.5,
    "minor": -3.0,
    "unplaced": -1.2,
    "settled": -1.5,
    "fresh": 1.0,
    "burst": 2.0,
    "apart": -2.5,
    "joined": 1.0,
    "major": 1.0,
    "elsewhere": -2.0,
    "home": 1.0,
    "nexus": 1.5,
    "dominant": 1.0,
    "thread": 0.8,
    "earlier": -1.0,
    "gap": -1.0,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign for (+1) or against (-1) the link, in words."""

    kind: str
    text: str
    sign: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One incident proposed for one report, with the reasons that made the score, heaviest first."""

    incident_id: str
    score: float
    reasons: tuple[Reason, ...]


def _place_signs(signs: Signs, report: ReportView, incident: OpenIncident) -> float:
    """Place: nearness to the nearest member, discounted by how vaguely both points are known and by days between."""
    best_near, best_km, best_place = 0.0, math.inf, ""
    if at_desk(report):
        return 0.0
    for member in incident.members:
        km = None if at_desk(member) else distance_km(report, member)
        if km is None:
            continue
        vague = vague_km(report, member)
        fade = math.exp(-days_between(report.observed_at, member.observed_at) / 30.0)
        near = math.exp(-max(0.0, km - vague) / 1.0) / (1.0 + vague) * fade
        if near > best_near:
            best_near, best_place = near, member.place
        best_km = min(best_km, max(0.0, km - min(vague, 5.0)))
    if best_km is math.inf:
        signs.add("unplaced", float(not report.place), "no place to compare")
        return 0.0
    best_near *= currency(report)
    signs.add("near", best_near, f"same spot as an earlier report ({best_place})" if best_near > 0.3 else "close by")
    metro = math.exp(-((best_km / 25.0) ** 2))
    signs.add("metro", metro * currency(report), f"{best_km:.0f} km from the nearest place of the incident")
    far = min(1.0, max(0.0, (best_km - 40.0) / 80.0)) * scene_weight(report)
    signs.add("far", far, f"another place: {best_km:,.0f} km away")
    return best_near


def _word_signs(signs: Signs, reading: Reading, incident: OpenIncident, counts: Counts) -> None:
    """Shared rare words and shared names, weighed by how few others in the open pool carry them."""
    in_reports, in_names, total = counts

    def weight(word: str) -> float:
        return math.log(1.0 + (total + 20.0) / (1.0 + in_reports[word]))

    mine = set(reading.words)
    own = math.sqrt(sum(weight(w) ** 2 for w in mine)) or 1.0
    best, shared_best = 0.0, tuple[str, ...]()
    for other in incident.readings:
        theirs = set(other.words)
        shared = mine & theirs
        if not shared:
            continue
        norm = math.sqrt(sum(weight(w) ** 2 for w in theirs)) or 1.0
        cosine = sum(weight(w) ** 2 for w in shared) / (own * norm)
        if cosine > best:
            best, shared_best = cosine, tuple(sorted(shared, key=weight, reverse=True)[:4])
    if "unplaced" in signs.values:
        signs.add("unplaced", 1.0 - 5.0 * best, "no place to compare, so the words count for more")
    else:
        best = min(best, 0.5)  # Alike words alone never outweigh another place.
    signs.add("words", best, "shares the words " + as_written(shared_best, reading))
    spots = (reading.spots | reading.names) & incident.spots
    named = (reading.spots | reading.names) & incident.names
    value = sum(1.0 / in_names[n] for n in named)
    signs.add("names", min(2.0, value) / 2.0, "names " + as_written(sorted(spots or named)[:4], reading))
    rare = max((1.0 / in_names[n] for n in reading.spots & incident.spots), default=0.0)
    signs.add("spot", rare, "the place bears the same name")


def _kind_signs(signs: Signs, report: ReportView, reading: Reading, incident: OpenIncident, near: float) -> None:
    """Method: the same kind of happening speaks for, an ordinary matter of another kind speaks against."""
    size = max(1, len(incident.members))
    shared = {m for m in reading.methods if incident.methods[m] / size > 0.1 or incident.methods[m] > 2}
    signs.add("method", min(2, len(shared)) / 2.0, "same kind of happening: " + ", ".join(sorted(shared)))
    signs.add("othermethod", float(bool(reading.methods) and not shared), "another kind of happening")
    nearby = frozenset[str]().union(
        *(
            r.ordinary
            for m, r in zip(incident.members, incident.readings, strict=True)
            if (km := distance_km(report, m)) is not None and km <= 0.2 + vague_km(report, m)
        ),
    )
    strange = reading.ordinary - (incident.ordinary if "unplaced" in signs.values else nearby)
    if strange:
        weight = 1.0 + 0.5 * reading.settled + near
        signs.add("ordinary", weight, "tells of " + " and ".join(sorted(strange)) + ", not of this incident")
    elif reading.ordinary:
        signs.add("sameordinary", near, "the same ordinary matter: " + " and ".join(sorted(reading.ordinary)))
    if reading.settled and near < 0.3 and not reading.joined and scene_weight(report) == 1.0:
        signs.add("settled", 1.0, "a matter that settled itself at a place not yet in the incident")
    if incident.minor and not (reading.ordinary & incident.ordinary):
        relief = 0.0 if reading.methods & ATTACK else 0.5 * near
        signs.add("minor", 1.0 - relief, "the incident is an ordinary matter of another kind")


def _cue_signs(signs: Signs, report: ReportView, reading: Reading, incident: OpenIncident) -> None:
    """Cues in the text, and what a large running incident draws to itself: home posture, questions, corrections."""
    apart = wording.apart_from(reading, incident.spots)
    weight = 1.0 if report.kind in ("flash", "spot") else 0.4
    signs.add("apart", weight * min(2, len(apart)), "sets itself apart: “" + "”, “".join(apart[:2]) + "”")
    if reading.joined and not incident.minor:
        signs.add("joined", min(2, len(reading.joined)) / 2.0, "ties itself to it: “" + reading.joined[0] + "”")
    if incident.last is None or incident.minor:
        return
    size = len(incident.members)
    gap = days_between(report.observed_at, incident.last)
    weight = min(1.0, math.log(size) / math.log(40.0))
    signs.add("major", weight * math.exp(-gap / 10.0), f"the incident is large and running ({size} reports)")
    follows = max(math.exp(-gap * 4.0), 0.7 * weight)
    signs.add("home", follows * FOLLOWS.get(report.kind, 0.0), f"speaks of something already known ({report.kind})")
    begins = report.text[:24].upper()
    if "CORRECTION" in begins or begins.startswith(("ANSWER", "SITREP", "DAILY", "CLOS", "FINAL")):
        signs.add("thread", 1.0, "continues a thread")


def _time_signs(signs: Signs, report: ReportView, incident: OpenIncident) -> None:
    """Time: what happened well before the incident began is seldom part of it; long silence loosens the tie."""
    if incident.began is None or incident.last is None:
        return
    happened = report.happened_at or report.observed_at
    before = (incident.began - happened).total_seconds() / 3600.0
    if before > 0.4:
        value = min(1.0, before) + min(2.0, before / 168.0)
        signs.add("earlier", value * scene_weight(report), "happened before the incident began")
    gap = max(0.0, (report.observed_at - incident.last).total_seconds() / 86400.0)
    # The aftermath of a large incident (inquiries, hearings, lessons) comes slowly and long after.
    slack = (2.0 + 0.5 * len(incident.members)) * (3.0 if report.kind in FOLLOWS else 1.0)
    signs.add("gap", min(3.0, max(0.0, gap - 1.0) / slack), f"{gap:.0f} days after its last report")
    fresh = math.exp(-gap * 24.0 / 6.0)
    signs.add("fresh", fresh, "the incident is being reported on now")
    mine = reading_of(report)
    if fresh and mine.methods & ATTACK and not mine.ordinary and ATTACK & incident.methods.keys():
        value = fresh * signs.values.get("metro", 0.0) * (not incident.minor)
        signs.add("burst", value, "attacks in one city within hours are one event until shown otherwise")


def _elsewhere_sign(signs: Signs, report: ReportView, incident: OpenIncident, pool: Sequence[OpenIncident]) -> None:
    """Two large incidents at once: a line without a scene that names the places of one of them is not the other's."""
    named = reading_of(report).names
    if scene_weight(report) > 0.5 or incident.size < MAJOR or named & incident.spots:
        return
    other = next((i for i in pool if i is not incident and i.size >= MAJOR and named & i.spots), None)
    if other is not None:
        signs.add("elsewhere", 1.0, "names places of another incident: " + ", ".join(sorted(named & other.spots)[:3]))


def _nexus_sign(signs: Signs, report: ReportView, incident: OpenIncident) -> None:
    """Home nexus: a confirmed link to our own city is rare abroad, so two of them lean together."""
    confirmed = sum(m.nexus == "confirmed" for m in incident.members) / max(1, len(incident.members))
    if report.nexus == "confirmed" and confirmed >= 0.3:
        signs.add("nexus", confirmed, "both have a confirmed link to the home city")
    elif report.nexus == "none-known" and confirmed >= 0.6:
        signs.add("nexus", -0.5 * confirmed, "no link to the home city, unlike the incident")


def _dominance(incident: OpenIncident, pool: Sequence[OpenIncident], at: datetime) -> float:
    """How far one incident rules the desk: large, three times the size of any other, and no newer attack running."""
    size = incident.size
    others = [i for i in pool if i is not incident]
    if size < MAJOR or any(size < 3 * i.size for i in others):
        return 0.0
    rivals = [days_between(at, i.last) for i in others if i.last and not i.minor and ATTACK & i.methods.keys()]
    mine = days_between(at, incident.last) if incident.last else 0.0
    rival = max((math.exp(-4.0 * d) for d in rivals if d < mine), default=0.0)
    return min(1.0, size / 20.0) * (1.0 - rival)


def signs_for(report: ReportView, incident: OpenIncident, counts: Counts) -> Signs:
    """All signs of one report against one incident."""
    signs, reading = Signs(), reading_of(report)
    near = _place_signs(signs, report, incident)
    _word_signs(signs, reading, incident, counts)
    _kind_signs(signs, report, reading, incident, near)
    _cue_signs(signs, report, reading, incident)
    _time_signs(signs, report, incident)
    _nexus_sign(signs, report, incident)
    return signs


def _proposal(incident: OpenIncident, signs: Signs, weights: dict[str, float]) -> Proposal:
    if "unplaced" in signs.values:
        # Without places only the words can tell two events of one kind apart; everything else counts for less.
        signs.values = {k: v if k in _PLAIN else v * 0.4 for k, v in signs.values.items()}
    total = weights["base"] + sum(weights.get(k, 0.0) * v for k, v in signs.values.items())
    parts = sorted(((weights.get(k, 0.0) * v, k) for k, v in signs.values.items()), key=lambda p: (-abs(p[0]), p[1]))
    reasons = tuple(Reason(k, signs.texts[k], 1 if p > 0 else -1) for p, k in parts if abs(p) >= 0.25)
    return Proposal(incident.view.id, round(1.0 / (1.0 + math.exp(-total)), 4), reasons)


def propose(report: ReportView, incidents: Sequence[IncidentView], now: datetime) -> list[Proposal]:
    """The open incidents this report may belong to, best first, each with its reasons; a person decides.

    `now` is the moment of asking: reports observed later than that are left out of the weighing.
    """
    pool = [i for view in incidents if (i := OpenIncident(view, now)).members]
    counts = count_words(pool)
    proposals = []
    for incident in pool:
        signs = signs_for(report, incident, counts)
        _elsewhere_sign(signs, report, incident, pool)
        if report.kind in FOLLOWS and not reading_of(report).ordinary:
            signs.add(
                "dominant",
                _dominance(incident, pool, report.observed_at),
                "this incident is most of what the desk is working on",
            )
        proposals.append(_proposal(incident, signs, WEIGHTS))
    return sorted(proposals, key=lambda p: (-p.score, p.incident_id))


def title_for(report: ReportView) -> str:
    """A first title for a new incident: what it is and where, as in "Explosion, Stade de France, Saint-Denis"."""
    what = wording.headline(report.text) or {"request": "Question", "answer": "Answer"}.get(report.kind, "Event")
    parts = [p.strip() for p in report.place.split(",") if p.strip()]
    where = parts if len(parts) <= 2 else [parts[0], parts[-1]]
    return ", ".join([what, *where])
