"""What linking weighs: the views of reports and incidents, and what each of them says once read."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from vedette.incidents import wording
from vedette.incidents.wording import Reading

# How many reports of an incident are weighed: its first ones say what it is, its last ones where it stands.
_HEAD, _TAIL = 20, 100
MAJOR = 5
ATTACK = frozenset({"gunfire", "explosion", "hostages"})
# A situation, an assessment, a question or an answer needs an event to speak of; a flash or a spot report opens one.
FOLLOWS = {"request": 1.0, "answer": 1.0, "assessment": 1.0, "situation": 0.8}
_DESK_PLACE = re.compile(
    r"\b(headquarters|head office|field office|(?:operations|intelligence|fusion) cent(?:er|re))\b", re.I
)

Counts = tuple[Counter[str], Counter[str], int]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What linking may know of a report; text is English, the gloss where the report is in another language."""

    kind: str
    text: str
    observed_at: datetime
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_m: float | None = None
    country: str = ""
    happened_at: datetime | None = None
    post_id: str = ""
    post_city: str = ""
    post_country: str = ""
    source_kind: str = ""
    nexus: str = ""


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An open incident as linking sees it: the reports that the asking person may see, oldest first."""

    id: str
    title: str
    reports: tuple[ReportView, ...]
    places: tuple[str, ...] = ()
    began: datetime | None = None
    last: datetime | None = None


@dataclass(slots=True)
class Signs:
    values: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, value: float, text: str) -> None:
        if value:
            self.values[kind] = value
            self.texts[kind] = text


def reading_of(report: ReportView) -> Reading:
    return wording.read(report.text, "" if at_desk(report) else report.place)


@lru_cache(maxsize=65536)
def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def distance_km(a: ReportView, b: ReportView) -> float | None:
    """Kilometres between the places of two reports, or None when one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return km_between(a.lat, a.lon, b.lat, b.lon)


def vague_km(a: ReportView, b: ReportView) -> float:
    return ((a.precision_m or 0.0) + (b.precision_m or 0.0)) / 1000.0


def days_between(a: datetime, b: datetime) -> float:
    return abs((a - b).total_seconds()) / 86400.0


def scene_weight(report: ReportView) -> float:
    """How far the place of the report is the scene of what it tells (1) and not the desk it was written at (0)."""
    if at_desk(report) or report.kind in ("request", "answer"):
        return 0.0
    return {"flash": 1.0, "spot": 1.0, "situation": 0.4}.get(report.kind, 0.2) * currency(report)


def currency(report: ReportView) -> float:
    """1 when the report tells of the last week; what tells of an old matter is placed and dated by that matter."""
    if report.happened_at is None or (report.observed_at - report.happened_at).days <= 7:
        return 1.0
    return 0.3


def at_desk(report: ReportView) -> bool:
    """Written at a desk: its place says where the writer sits, so it neither ties nor parts."""
    return report.source_kind == "home" or bool(_DESK_PLACE.search(report.place))


class OpenIncident:
    """An incident read once for a call: its members, names, words and methods."""

    def __init__(self, view: IncidentView, now: datetime | None = None) -> None:
        self.view = view
        reports = tuple(r for r in view.reports if now is None or r.observed_at <= now)
        self.size = len(reports)
        self.members = reports if len(reports) <= _HEAD + _TAIL else reports[:_HEAD] + reports[-_TAIL:]
        self.readings = [reading_of(r) for r in self.members]
        self.words = Counter(w for r in self.readings for w in set(r.words))
        self.names = frozenset().union(*(r.names | r.spots for r in self.readings)) if self.readings else frozenset()
        self.spots = frozenset().union(*(r.spots for r in self.readings)) if self.readings else frozenset()
        self.methods = Counter(m for r in self.readings for m in r.methods)
        # Later reports may tell of years before (an old record, a journey): only the first one says when it began.
        first = (reports[0].happened_at or reports[0].observed_at) if reports else None
        self.began = min((m for m in (view.began, first) if m), default=None)
        self.last = max((r.observed_at for r in reports), default=None)

    @property
    def minor(self) -> bool:
        """An ordinary matter by its own words: an accident, a robbery, a threat call, not an attack under way."""
        return bool(self.readings) and len(self.members) < MAJOR and bool(self.readings[0].ordinary)

    @property
    def ordinary(self) -> frozenset[str]:
        return frozenset().union(*(r.ordinary for r in self.readings)) if self.readings else frozenset()


def count_words(pool: Sequence[OpenIncident]) -> tuple[Counter[str], Counter[str], int]:
    """In how many reports, and in how many incidents' names, each word of the open pool stands."""
    reports: Counter[str] = Counter()
    names: Counter[str] = Counter()
    total = 0
    for incident in pool:
        total += len(incident.members)
        reports.update(incident.words)
        names.update(incident.names)
    return reports, names, total
