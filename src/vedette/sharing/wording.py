"""Paragraphs drafted from facts, in the house's own words by audience; each says which reports it rests on.

What a version may hold (see the agreements' clauses): police and federal: places, times, figures, method; never a host's
words, officers or methods of work. Sector: kinds of places, class of method, advice; never a person, host, method or staffing.
"""

import datetime
import uuid
from dataclasses import dataclass

from vedette.agencies.models import Agency
from vedette.sharing import phrases
from vedette.sharing.basis import Ground, Stated
from vedette.sharing.models import Paragraph, Release

Version = Release.Version
MOST_PLACES = 10


@dataclass(frozen=True)
class Drafted:
    """A paragraph before it is stored: its topic, our words, the sheets under it."""

    topic: str
    text: str
    sheets: frozenset[uuid.UUID] = frozenset()
    origin: str = Paragraph.Origin.FACT


@dataclass(frozen=True)
class Scene:
    """What every sentence needs: the ground it stands on, the home agency, whose eyes it is for."""

    ground: Ground
    home: Agency
    version: str

    @property
    def city(self) -> str:
        """Where it happened."""
        return self.ground.incident.city or "the place of the event"

    @property
    def home_city(self) -> str:
        """Our own city."""
        return self.home.city or self.home.name

    def clock(self, moment: datetime.datetime) -> str:
        """A moment there and at home."""
        return phrases.times(moment, self.ground.incident.zone, self.city, self.home.zone, self.home_city)

    def values(self, kind: str) -> list[Stated]:
        """What stands for a kind, denied statements left out."""
        return [one for one in self.ground.stated.get(kind, []) if one.qualifier != "denied"]


def draft(ground: Ground, home: Agency, version: str) -> tuple[str, list[Drafted]]:
    """The title and the paragraphs of a version, in the order in which they are read."""
    scene = Scene(ground, home, version)
    parts = [_sector_happening, _nexus, _ask] if version == Version.SECTOR else FULL
    drafted = [found for part in parts for found in [part(scene)] if found is not None]
    return _title(scene), drafted


def _title(scene: Scene) -> str:
    methods = scene.values("method")
    if scene.version == Version.SECTOR:
        return (
            f"{scene.city}: advice to members" if methods or scene.ground.usable else f"{scene.city}: note to members"
        )
    said = phrases.known(phrases.METHODS, [one.value for one in methods])
    return f"{scene.city}: {phrases.listed(said)} reported" if said else f"{scene.city}: an event our post reports"


def _sites(scene: Scene) -> list[tuple[str, datetime.datetime, uuid.UUID]]:
    """Named places of usable reports where something happened, each once, in order of time."""
    known = {row.report.pk for row in scene.ground.usable}
    found: dict[str, tuple[str, datetime.datetime, uuid.UUID]] = {}
    for site in scene.ground.picture.sites:
        if site.row.report.pk in known and site.name and not site.doubtful:
            found.setdefault(site.name.casefold(), (site.name, site.at, site.row.report.pk))
    return list(found.values())


def _happening(scene: Scene) -> Drafted | None:
    """What happened, since when, in how many places."""
    rows = scene.ground.usable
    if not rows:
        return None
    sites, methods = _sites(scene), scene.values("method")
    began = min((at for _name, at, _key in sites), default=scene.ground.incident.began_at)
    said = phrases.known(phrases.METHODS, [one.value for one in methods])
    what = f"attacks by {phrases.listed(said)} are reported" if said else "an event is reported"
    where = f"{phrases.number(len(sites))} places in and around {scene.city}" if len(sites) > 1 else scene.city
    text = f"Since {scene.clock(began)} on {phrases.day(began, scene.ground.incident.zone)}, {what} in {where}."
    sheets = {key for _name, _at, key in sites} | {key for one in methods for key in one.sheets}
    return Drafted("what", text, frozenset(sheets or {rows[0].report.pk}))


def _places(scene: Scene) -> Drafted | None:
    """Which places, in order of time."""
    sites = _sites(scene)[:MOST_PLACES]
    if not sites:
        return None
    zone = scene.ground.incident.zone
    named = [f"{name} ({phrases.times(at, zone, '', zone, '')})" for name, at, _key in sites]
    text = f"Places so far, in order of time, {scene.city} time: {'; '.join(named)}."
    return Drafted("where", text, frozenset(key for _name, _at, key in sites))


def _figure(values: list[Stated]) -> str:
    """What is said of a figure at one place: the one a person chose, or what one report says, or that reports differ."""
    chosen = [one for one in values if one.chosen]
    heard = sorted({one.number or 0 for one in values} | {number for one in values for number in one.others})
    if chosen:
        best = max(chosen, key=lambda one: (one.sure in ("confirmed", "probable"), one.number or 0))
        others = [number for number in heard if number != best.number]
        said = f"{phrases.bounded(best.number or 0, best.qualifier)}, {phrases.SURE[best.sure]}"
        return said + (f" (also heard: {phrases.figures(others)})" if others else "")
    sheets = len(frozenset().union(*(one.told for one in values)))
    if len(heard) > 1:
        differ = phrases.SOURCES["both" if sheets == 1 else "differ"].replace("{figures}", phrases.figures(heard))
        return f"{differ}, {phrases.SURE['none']}"
    source = phrases.SOURCES["one" if sheets == 1 else "several"].replace("{n}", phrases.number(sheets))
    return f"{phrases.bounded(heard[0], values[0].qualifier)}, {source}, {phrases.SURE['open']}"


def _figures(scene: Scene, kind: str) -> list[str]:
    """Each place's figure by itself, never added up; a figure of the whole only where a person chose it as that."""
    values = [one for one in scene.values(kind) if one.number is not None and one.of_victims]
    whole = [one for one in values if one.whole(scene.ground.incident)]
    by_place: dict[str, list[Stated]] = {}
    for one in values:
        if one not in whole:
            # What a person chose is of what he chose it for; what nobody chose is of the place of its report.
            by_place.setdefault(one.subject if one.chosen else one.place, []).append(one)
    name = phrases.COUNTS[kind]
    said = [f"{name} {phrases.FIGURES['whole']}: {_figure(whole)}"] if whole else []
    said += [
        f"{name} {phrases.FIGURES['place'].replace('{place}', place) if place else phrases.FIGURES['nowhere']}: {_figure(own)}"
        for place, own in by_place.items()
    ]
    return said


def _counts(scene: Scene) -> Drafted | None:
    """How many, where, how sure, by how many reports: what is one place's is said of that place alone."""
    kinds = ("killed", "wounded", "hostages", "attackers")
    said = {kind: _figures(scene, kind) for kind in kinds}
    if not any(said.values()):
        return None
    text = "; ".join(line for lines in said.values() for line in lines)
    text = f"{text[0].upper()}{text[1:]}."
    if any(len(lines) > 1 for lines in said.values()):
        text += f" {phrases.FIGURES['apart']}"
    under = [one for kind in kinds for one in scene.values(kind) if one.number is not None and one.of_victims]
    return Drafted("counts", text, frozenset().union(*(one.sheets | one.told for one in under)))


def _means(scene: Scene) -> Drafted | None:
    """With what, in our words for it."""
    weapons = [one for one in scene.values("weapon") if one.value in phrases.WEAPONS]
    if not weapons:
        return None
    said = phrases.listed(phrases.known(phrases.WEAPONS, [one.value for one in weapons]))
    return Drafted("means", f"Means reported: {said}.", frozenset(key for one in weapons for key in one.sheets))


def _status(scene: Scene) -> Drafted | None:
    """How it stands now; what cannot be true at once stands side by side, each with its place, its reports and its time."""
    values = [one for one in scene.values("status") if one.value in phrases.STATUS]
    if not values:
        return None
    standing = sorted((one for one in values if one.value in phrases.EXCLUSIVE), key=_newest_first)
    rest = phrases.known(phrases.STATUS, [one.value for one in values if one.value not in phrases.EXCLUSIVE])
    said = _standing(scene, standing)
    if rest:
        said.append(phrases.listed(rest))
    text = f"As of {scene.clock(scene.ground.picture.moment)}: {'; '.join(said)}."
    return Drafted("status", text, frozenset(key for one in values for key in one.sheets))


def _newest_first(one: Stated) -> tuple[bool, float, str]:
    """What a person chose first, then the newest, then the most credible."""
    return not one.chosen, -(one.at.timestamp() if one.at else 0.0), one.credibility


def _standing(scene: Scene, standing: list[Stated]) -> list[str]:
    """One way in which it stands, plainly; several, each by itself under a word that says that they differ."""
    if len({one.value for one in standing}) < 2:
        places = {one.place for one in standing}
        where = phrases.at(places.pop()) if len(places) == 1 else ""
        return [f"{phrases.STATUS[standing[0].value]}{where}"] if standing else []
    ways: dict[str, set[str]] = {}
    for one in standing:
        ways.setdefault(one.place, set()).add(one.value)
    differ = any(len(found) > 1 for found in ways.values())
    zone = scene.ground.incident.zone
    told = []
    for one in standing:
        count = len(one.sheets)
        by = phrases.STANDING["one" if count == 1 else "several"].replace("{n}", phrases.number(count))
        at = phrases.moment(one.at, scene.ground.picture.moment, zone) if one.at else ""
        chosen = phrases.STANDING["chosen"] if one.chosen and differ else ""
        under = ", ".join(part for part in (at, by, chosen) if part)
        told.append(f"{phrases.STATUS[one.value]}{phrases.at(one.place)} ({under})")
    return [f"{phrases.STANDING['differ' if differ else 'by_place']}: {'; '.join(told)}"]


def _nexus(scene: Scene) -> Drafted | None:
    """The home nexus in our own words, from how many posts."""
    rows = [row for row in scene.ground.usable if row.report.nexus]
    if not rows:
        return None
    strongest = next(
        status for status in ("confirmed", "possible", "none-known") if status in {r.report.nexus for r in rows}
    )
    said = {
        "confirmed": f"A link to {scene.home_city} is stated; what it is will follow to those who need it.",
        "possible": f"A link to {scene.home_city} is possible and is being looked into.",
        "none-known": f"No link to {scene.home_city} is known.",
    }[strongest]
    posts = len({row.report.post_id for row in rows})
    if scene.version != Version.SECTOR:
        said += f" {phrases.number(posts).capitalize()} {'post has' if posts == 1 else 'posts have'} reported on it."
    return Drafted("nexus", said, frozenset(row.report.pk for row in rows if row.report.nexus == strongest))


def _refuted(scene: Scene) -> Drafted | None:
    """What was reported and is not borne out."""
    rows = [
        row
        for row in scene.ground.withdrawn
        if row.report.place_name and not row.report.sheet.access_class.named_subject
    ]
    if not rows:
        return None
    names = list(dict.fromkeys(row.report.place_name for row in rows))
    rests = frozenset(row.report.sheet.replaced_by_id for row in rows if row.report.sheet.replaced_by_id)
    text = f"Not borne out, and withdrawn by those who reported it: what was said of {phrases.listed(names)}. Do not act on it."
    return Drafted("refuted", text, rests, Paragraph.Origin.OWN if not rests else Paragraph.Origin.FACT)


def _sources(scene: Scene) -> Drafted | None:
    """For the federal side: how many reports and roots, and the kinds of source where no host's leave is needed."""
    if scene.version != Version.FEDERAL or not scene.ground.usable:
        return None
    rows = scene.ground.usable
    free = [
        row for row in rows if "H2" not in row.report.sheet.codes and row.report.sheet.originator_id == scene.home.id
    ]
    kinds = sorted({row.report.source.kind.replace("-", " ") for row in free if row.report.source.kind != "unknown"})
    roots = scene.ground.picture.roots
    reports = f"{phrases.number(len(rows))} report{'' if len(rows) == 1 else 's'}"
    text = f"It rests on {reports} with {phrases.number(roots)} independent root{'' if roots == 1 else 's'}"
    text += f"; kinds of source that need no host's leave: {phrases.listed(kinds)}." if kinds else "."
    return Drafted("sources", text, frozenset(row.report.pk for row in rows))


def _ask(scene: Scene) -> Drafted | None:
    """What we ask of the reader."""
    text = phrases.ASKS[scene.version].replace("{home}", scene.home_city)
    return Drafted("ask", text, frozenset(), Paragraph.Origin.OWN)


def _sector_happening(scene: Scene) -> Drafted | None:
    """For members: kinds of places and class of method only."""
    rows = scene.ground.usable
    if not rows:
        return None
    sites, methods = _sites(scene), scene.values("method")
    kinds = phrases.place_types(name for name, _at, _key in sites)
    means = phrases.known(phrases.CLASSES, [one.value for one in methods])
    began = min((at for _name, at, _key in sites), default=scene.ground.incident.began_at)
    what = f"an attack with {phrases.listed(means)} is reported" if means else "an event is reported"
    where = f" Kinds of places touched: {phrases.listed(kinds)}." if kinds else ""
    text = f"Since {scene.clock(began)} on {phrases.day(began, scene.ground.incident.zone)}, {what} in {scene.city}.{where}"
    sheets = {key for _name, _at, key in sites} | {key for one in methods for key in one.sheets}
    return Drafted("what", text, frozenset(sheets or {rows[0].report.pk}))


FULL = (_happening, _places, _counts, _means, _status, _nexus, _sources, _refuted, _ask)
