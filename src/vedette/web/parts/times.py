"""Times in words: place, home and age; what a clock has left, then how late it is."""

import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

MINUTE, HOUR, DAY = 60, 3600, 86400
TICKING_LATE = 10 * MINUTE
LONG_WAIT = 12 * HOUR
SOON = 15 * MINUTE
WEEK_DAYS = 6
# English writes a short month with a capital (M), other languages small (b): each names its own form.
FORMS = {
    "D": pgettext_lazy("form of a day", "D"),
    "M": pgettext_lazy("form of a day", "M"),
    "M Y": pgettext_lazy("form of a day", "M Y"),
    "j M": pgettext_lazy("form of a day", "j M"),
    "j M Y": pgettext_lazy("form of a day", "j M Y"),
    "D j M Y": pgettext_lazy("form of a day", "D j M Y"),
}


def zone_of(name: str | datetime.tzinfo | None) -> datetime.tzinfo:
    """The zone of an IANA name; UTC when the name is not known, because a wrong hour is worse than a plain one."""
    if isinstance(name, datetime.tzinfo):
        return name
    try:
        return ZoneInfo(name) if name else datetime.UTC
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.UTC


def city_of(zone: str) -> str:
    """A city for a zone that has none given: the last part of its name."""
    return zone.rsplit("/", 1)[-1].replace("_", " ") if zone else "UTC"


def iso(moment: datetime.datetime) -> str:
    """A moment for the `datetime` attribute, UTC, to the second."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(seconds: float) -> str:
    """A length of time: minutes up to 59, then hours and minutes, from two days in days."""
    total = max(0, int(seconds))
    if total < MINUTE:
        return _("now") if total < 1 else _("under 1 min")
    if total < HOUR:
        return _("%(n)s min") % {"n": total // MINUTE}
    if total < 2 * DAY:
        hours, minutes = total // HOUR, total % HOUR // MINUTE
        return _("%(h)s h %(m)s min") % {"h": hours, "m": minutes} if minutes else _("%(h)s h") % {"h": hours}
    return _("%(n)s d") % {"n": total // DAY}


def lasting(minutes: float) -> str:
    """A length of time given in minutes."""
    return span(minutes * MINUTE)


def age(moment: datetime.datetime, now: datetime.datetime) -> str:
    """How old a moment is; a moment to come is said as `in 12 min`."""
    seconds = (now - moment).total_seconds()
    return span(seconds) if seconds >= 0 else _("in %(span)s") % {"span": span(-seconds)}


def minutes_seconds(seconds: float) -> str:
    """`6:48`, for clocks with less than an hour."""
    whole = max(0, int(seconds))
    return f"{whole // MINUTE}:{whole % MINUTE:02d}"


def written(day: datetime.date, form: str) -> str:
    """A day in the form of the reader's language that goes for an English one."""
    return date_format(day, str(FORMS.get(form, form)))


def day(local: datetime.datetime, today: datetime.date) -> str:
    """The date when it is not today: `Sat` within six days, `20 Nov`, `20 Nov 2014` in another year."""
    date = local.date()
    if date == today:
        return ""
    if abs((date - today).days) <= WEEK_DAYS:
        return written(date, "D")
    return written(date, "j M" if date.year == today.year else "j M Y")


def long_day(local: datetime.datetime) -> str:
    """`Fri 13 Nov 2015`, for the bar at the top."""
    return written(local.date(), "D j M Y")


def hand(moment: datetime.datetime, zone: datetime.tzinfo, *, seconds: bool = False) -> str:
    """`21:20` in a zone, 24 hours."""
    return moment.astimezone(zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def stamp(moment: datetime.datetime, zone: datetime.tzinfo, now: datetime.datetime, *, seconds: bool = False) -> str:
    """The time in a zone, with the day before it when that is not today there."""
    named = day(moment.astimezone(zone), now.astimezone(zone).date())
    return f"{named} {hand(moment, zone, seconds=seconds)}".strip()


def both(
    moment: datetime.datetime,
    place: datetime.tzinfo,
    home: datetime.tzinfo,
    now: datetime.datetime,
    *,
    seconds: bool = False,
) -> tuple[str, str]:
    """The hands at the place and at home; the day is said once, and `+1` when it is already tomorrow there."""
    there, here = moment.astimezone(place), moment.astimezone(home)
    apart = (there.date() - here.date()).days
    named = day(here, now.astimezone(home).date())
    far, near = hand(moment, place, seconds=seconds), hand(moment, home, seconds=seconds)
    if not named:
        return (f"{far} {apart:+d}" if apart else far), near
    if not apart:
        return f"{named} {far}", near
    elsewhere = day(there, now.astimezone(home).date()) or written(there.date(), "D")
    return f"{elsewhere} {far}", f"{named} {near}"


def clock_words(
    due: datetime.datetime, now: datetime.datetime, zone: datetime.tzinfo, soon: float = SOON
) -> tuple[str, str]:
    """(state, words) of an open clock: `left`, `due` or `late`, with what is left or how late it is."""
    left = (due - now).total_seconds()
    if left < 0:
        words = minutes_seconds(-left) if -left < TICKING_LATE else span(-left)
        return "late", _("%(span)s late") % {"span": words}
    state = "due" if left <= soon else "left"
    if left > LONG_WAIT:
        return state, _("due %(when)s") % {"when": stamp(due, zone, now)}
    words = minutes_seconds(left) if left < HOUR else span(left)
    return state, _("%(span)s left") % {"span": words}


def stretch(given: str) -> str:
    """`26 Nov 2008`, `Dec 2008 to Mar 2009`, `since 2007`: days as ISO 8601 writes them, in words; other text as it stands."""
    first, slash, last = given.partition("/")
    try:
        begun, ended = _as_exact(first), _as_exact(last) if last else ""
    except ValueError:
        return given
    if ended:
        return _("%(first)s to %(last)s") % {"first": begun, "last": ended}
    return pgettext("a stretch of time without an end", "since %(day)s") % {"day": begun} if slash else begun


def _as_exact(day: str) -> str:
    """A day, a month or a year, as exactly as it was given."""
    if len(day) == len("2008"):
        return str(int(day))
    if len(day) == len("2008-12"):
        return written(datetime.date.fromisoformat(f"{day}-01"), "M Y")
    return written(datetime.date.fromisoformat(day), "j M Y")
