"""The military grid (MGRS) to degrees: UTM zones on WGS 84, bands C to X (NGA.STND.0037; Krüger series to n^3)."""

import re
from math import asin, atan, atan2, atanh, cos, cosh, degrees, floor, pi, sin, sinh, sqrt, tanh

_A, _F = 6378137.0, 1 / 298.257223563
_SCALE, _FALSE_EAST, _FALSE_NORTH = 0.9996, 500_000.0, 10_000_000.0
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_MGRS = re.compile(r"(\d{1,2})([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*((?:\d\s*){0,10})", re.IGNORECASE)


def utm_to_degrees(zone: int, easting: float, northing: float, south: bool) -> tuple[float, float]:
    """Latitude and longitude in degrees of a UTM point in metres, to a millimetre within the zone."""
    n = _F / (2 - _F)
    radius = _A / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    xi = (northing - (_FALSE_NORTH if south else 0)) / (_SCALE * radius)
    eta = (easting - _FALSE_EAST) / (_SCALE * radius)
    xi_0 = xi - sum(b * sin(2 * j * xi) * cosh(2 * j * eta) for j, b in enumerate(beta, 1))
    eta_0 = eta - sum(b * cos(2 * j * xi) * sinh(2 * j * eta) for j, b in enumerate(beta, 1))
    conformal = asin(sin(xi_0) / cosh(eta_0))
    eccentricity = sqrt(_F * (2 - _F))
    lat = conformal
    for _ in range(6):
        isometric = atanh(sin(conformal)) + eccentricity * atanh(eccentricity * sin(lat))
        lat = 2 * atan(tanh(isometric / 2))
    return degrees(lat), zone * 6 - 183 + degrees(atan2(sinh(eta_0), cos(xi_0)))


def _northing(row: int, zone: int, band: int, within: float) -> float:
    """The full northing: grid rows repeat every 2000 km, and the band says which turn is meant."""
    base = ((row - (0 if zone % 2 else 5)) % 20) * 100_000 + within
    lowest_lat = -80 + 8 * band
    # The meridian arc up to the band's lower edge, near enough to choose between turns of 2000 km.
    arc = lowest_lat * pi / 180 * 6_367_449.146 * _SCALE + (_FALSE_NORTH if band < 10 else 0)
    return base + 2_000_000 * max(0, floor((arc - 150_000 - base) / 2_000_000) + 1)


def parse_mgrs(text: str) -> tuple[float, float, int] | None:
    """The middle of the grid square that a text names and its side in metres; None when it names none."""
    found = _MGRS.fullmatch(text.strip())
    if not found:
        return None
    zone, band = int(found[1]), _BANDS.index(found[2].upper())
    digits = re.sub(r"\s", "", found[5])
    columns = _COLUMNS[(zone - 1) % 3]
    if not 1 <= zone <= 60 or len(digits) % 2 or found[3].upper() not in columns:
        return None
    half = len(digits) // 2
    side = 10 ** (5 - half)
    east = int(digits[:half] or 0) * side + side / 2
    north = int(digits[half:] or 0) * side + side / 2
    easting = (columns.index(found[3].upper()) + 1) * 100_000 + east
    northing = _northing(_ROWS.index(found[4].upper()), zone, band, north)
    lat, lon = utm_to_degrees(zone, easting, northing, band < 10)
    return lat, lon, side
