"""The schematic of an incident's places: numbered dots in a frame, north up, with a scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vedette.incidents.picture import Site

WIDTH, HEIGHT, EDGE = 330.0, 150.0, 24.0


@dataclass(frozen=True)
class Dot:
    """A place in the frame."""

    x: float
    y: float
    number: int
    name: str


def dots_of(sites: Sequence[Site]) -> list[Dot]:
    """The places in the frame, to one scale in both directions."""
    if not sites:
        return []
    narrow = math.cos(math.radians(sites[0].lat))
    xs, ys = [site.lon * narrow for site in sites], [site.lat for site in sites]
    wide, high = max(xs) - min(xs) or 1e-6, max(ys) - min(ys) or 1e-6
    scale = min((WIDTH - 4 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return [
        Dot(round(left + (x - min(xs)) * scale, 1), round(top + (max(ys) - y) * scale, 1), site.number, site.name)
        for site, x, y in zip(sites, xs, ys, strict=True)
    ]
