"""Figures with their units: money, file sizes, percentages."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

# ISO 4217 currencies whose minor unit is not a hundredth.
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "JOD": 3, "KWD": 3, "BHD": 3, "OMR": 3, "TND": 3}
KIBI = 1024


def money(minor: int | None, currency: str = "USD") -> str:
    """`1,250.00 USD` from integer minor units; whole amounts keep their places so that columns line up."""
    if minor is None:
        return ""
    digits = MINOR_DIGITS.get(currency, 2)
    amount = Decimal(minor).scaleb(-digits)
    return f"{number_format(amount, digits, force_grouping=True)} {currency}"


def file_size(size: int | None) -> str:
    """`412 KB` from a number of bytes."""
    if size is None:
        return ""
    if size < KIBI:
        return _("%(n)s bytes") % {"n": size}
    value, unit = float(size), ""
    for unit in ("KB", "MB", "GB"):  # noqa: B007
        value /= KIBI
        if value < KIBI:
            break
    return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"


def percent(part: Any, whole: Any = 1) -> str:
    """`42 %` of a whole; nothing when there is no whole."""
    if part is None or not whole:
        return ""
    return f"{100 * float(part) / float(whole):.0f} %"
