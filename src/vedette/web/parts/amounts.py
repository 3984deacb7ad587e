"""Figures with their units: money, file sizes, percentages."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vedette.funding.money import said

KIBI = 1024


def money(minor: int | None, currency: str = "USD") -> str:
    """`$1,250.00` from integer minor units, as the reader's language writes it."""
    return "" if minor is None else said(minor, currency, (get_language() or "en").partition("-")[0])


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
