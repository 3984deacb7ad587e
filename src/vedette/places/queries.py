"""Reading the gazetteer: what a name may mean, what lies near a point, which zone and country it is in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, exp, log10, radians
from typing import Any

import tzfpy
from babel import Locale
from django.contrib.postgres.lookups import TrigramStrictWordSimilar
from django.contrib.postgres.search import TrigramStrictWordSimilarity
from django.db.models import F, Q, QuerySet, Value

from vedette.places.distance import KM_A_DEGREE, Point, bearing, distance_km, wind
from vedette.places.models import Area, Place
from vedette.places.names import SEPARATOR, fold

# How a name was found, and how much that weighs; population adds up to half a point, nearness up to half a point.
WEIGHTS = {"exact": 1.0, "prefix": 0.75, "word": 0.55, "similar": 0.5}
_CANDIDATES = 60
_LONGEST_CORRECTED = 16
_NEAR_KM = 500.0


@dataclass(frozen=True)
class Found:
    """A place that a text may mean: the name that matched, how (`exact`, `prefix`, `word`, `similar`), how well."""

    place: Place
    matched: str
    how: str
    score: float
    km: float | None


@dataclass(frozen=True)
class Near:
    """A place near a point: how many kilometres the point lies from it, and to which side (`NE`)."""

    place: Place
    km: float
    side: str


def _trigrams(text: str) -> set[str]:
    """The three-letter pieces of each word, as pg_trgm cuts them."""
    return {padded[i : i + 3] for word in text.split() for padded in [f"  {word} "] for i in range(len(padded) - 2)}


def _likeness(asked: str, name: str) -> float:
    """0 to 1: the share of three-letter pieces that two folded names have in common."""
    mine, theirs = _trigrams(asked), _trigrams(name)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _match(asked: str, place: Place) -> tuple[str, str, float]:
    """The name of the place that fits best, how it fits, and its weight."""
    best = (place.name, "similar", 0.0)
    for number, name in enumerate(place.names):
        key = fold(name)
        how = (
            "exact" if key == asked
            else "prefix" if key.startswith(asked)
            else "word" if f" {asked}" in key
            else "similar"
        )  # fmt: skip
        weight = WEIGHTS[how] * (_likeness(asked, key) if how == "similar" else 1) + (0.1 if number == 0 else 0)
        if weight > best[2]:
            best = (name, how, weight)
    return best


@lru_cache(maxsize=512)
def _country_keys(country: str) -> frozenset[str]:
    """A country's code and its name in the languages a desk is likely to type."""
    spoken = (Locale(language).territories.get(country, "") for language in ("en", "fr", "es", "de", "ar", "ru", "he"))
    return frozenset({fold(country), *map(fold, filter(None, spoken))})


def _in_region(place: Place, region: str) -> bool:
    """Whether what stands after the comma names the place's country or province."""
    return region in _country_keys(place.country) or fold(place.admin).startswith(region)


def _first(rows: QuerySet[Place], condition: Any) -> Iterable[Place]:
    return rows.filter(condition).order_by("-population", "id")[:_CANDIDATES]


def _one_letter_off(asked: str) -> str:
    """A regular expression for every whole name that differs from the asked one by one letter, more, fewer or other."""
    letters = [re.escape(letter) for letter in asked]
    ways = []
    for at in range(len(letters)):
        before, rest = "".join(letters[:at]), "".join(letters[at + 1 :])
        ways += [f"{before}[^|]?{rest}", f"{before}[^|]{letters[at]}{rest}"]
    return f"[|]({'|'.join(ways)})[|]"


def _candidates(asked: str, limit: int) -> dict[Any, Place]:
    """Places that may be meant: same name, then beginning of a name or of a word in it, then similar spelling."""
    rows = Place.objects.all()
    steps = (
        Q(search_key__contains=f"{SEPARATOR}{asked}{SEPARATOR}"),
        Q(search_key__contains=f"{SEPARATOR}{asked}"),
        Q(search_key__contains=f" {asked}"),
    )
    found: dict[Any, Place] = {}
    for number, step in enumerate(steps):
        if number < 2 or len(found) < limit:
            found.update((place.id, place) for place in _first(rows, step))
    if len(found) < limit and 3 < len(asked) <= _LONGEST_CORRECTED:
        found.update((place.id, place) for place in _first(rows, Q(search_key__regex=_one_letter_off(asked))))
    if len(found) < limit and len(asked) > 3:
        similar = rows.filter(TrigramStrictWordSimilar(F("search_key"), Value(asked)))
        likeness = TrigramStrictWordSimilarity(asked, "search_key")
        similar = similar.annotate(likeness=likeness).order_by("-likeness", "-population", "id")[:_CANDIDATES]
        found.update((place.id, place) for place in similar)
    return found


def find(text: str, near: Point | None = None, limit: int = 8) -> list[Found]:
    """The places a text may mean, likeliest first, in any script, without regard to case, accents and vowel points.

    A same name weighs more than a beginning, a beginning more than a similar spelling; then population, then nearness
    to `near` (latitude, longitude). What stands after a comma is a country or province: `Paris, Texas`.
    """
    head, _, tail = text.partition(",")
    asked, region = fold(head), fold(tail)
    if not asked:
        return []
    found = []
    for place in _candidates(asked, limit if not region else _CANDIDATES).values():
        matched, how, score = _match(asked, place)
        score += 0.5 * log10(place.population + 1) / 8
        km = distance_km(near, place.point) if near else None
        if km is not None:
            score += 0.5 * exp(-km / _NEAR_KM)
        if region and _in_region(place, region):
            score += 1
        found.append(Found(place, matched, how, round(score, 4), km))
    found.sort(key=lambda one: (-one.score, -one.place.population, one.place.name))
    return found[:limit]


def _box(lat: float, lon: float, km: float) -> Q:
    """Every place within a distance and some beyond it, across the 180th meridian and round the poles as well."""
    up = km / KM_A_DEGREE
    box = Q(lat__range=(lat - up, lat + up))
    if abs(lat) + up >= 89:
        return box
    side = up / cos(radians(abs(lat) + up))
    if side >= 180:
        return box
    west, east = lon - side, lon + side
    if west < -180:
        return box & (Q(lon__gte=west + 360) | Q(lon__lte=east))
    if east > 180:
        return box & (Q(lon__gte=west) | Q(lon__lte=east - 360))
    return box & Q(lon__range=(west, east))


def nearest(lat: float, lon: float, limit: int = 1, min_population: int = 0) -> list[Near]:
    """The named places nearest to a point, nearest first, with kilometres and the side on which the point lies."""
    for km in (25, 100, 400, 1600, 6400, 21000):
        rows = Place.objects.filter(_box(lat, lon, km), population__gte=min_population)
        within = [
            (distance_km((lat, lon), place.point), place)
            for place in rows.only("id", "name", "lat", "lon", "country", "admin", "zone", "population")
        ]
        within = sorted((pair for pair in within if pair[0] <= km), key=lambda pair: pair[0])
        if len(within) >= limit or km == 21000:
            return [Near(place, away, wind(bearing(place.point, (lat, lon)))) for away, place in within[:limit]]
    return []


def zone_at(lat: float, lon: float) -> str:
    """The IANA time zone at a point; at sea the nautical zone (`Etc/GMT+2`), and `Etc/UTC` where none is known."""
    return tzfpy.get_tz(lon, lat) or "Etc/UTC"


def _inside(lat: float, lon: float, ring: list[list[float]]) -> bool:
    """Whether a ring encloses a point: an odd number of its edges lies east of it."""
    odd = False
    ax, ay = ring[-1][:2]
    for bx, by in ring:
        if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
            odd = not odd
        ax, ay = bx, by
    return odd


def covers(area: Area, lat: float, lon: float) -> bool:
    """Whether an area's outline encloses a point; holes are outside."""
    if not (area.south <= lat <= area.north and area.west <= lon <= area.east):
        return False
    polygons = area.outline["coordinates"]
    return any(
        _inside(lat, lon, polygon[0]) and not any(_inside(lat, lon, hole) for hole in polygon[1:])
        for polygon in polygons
    )


def areas_at(lat: float, lon: float, kind: str = Area.Kind.COUNTRY) -> list[Area]:
    """The areas of one kind that enclose a point (Natural Earth 1:50m: a kilometre or two of doubt at a border)."""
    boxed = Area.objects.filter(kind=kind, south__lte=lat, north__gte=lat, west__lte=lon, east__gte=lon)
    return [area for area in boxed.order_by("name") if covers(area, lat, lon)]
