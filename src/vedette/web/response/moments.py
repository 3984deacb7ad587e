"""The moment a page is asked for: `?at=` in seconds or ISO 8601; what is to come, or nothing, is now."""

import datetime

from django.http import HttpRequest

from vedette.kit.errors import Refused
from vedette.kit.time import now


def moment_of(request: HttpRequest) -> datetime.datetime | None:
    """The moment past that is looked at; None for now. Refused when it is no moment."""
    text = request.GET.get("at", "")
    if not text:
        return None
    try:
        moment = (
            datetime.datetime.fromtimestamp(float(text), datetime.UTC)
            if text.isdigit()
            else datetime.datetime.fromisoformat(text)
        )
    except (ValueError, OverflowError, OSError) as error:
        raise Refused("at", "This is not a moment.", "Move the slider again.") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return moment if moment < now() else None
