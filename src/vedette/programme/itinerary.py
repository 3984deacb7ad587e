"""Whether a team has a way there, a bed every night, and a way back. Plain judgement over rows."""

import datetime
import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vedette.programme.models import Leg

DAY = datetime.timedelta(days=1)
# A night is had where one is at three in the morning of the next day, in the time of the place.
NIGHT = datetime.time(3)


@dataclass(frozen=True)
class Itinerary:
    """The legs of a mission in their order, and the nights (by the day they begin) for which there is no bed."""

    legs: Sequence[Leg] = ()
    bedless: list[datetime.date] = field(default_factory=list)

    @property
    def nights(self) -> list[tuple[datetime.date, datetime.date]]:
        """The nights without a bed as spans, first and last night."""
        spans: list[tuple[datetime.date, datetime.date]] = []
        for night in self.bedless:
            if spans and night - spans[-1][1] == DAY:
                spans[-1] = (spans[-1][0], night)
            else:
                spans.append((night, night))
        return spans


def itinerary(legs: Iterable[Leg], first: datetime.date, last: datetime.date, zone: str) -> Itinerary:
    """The itinerary of a mission from its first day to its last; a night on the way needs no bed. Empty while nothing is entered."""
    held = sorted(legs, key=lambda leg: (leg.begins, leg.ends))
    if not held:
        return Itinerary()
    place = zoneinfo.ZoneInfo(zone)
    days = (first + number * DAY for number in range((last - first).days))
    moments = ((day, datetime.datetime.combine(day + DAY, NIGHT, place)) for day in days)
    return Itinerary(held, [day for day, at in moments if not any(leg.begins <= at <= leg.ends for leg in held)])
