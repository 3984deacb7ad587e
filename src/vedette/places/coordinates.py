"""Reading coordinates as people write them, latitude first; every refusal says what to write instead."""

import re
from dataclasses import dataclass
from math import cos, radians

from vedette.kit.errors import Refused
from vedette.places import grid

METRES_A_DEGREE = 111_195.0
_MARKS = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "ʹ": "'", "″": '"', "”": '"', "“": '"', "º": "°", "˚": "°", "−": "-", "–": "-"}
)  # fmt: skip
_NUMBER = r"\d+(?:\.\d+)?"
_ANGLE = re.compile(
    rf"""\s*(?P<before>[NSEW])?\s*(?P<sign>[+-])?\s*(?P<deg>{_NUMBER})\s*(?:°|d(?=\s|\d))?
    (?:\s*(?P<min>{_NUMBER})\s*')?(?:\s*(?P<sec>{_NUMBER})\s*(?:"|''))?(?(before)|(?:\s*(?P<after>[NSEW])(?![A-Z]))?)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_SPACED = re.compile(rf"(\d+)\s+(\d+)(?:\s+({_NUMBER}))?(?=\s*[NSEW])", re.IGNORECASE)
_EXAMPLE = "Write latitude, then longitude: 48.863, 2.3706 or 48°51'47\"N 2°22'14\"E."


@dataclass(frozen=True)
class Coordinate:
    """A point in WGS 84 degrees and the size in metres of the last digit that was written."""

    lat: float
    lon: float
    precision_m: int


@dataclass(frozen=True)
class _Angle:
    value: float
    step: float
    letter: str


def _refuse(reason: str, way_out: str = _EXAMPLE) -> Refused:
    return Refused("coordinates", reason, way_out)


def _step(number: str) -> float:
    """The size of a number's last digit."""
    return float(10 ** -len(number.partition(".")[2]))


def _angle(found: re.Match[str]) -> _Angle:
    """One angle with its letter; minutes and seconds of 60 or more are refused."""
    whole, minutes, seconds = found["deg"], found["min"], found["sec"]
    if (minutes and float(minutes) >= 60) or (seconds and float(seconds) >= 60):
        raise _refuse("Minutes and seconds run from 0 to 59.")
    if (minutes or seconds) and "." in whole:
        raise _refuse("The degrees have a fraction and minutes as well.")
    value = float(whole) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    step = _step(seconds) / 3600 if seconds else _step(minutes) / 60 if minutes else _step(whole)
    letters = {letter.upper() for letter in (found["before"], found["after"]) if letter}
    if len(letters) > 1:
        raise _refuse("One angle carries two letters of the compass.")
    letter = letters.pop() if letters else ""
    if letter and found["sign"] == "-":
        raise _refuse(f"A minus and the letter {letter} say the same thing twice or contradict each other.")
    return _Angle(-value if found["sign"] == "-" or letter in ("S", "W") else value, step, letter)


def _angles(text: str) -> tuple[_Angle, _Angle]:
    """The two angles of a text, in the order written."""
    first = _ANGLE.match(text)
    if not first or first.end() == 0:
        raise _refuse("No coordinates were recognised.")
    rest = re.sub(r"^\s*[,;/]\s*", " ", text[first.end() :])
    second = _ANGLE.fullmatch(rest)
    if not second:
        raise _refuse(
            "Two angles are needed, a latitude and a longitude."
            if not rest.strip()
            else f"“{rest.strip()}” is not an angle."
        )
    return _angle(first), _angle(second)


def _decimal_points(text: str) -> str:
    """Decimal commas as points where that is the only way to read them: `48,863; 2,3706`, `48,863 2,3706`."""
    if "." in text or not re.fullmatch(r"[^,]*\d,\d+[^,]*[;/\s][^,]*\d,\d+[^,]*", text):
        return text
    return re.sub(r"(\d),(\d)", r"\1.\2", text)


def _marked(text: str) -> str:
    """Degrees, minutes and seconds written with spaces only, before a letter of the compass, with their marks."""
    if any(mark in text for mark in "°'\""):
        return text
    return _SPACED.sub(lambda found: f"{found[1]}°{found[2]}'" + (f'{found[3]}"' if found[3] else ""), text)


def _ordered(first: _Angle, second: _Angle) -> tuple[_Angle, _Angle]:
    """Latitude and longitude: by their letters, else in the order written."""
    if first.letter in ("E", "W") or second.letter in ("N", "S"):
        first, second = second, first
    if first.letter in ("E", "W") or second.letter in ("N", "S"):
        raise _refuse("Both angles are of the same kind.")
    return first, second


def _checked(lat: _Angle, lon: _Angle) -> None:
    """Refuses what is off the earth, and says so when the two look swapped."""
    if abs(lat.value) > 90 and abs(lon.value) <= 90 and abs(lat.value) <= 180 and not lat.letter:
        raise _refuse(
            f"Latitude {lat.value:g} lies outside -90 to 90; the two look swapped.",
            f"Write latitude first: {lon.value:g}, {lat.value:g}.",
        )
    if abs(lat.value) > 90:
        raise _refuse(f"Latitude {lat.value:g} lies outside -90 to 90.")
    if abs(lon.value) > 180:
        raise _refuse(f"Longitude {lon.value:g} lies outside -180 to 180.")


def parse_coordinates(text: str) -> Coordinate:
    """The point that a text names: decimal degrees, degrees with minutes and seconds, `geo:` (RFC 5870) or MGRS.

    Raises Refused("coordinates") with the reason and what to write instead.
    """
    plain = text.translate(_MARKS).strip()
    uncertain = re.fullmatch(r"geo:([^;]+)(?:;.*?\bu=(\d+(?:\.\d+)?))?.*", plain, re.IGNORECASE)
    if uncertain:
        plain = ",".join(uncertain[1].split(",")[:2])
    if not plain:
        raise _refuse("No coordinates were given.")
    square = grid.parse_mgrs(plain)
    if square:
        return Coordinate(round(square[0], 6), round(square[1], 6), square[2])
    lat, lon = _ordered(*_angles(_marked(_decimal_points(plain))))
    _checked(lat, lon)
    size = max(lat.step, lon.step * cos(radians(lat.value))) * METRES_A_DEGREE
    if uncertain and uncertain[2]:
        size = float(uncertain[2])
    return Coordinate(round(lat.value, 6), round(lon.value, 6), max(1, round(size)))
