"""The rota as a picture: lanes in percentages of a year, so that type keeps its size."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vedette.programme.missions import MissionRow
from vedette.programme.models import Away, MissionState, Posting
from vedette.programme.papers import PaperRow
from vedette.programme.rota import Coverage, Gap, day_words, last_day, overlap
from vedette.web.parts.times import written
from vedette.web.parts.words import country

MONTHS = 12
# How much of the year a letter takes at the narrowest the picture gets; a bar too short for its words stays without.
LETTER = 0.8
PAD = 0.8
# The whole width.
FULL = 100
# Marks nearer than this would lie on each other.
NEAR = 1.6


@dataclass(frozen=True)
class Bar:
    """One bar of a lane: where it begins and how long it is (per cent), its kind (`here`, `next`, `gap`), its words."""

    kind: str
    x: float
    width: float
    words: str = ""
    words_x: float = 0.0


@dataclass(frozen=True)
class Mark:
    """The last day of papers of a post: where it stands, the letters of what runs out, and whether it runs out too early."""

    x: float
    letters: str
    kind: str = ""


@dataclass(frozen=True)
class Lane:
    """The lane of one post: its bars, the leave of who stands there, and the marks of its papers."""

    coverage: Coverage
    bars: list[Bar] = field(default_factory=list)
    leave: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class MissionLane:
    """The lane of one mission: what it is called there, and its bar; drawn as still to come until its team has left."""

    name: str
    bar: Bar


@dataclass(frozen=True)
class Gantt:
    """The whole picture: month names, the lines between them, the line of today, a lane for each post."""

    months: list[tuple[float, str]]
    ticks: list[float]
    today: float
    lanes: list[Lane]
    said: str
    missions: list[MissionLane] = field(default_factory=list)


@dataclass(frozen=True)
class _Year:
    begins: datetime.date
    ends: datetime.date

    @property
    def lower(self) -> datetime.date:
        """The first day."""
        return self.begins

    @property
    def upper(self) -> datetime.date:
        """The day after the last one."""
        return self.ends

    def at(self, day: datetime.date) -> float:
        """A day as per cent of the year, held inside it."""
        inside = min(max(day, self.begins), self.ends)
        return round(100 * (inside - self.begins).days / (self.ends - self.begins).days, 2)


def draw(
    rows: Iterable[Coverage],
    today: datetime.date,
    papers: Mapping[uuid.UUID, list[PaperRow]] | None = None,
    leave: Mapping[uuid.UUID, list[Away]] | None = None,
    missions: Iterable[MissionRow] = (),
) -> Gantt:
    """Draw twelve months from the first of this one, with the last days of papers and the leave that the reader may see."""
    firsts = [_month(today, ahead) for ahead in range(MONTHS + 1)]
    year = _Year(firsts[0], firsts[-1])
    edges = [year.at(day) for day in firsts]
    months = [(round((edges[n] + edges[n + 1]) / 2, 2), written(firsts[n], "M")) for n in range(MONTHS)]
    lanes = [
        Lane(
            row,
            _bars(row, year, today),
            _leave(row, leave or {}, year),
            _marks((papers or {}).get(row.post.id, []), year),
        )
        for row in rows
        if row.needed
    ]
    teams = [_mission(row, year, today) for row in missions if row.begins < year.ends and row.last >= year.begins]
    return Gantt(months, edges[1:-1], year.at(today), lanes, _said(lanes, year), teams)


def _month(today: datetime.date, ahead: int) -> datetime.date:
    years, month = divmod(today.month - 1 + ahead, 12)
    return datetime.date(today.year + years, month + 1, 1)


def _bars(row: Coverage, year: _Year, today: datetime.date) -> list[Bar]:
    bars = [_posting(posting, "here", year, today) for posting in row.here]
    taken = max([today, *(posting.days.upper or year.ends for posting in row.here)])
    bars += [_posting(posting, "next", year, taken) for posting in row.coming if _begins(posting) < year.ends]
    bars += [_gap(gap, year) for gap in row.gaps if gap.begins < year.ends]
    return bars


def _leave(row: Coverage, leave: Mapping[uuid.UUID, list[Away]], year: _Year) -> list[Bar]:
    """The days on which an officer who stands here is away, as far as he stands here then."""
    found = []
    for stay in [*row.here, *row.coming]:
        for gone in leave.get(stay.seat.person_id, []):
            if overlap(gone.days, stay.days) and overlap(gone.days, year):
                x = year.at(max(gone.days.lower or year.begins, _begins(stay)))
                end = year.at(min(gone.days.upper or year.ends, stay.days.upper or year.ends))
                found.append(Bar(f"leave {gone.kind}", x, round(max(end - x, 0.3), 2)))
    return found


def _marks(papers: list[PaperRow], year: _Year) -> list[Mark]:
    """Last days of papers in this year, those within a hand's breadth as one mark."""
    found: list[Mark] = []
    for row in papers:
        if not year.begins <= row.paper.expires < year.ends:
            continue
        x, letter = year.at(row.paper.expires), letter_of(row.paper.kind)
        kind = "burn" if row.warning is not None and row.warning <= 7 else "due" if row.warning else ""
        if found and x - found[-1].x < NEAR:
            last = found.pop()
            found.append(Mark(last.x, f"{last.letters} {letter}", last.kind or kind))
        else:
            found.append(Mark(x, letter, kind))
    return found


def letter_of(kind: str) -> str:
    """The letter by which the picture names a paper; its legend says what it is."""
    letters = {"visa": pgettext("mark of a visa", "V"), "accreditation": pgettext("mark of an accreditation", "A")}
    return letters.get(kind, pgettext("mark of a lease", "L"))


def _mission(row: MissionRow, year: _Year, today: datetime.date) -> MissionLane:
    x, end = year.at(row.begins), year.at(row.last + datetime.timedelta(days=1))
    kind = "here" if row.state.state in (MissionState.State.ABROAD, MissionState.State.BACK) else "next"
    said = _("%(n)s of %(of)s officers") % {"n": len(row.members), "of": row.mission.team}
    # A mission is short beside a year: its words stand after its bar, or before it at the end of the year.
    after = max(end, year.at(today) if x <= year.at(today) else 0) + PAD
    at = after if after + len(said) * LETTER <= FULL else max(0, x - PAD - len(said) * LETTER)
    bar = Bar(kind, x, round(max(end - x, 0.4), 2), said, round(at, 2))
    return MissionLane(row.place or country(row.mission.country), bar)


def _begins(posting: Posting) -> datetime.date:
    return posting.days.lower or datetime.date.min


def _posting(posting: Posting, kind: str, year: _Year, clear: datetime.date) -> Bar:
    """A posting; its words begin at the clear day (today's line, the end of the one before), if they fit there."""
    x, end = year.at(_begins(posting)), year.at(posting.days.upper or year.ends)
    from_x = max(x, year.at(clear)) + PAD
    last = last_day(posting.days)
    name = posting.seat.label
    longer = _("%(who)s, to %(month)s") % {"who": name, "month": written(last, "M Y")} if last else name
    places = ((longer, from_x), (name, from_x), (name, x + PAD))
    words, at = next(((said, at) for said, at in places if len(said) * LETTER <= end - at), ("", x))
    return Bar(kind, x, round(max(end - x, 0.4), 2), words, round(at, 2))


def _gap(gap: Gap, year: _Year) -> Bar:
    x, end = year.at(gap.begins), year.at(gap.ends)
    said = _("Gap %(n)s days") % {"n": gap.days} if gap.closed else _("Nobody named")
    short = _("%(n)s d") % {"n": gap.days} if gap.closed else ""
    if gap.left:
        said, short = _("Too few, %(n)s days") % {"n": gap.days}, _("too few")
    words = next((text for text in (said, short) if text and len(text) * LETTER <= end - x - PAD), "")
    return Bar("gap" if gap.soon else "later", x, round(max(end - x, 0.4), 2), words, round(x + PAD, 2))


def _said(lanes: list[Lane], year: _Year) -> str:
    """The picture in words, for those who hear it; the list below it holds the rest."""
    words = {"first": date_format(year.begins, "F Y"), "last": date_format(year.ends, "F Y")}
    gaps = [
        _("%(city)s from %(day)s") % {"city": lane.coverage.post.city, "day": day_words(gap.begins)}
        for lane in lanes
        for gap in lane.coverage.soon
    ]
    if not gaps:
        return _("Rota from %(first)s to %(last)s; no gap begins within 90 days.") % words
    return _("Rota from %(first)s to %(last)s; gaps: %(gaps)s.") % {**words, "gaps": "; ".join(gaps)}
