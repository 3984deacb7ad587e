"""What may be typed of levels, days and numbers; each refusal names the field."""

import datetime
import zoneinfo
from decimal import Decimal, InvalidOperation

from django.db.backends.postgresql.psycopg_any import DateRange

from vedette.kit.errors import Refused

DAY = datetime.timedelta(days=1)
# The scale of the Interagency Language Roundtable: 0 to 5, with a plus between two levels written as a half.
LEVELS = tuple(Decimal(half) / 2 for half in range(11))
MOST_DAYS = 730
MOST_SEATS = 60


def ilr(field: str, value: Decimal | float | str | None) -> Decimal:
    """A level of the scale; Refused for what is none."""
    try:
        level = Decimal(str(value))
    except InvalidOperation:
        level = Decimal(-1)
    if not level.is_finite() or level not in LEVELS:
        raise Refused(field, f"{value} is no level of the ILR scale.", "Give 0 to 5 in steps of a half: 2+ is 2.5.")
    return level.quantize(Decimal("0.1"))


def counted(field: str, value: int, most: int = MOST_SEATS, least: int = 1) -> int:
    """A whole number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refused(field, f"{value} is not a number from {least} to {most}.", "Give the number as it is.")
    return value


def span(field: str, first: datetime.date, last: datetime.date, most: int = MOST_DAYS) -> DateRange:
    """Days from the first to the last one, both included."""
    if last < first:
        raise Refused(field, "The last day lies before the first.", "Give the days in their order.")
    if (last - first).days >= most:
        raise Refused(field, f"That is longer than {most} days.", "Give a shorter time.")
    return DateRange(first, last + DAY)


def country_of(value: str) -> str:
    """A country in two letters."""
    code = value.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise Refused("country", f"“{value}” is no country.", "Give its two letters, such as FR.")
    return code


def zone_of(value: str) -> str:
    """A time zone by its name in the database of zones."""
    if value not in zoneinfo.available_timezones():
        raise Refused("zone", f"“{value}” is no time zone.", "Give one such as Europe/Paris.")
    return value
