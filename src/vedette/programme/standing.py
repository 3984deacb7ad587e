"""Where somebody stands at a moment: by the day at the place, which is not everywhere the same."""

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange

Place = TypeVar("Place")
DAY = datetime.timedelta(days=1)


def near(moment: datetime.datetime) -> DateRange:
    """The days that it may be somewhere at a moment, the last one included."""
    return DateRange(moment.date() - DAY, moment.date() + DAY, "[]")


def then_and_now(written_at: datetime.datetime | None) -> list[datetime.datetime | None]:
    """The moments that decide from where something comes: when it was written, before the one at which it is handed in."""
    return [written_at, None] if written_at else [None]


def stands_at(moment: datetime.datetime, stays: Iterable[tuple[Place, str, Any]]) -> Place | None:
    """Of stays (the place, its zone, the days) in their order the one in whose days the moment lies by its own zone.

    Where two meet, the one he has not left yet; where it lies in the days of none, the one of the day in UTC.
    """
    rows = list(stays)
    here = (place for place, zone, days in rows if moment.astimezone(zoneinfo.ZoneInfo(zone)).date() in days)
    between = (place for place, _zone, days in rows if moment.date() in days)
    return next(here, None) or next(between, None)
