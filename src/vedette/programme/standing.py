"""Where somebody stands at a moment: by the day at the place, which is not everywhere the same."""

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any, TypeVar

Place = TypeVar("Place")
DAY = datetime.timedelta(days=1)


def near(moment: datetime.datetime) -> tuple[datetime.date, datetime.date]:
    """The days that it may be somewhere at a moment, the last one included."""
    return moment.date() - DAY, moment.date() + DAY


def stands_at(moment: datetime.datetime, stays: Iterable[tuple[Place, str, Any]]) -> Place | None:
    """Of stays (the place, its zone, the days) in their order the one in whose days the moment lies by its own zone.

    Where two meet, the one he has not left yet; in the hours that lie between two, the one of the day in UTC.
    """
    rows = list(stays)
    here = (place for place, zone, days in rows if moment.astimezone(zoneinfo.ZoneInfo(zone)).date() in days)
    between = (place for place, _zone, days in rows if moment.date() in days)
    return next(here, None) or next(between, None)
