"""What a person typed, as a verb takes it: refusals beside their field, times of a place, ids that may be wrong."""

import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _

from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.time import now

LOCAL = "%Y-%m-%dT%H:%M"
# Where a verb names a field other than the form does.
ALIASES = {
    "place.lat": "where",
    "place.lon": "where",
    "place": "where",
    "place.precision_m": "where",
    "lang": "language",
    "grade.source": "reliability",
    "grade.information": "credibility",
    "happened_at": "began_at",
    "source_ref": "source",
    "nexus_asked_at": "asked_at",
    "nexus_asked": "asked",
    "nexus_note": "note",
    "nexus": "status",
}


def say_refusal(form: forms.Form, error: Refused | Conflict | Forbidden) -> None:
    """Put a refusal beside the field it names, with the way out; above the form when it names none of them."""
    named = getattr(error, "field", "")
    field = named if named in form.fields else ALIASES.get(named, "")
    words = f"{error.reason} {error.way_out}".strip() if error.way_out else error.reason
    form.add_error(field if field in form.fields else None, words)


def local_moment(value: str, zone: str, field: str) -> datetime.datetime:
    """The moment a person typed in the time of a place (an HTML datetime-local field)."""
    try:
        return datetime.datetime.strptime(value[:16], LOCAL).replace(tzinfo=ZoneInfo(zone))
    except ValueError as error:
        raise Refused(field, _("This is not a date and time."), _("Choose it from the calendar.")) from error


def local_now(zone: str) -> str:
    """This moment in a zone, as a datetime-local field shows it."""
    return now().astimezone(ZoneInfo(zone)).strftime(LOCAL)


def local_field(label: object, **options: object) -> forms.CharField:
    """A field for a moment in local time."""
    return forms.CharField(label=label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **options)  # type: ignore[arg-type]
