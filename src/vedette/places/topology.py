"""Reads TopoJSON and cuts its shapes at the 180th meridian; longitudes and latitudes in degrees, pure functions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Line = list[Point]
Polygon = list[Line]


@dataclass(frozen=True)
class Shape:
    """One named shape with its polygons or its lines."""

    id: str
    name: str
    polygons: list[Polygon]
    lines: list[Line]


class Topology:
    """A TopoJSON document whose arcs are decoded once (TopoJSON format specification, section 2.1.4)."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._objects = document["objects"]
        (kx, ky), (dx, dy) = document["transform"]["scale"], document["transform"]["translate"]
        self._arcs: list[Line] = []
        for arc in document["arcs"]:
            x = y = 0
            line: Line = []
            for step in arc:
                x, y = x + step[0], y + step[1]
                line.append((x * kx + dx, y * ky + dy))
            self._arcs.append(line)

    def _join(self, indexes: list[int]) -> Line:
        """The arcs one after another; a negative index is an arc walked backwards."""
        joined: Line = []
        for index in indexes:
            arc = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
            joined.extend(arc[1:] if joined else arc)
        return joined

    def shapes(self, name: str) -> Iterator[Shape]:
        """Every shape of one object, in the document's order."""
        for geometry in self._objects[name]["geometries"]:
            kind, arcs = geometry.get("type"), geometry.get("arcs", [])
            polygons: list[Polygon] = []
            lines: list[Line] = []
            if kind in ("Polygon", "MultiPolygon"):
                nested = [arcs] if kind == "Polygon" else arcs
                polygons = [[self._join(ring) for ring in polygon] for polygon in nested]
            elif kind in ("LineString", "MultiLineString"):
                lines = [self._join(line) for line in ([arcs] if kind == "LineString" else arcs)]
            properties = geometry.get("properties") or {}
            yield Shape(str(geometry.get("id", "")), str(properties.get("name", "")), polygons, lines)

    def shared_lines(self, name: str) -> list[Line]:
        """The lines between two shapes of one object: land borders without the coast."""
        seen: Counter[int] = Counter()
        for geometry in self._objects[name]["geometries"]:
            nested = geometry.get("arcs", [])
            polygons = [nested] if geometry.get("type") == "Polygon" else nested
            used = {index if index >= 0 else ~index for polygon in polygons for ring in polygon for index in ring}
            seen.update(used)
        return [self._arcs[index] for index in sorted(seen) if seen[index] > 1]


def _unwrap(line: Line) -> Line:
    """The line with longitudes that go on past 180 instead of jumping to the other side."""
    turned, shift = [line[0]], 0.0
    for (before, _), (x, y) in pairwise(line):
        if x - before > 180:
            shift -= 360
        elif before - x > 180:
            shift += 360
        turned.append((x + shift, y))
    return turned


def _round_the_pole(ring: Line) -> Line:
    """A ring that goes once round the globe is closed along the pole it encloses."""
    pole = -90.0 if sum(y for _, y in ring) < 0 else 90.0
    return [*ring, (ring[-1][0], pole), (ring[0][0], pole), ring[0]]


def _clip(ring: Line, edge: float, keep_east: bool) -> Line:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    kept: Line = []
    for (ax, ay), (bx, by) in pairwise(ring):
        inside_a, inside_b = (ax >= edge, bx >= edge) if keep_east else (ax <= edge, bx <= edge)
        if inside_a:
            kept.append((ax, ay))
        if inside_a != inside_b:
            kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
    if kept and kept[0] != kept[-1]:
        kept.append(kept[0])
    return kept if len(kept) > 3 else []


def cut_at_antimeridian(polygon: Polygon) -> list[Polygon]:
    """The polygon in pieces that each lie between -180 and 180, so that none streaks across a flat map."""
    outer = _unwrap(polygon[0])
    if abs(outer[-1][0] - outer[0][0]) > 180:
        outer = _round_the_pole(outer)
    rings = [outer]
    middle = sum(x for x, _ in outer) / len(outer)
    for hole in map(_unwrap, polygon[1:]):
        turns = round((middle - hole[0][0]) / 360) * 360
        rings.append([(x + turns, y) for x, y in hole])
    low, high = min(x for x, _ in outer), max(x for x, _ in outer)
    if low >= -180 and high <= 180:
        return [rings]
    pieces: list[Polygon] = []
    for turn in (-360, 0, 360):
        window = [_clip(_clip(ring, turn - 180, True), turn + 180, False) for ring in rings]
        if window[0]:
            pieces.append([[(x - turn, y) for x, y in ring] for ring in window if ring])
    return pieces


def cut_line_at_antimeridian(line: Line) -> list[Line]:
    """The line in pieces that end at the 180th meridian instead of running back over the whole map."""
    pieces: list[Line] = [[line[0]]]
    for (ax, ay), (bx, by) in pairwise(line):
        if abs(bx - ax) > 180:
            side = 180.0 if ax > 0 else -180.0
            across = bx + (360 if ax > 0 else -360)
            y = ay + (by - ay) * (side - ax) / (across - ax) if across != ax else ay
            pieces[-1].append((side, y))
            pieces.append([(-side, y)])
        pieces[-1].append((bx, by))
    return [piece for piece in pieces if len(piece) > 1]


def smooth(line: Line, times: int = 2) -> Line:
    """The line with its corners cut (Chaikin 1974), ends kept: coarse rivers bend instead of stepping."""
    for _ in range(times):
        rounded = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            rounded += [(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by), (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by)]
        line = [*rounded, line[-1]]
    return line
