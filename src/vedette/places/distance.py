"""Distances and directions on the mean sphere of the earth (radius 6371.0088 km): within 0.5 % of the ellipsoid."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0088
KM_A_DEGREE = 111.195
Point = tuple[float, float]
_WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def distance_km(a: Point, b: Point) -> float:
    """The great-circle distance in kilometres between two points given as (latitude, longitude) in degrees."""
    north, east = radians(b[0] - a[0]), radians(b[1] - a[1])
    chord = sin(north / 2) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def bearing(a: Point, b: Point) -> float:
    """The direction in which one leaves `a` for `b`, in degrees from north, clockwise, 0 to under 360."""
    lat_a, lat_b, east = radians(a[0]), radians(b[0]), radians(b[1] - a[1])
    y, x = sin(east) * cos(lat_b), cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(east)
    return degrees(atan2(y, x)) % 360


def wind(direction: float) -> str:
    """The nearest of the eight winds (`N`, `NE`, ...) to a direction in degrees."""
    return _WINDS[round(direction / 45) % 8]
