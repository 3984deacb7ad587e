"""Money as whole minor units of an ISO 4217 currency: reading, showing, changing into another, sharing out to the cent."""

import decimal
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, get_territory_currencies

from vedette.kit.errors import Refused

# One line of the books, in minor units: beyond this somebody mistyped.
LARGEST = 10**12
RATE_LEAST, RATE_MOST = Decimal("0.000001"), Decimal("1000000")
WHOLE = 10_000
PLAIN = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?", re.ASCII)


@cache
def currencies() -> frozenset[str]:
    """Every currency code of ISO 4217 that the common locale data knows."""
    known = [str(code) for code in Locale("en").currencies]
    return frozenset(code for code in known if len(code) == 3 and code.isupper())


def currency_of(text: str, field: str = "currency") -> str:
    """A currency code in its own writing; Refused for what is none."""
    code = text.strip().upper()
    if code not in currencies():
        raise Refused(field, f"“{text.strip()}” is no currency.", "Write its three letters, such as USD or EUR.")
    return code


def currency_of_country(country: str) -> str:
    """The currency that is paid with in a country (ISO 3166, ISO 4217); empty when none is known."""
    known = get_territory_currencies(country) if country else []
    return str(known[0]) if known else ""


def amount_of(text: str, currency: str, field: str = "amount") -> int:
    """A typed sum as minor units: digits, a point before the cents, commas between thousands; Refused says what is wrong."""
    typed = text.strip().replace("\u00a0", "").replace(" ", "")
    if typed.startswith("-"):
        raise Refused(field, "A cost is never negative.", "Reverse the expense that was wrong instead.")
    if not PLAIN.fullmatch(typed):
        raise Refused(
            field, f"“{text.strip()}” is no sum of money.", "Write it like 3,240.00, with a point before the cents."
        )
    places = get_currency_precision(currency)
    value = Decimal(typed.replace(",", ""))
    minor = value.scaleb(places)
    if minor != minor.to_integral_value():
        raise Refused(field, f"{currency} has {places} places after the point; “{text.strip()}” has more.", "Round it.")
    return checked(int(minor), field)


def checked(minor: int, field: str = "amount") -> int:
    """A sum as it may stand in the books: above nothing, and not absurd."""
    if minor <= 0:
        raise Refused(field, "It is nothing.", "Write what was paid.")
    if minor > LARGEST:
        raise Refused(
            field, "No single cost of the programme is that large.", "Look at the point and the commas again."
        )
    return minor


def said(minor: int, currency: str, language: str = "en") -> str:
    """A sum as it is read: `€3,240.00`."""
    value = Decimal(minor).scaleb(-get_currency_precision(currency))
    return format_currency(value, currency, locale=language)


def rate_of(text: str, field: str = "rate") -> Decimal:
    """A typed rate: how much of the currency of the books one unit costs."""
    try:
        rate = Decimal(text.strip())
    except decimal.InvalidOperation:
        raise Refused(field, f"“{text.strip()}” is no rate.", "Write it like 1.0760.") from None
    if not rate.is_finite() or not RATE_LEAST <= rate <= RATE_MOST:
        raise Refused(field, f"{text.strip()} is no rate between two currencies.", "Look at it again.")
    return rate


def changed(minor: int, currency: str, into: str, rate: Decimal) -> int:
    """The same sum in another currency, rounded half to even to its own minor unit; at least one of it."""
    places = get_currency_precision(into) - get_currency_precision(currency)
    value = (Decimal(minor) * rate).scaleb(places)
    return max(1, int(value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)))


def shared_out(minor: int, parts: Sequence[int]) -> list[int]:
    """A sum in parts of so many ten-thousandths each; what rounding leaves goes to the largest remainders, first come first."""
    if sum(parts) != WHOLE or any(part <= 0 for part in parts):
        raise ValueError("The parts of a sum must make a whole.")
    exact = [minor * part for part in parts]
    whole = [value // WHOLE for value in exact]
    left = minor - sum(whole)
    order = sorted(range(len(parts)), key=lambda place: (-(exact[place] % WHOLE), place))
    for place in order[:left]:
        whole[place] += 1
    return whole
