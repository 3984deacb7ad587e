"""Calendar files (RFC 5545): days as DATE, moments in UTC, lines folded at 75 octets, the same UID for the same thing."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)
OCTETS = 75
# A calendar holds at least one component; one without events says its time zone.
NOTHING = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One entry: whole days (the last one included) or a moment with its zone, and what stands beside it."""

    uid: str
    title: str
    begins: datetime.date
    last: datetime.date | None = None
    place: str = ""
    note: str = ""
    busy: bool = False


def calendar(name: str, events: Iterable[Event], at: datetime.datetime) -> bytes:
    """A calendar file as it stood at a moment."""
    body = [line for event in events for line in _event(event, at)] or NOTHING
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vedette//Programme//EN", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}", *body, "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(event: Event, at: datetime.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@vedette"
    yield f"DTSTAMP:{_moment(at)}"
    if isinstance(event.begins, datetime.datetime):
        yield f"DTSTART:{_moment(event.begins)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.begins:%Y%m%d}"
        # The end of days is the first day after them.
        yield f"DTEND;VALUE=DATE:{(event.last or event.begins) + DAY:%Y%m%d}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.note:
        yield f"DESCRIPTION:{_text(event.note)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:OPAQUE" if event.busy else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(at: datetime.datetime) -> str:
    return f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A text value: backslash, semicolon, comma and line ends escaped, control characters dropped."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(mark for mark in plain if mark in "\n\t" or mark.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each but the first begun by a space; no character is cut in two."""
    piece, room = b"", OCTETS
    for mark in line:
        octets = mark.encode()
        if len(piece) + len(octets) > room:
            yield piece.decode()
            piece, room = b" ", OCTETS
        piece += octets
    yield piece.decode()
