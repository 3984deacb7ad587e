"""Where somebody was: a place in words, a point with its accuracy, or both."""

import math
from dataclasses import dataclass
from typing import Any

from vedette.kit.errors import Refused
from vedette.kit.text import clean_line

# Half the way round the earth: an accuracy beyond it says nothing.
WIDEST_M = 20_000_000


@dataclass(frozen=True)
class Position:
    """A place in words, and a point in degrees with the metres within which it lies; or that nothing could be found."""

    place: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_m: float | None = None
    unfound: bool = False

    @property
    def known(self) -> bool:
        """Whether it says anything."""
        return bool(self.place.strip()) or self.lat is not None or self.unfound


NOWHERE = Position()


def columns(position: Position, prefix: str = "", *, required: bool = False) -> dict[str, Any]:
    """The columns a position is kept in; Refused for a point that is none, or when one is required and none is given."""
    lat, lon = position.lat, position.lon
    if (lat is None) != (lon is None):
        raise Refused("lat", "A point has a latitude and a longitude.", "Give both, or none.")
    if lat is not None and lon is not None and not _on_earth(lat, lon):
        raise Refused("lat", "This point does not lie on the earth.", "Give degrees north up to 90, east up to 180.")
    words = clean_line("place", position.place, limit=200)
    if required and not words and lat is None and not position.unfound:
        raise Refused("place", "Nothing says where.", "Give a place, or let the phone say where it is.")
    return {
        f"{prefix}place": words,
        f"{prefix}lat": lat,
        f"{prefix}lon": lon,
        f"{prefix}precision_m": _metres(position.precision_m) if lat is not None else None,
    }


def _on_earth(lat: float, lon: float) -> bool:
    return math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180


def _metres(value: float | None) -> int | None:
    if value is None or not math.isfinite(value) or value < 0:
        return None
    return min(math.ceil(value), WIDEST_M)
