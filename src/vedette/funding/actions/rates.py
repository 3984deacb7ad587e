"""The currency of the books, and what other currencies cost in it on a day."""

import datetime
from decimal import Decimal

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.funding.models import Books, Entry, Rate
from vedette.funding.money import currency_of, rate_of
from vedette.funding.queries import books
from vedette.handling.policy import require
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import now
from vedette.live.actions import announce


def record_books(currency: str, year_begins: int) -> Books:
    """Open the books, or take what stands."""
    return Books.objects.update_or_create(id=1, defaults={"currency": currency, "year_begins": year_begins})[0]


def record_rate(currency: str, day: datetime.date, rate: Decimal, source: str, by: Viewer | None = None) -> Rate:
    """Write down a rate."""
    seat = by.seat_id if by else None
    made: Rate = Rate.objects.create(currency=currency, day=day, rate=rate, source=source, by=seat, at=now())
    return made


@transaction.atomic
def set_books(by: Viewer | None, *, currency: str, year_begins: int) -> Books:
    """Say in which currency the books are kept and when their year begins; the currency stays once something is entered."""
    viewer = require(by, "set_books")
    code = currency_of(currency)
    if not 1 <= year_begins <= 12:
        raise Refused("year_begins", f"{year_begins} is no month.", "Give a month from 1 to 12.")
    if code != books().currency and Entry.objects.exists():
        raise Refused(
            "currency", f"The books hold entries in {books().currency}.", "Keep it; a new currency needs new books."
        )
    made = record_books(code, year_begins)
    record(viewer, "books.set", [])
    return made


@transaction.atomic
def enter_rate(by: Viewer | None, *, currency: str, day: datetime.date, rate: str, source: str) -> Rate:
    """Enter what a currency cost on a day, and who says so; a later entry for the day is the better one."""
    viewer = require(by, "enter_rate")
    code = currency_of(currency)
    if code == books().currency:
        raise Refused("currency", f"The books are kept in {code}.", "Only other currencies have a rate.")
    if day > now().date():
        raise Refused("day", "This day is still to come.", "A rate is known on its day.")
    made = record_rate(code, day, rate_of(rate), clean_line("source", source, required=True), viewer)
    record(viewer, "rate.entered", [made.id])
    announce("funding.set", made.id)
    return made
