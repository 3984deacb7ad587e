"""Dated rows: a change closes the row (`until`) and adds one (`since`); as of a moment the same question is asked with it."""

import datetime

from django.db.models import Q


def in_force(moment: datetime.datetime | None = None, prefix: str = "") -> Q:
    """The rows that stood at a moment (now when none is given), for a queryset that reaches them by `prefix`."""
    standing = Q(**{f"{prefix}until__isnull": True})
    if moment is None:
        return standing
    return Q(**{f"{prefix}since__lte": moment}) & (standing | Q(**{f"{prefix}until__gt": moment}))
