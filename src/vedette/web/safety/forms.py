"""The forms of officers' safety: asking for a sign of life, writing one down, dropping it, closing an alarm."""

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vedette.agencies.viewer import Viewer
from vedette.programme.positions import Position
from vedette.programme.queries import officers
from vedette.web.programme.forms import LOCAL, Asking, choose, reason, words


class AskSignForm(Asking):
    """Who owes a sign of life, when by the time of his place, and where he means to be."""

    seat = forms.ChoiceField(label=_("Officer"))
    due = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        input_formats=[LOCAL, f"{LOCAL}:%S"],
    )
    zone = words(_("Time zone"), hint=_("Such as Europe/Paris."))
    place = words(_("Where he will be"), required=False)
    note = words(_("What for"), required=False, hint=_("Such as “meets the host at the stadium”."))

    def __init__(self, name: str, data: Any = None, viewer: Viewer | None = None) -> None:
        zone = viewer.zone if viewer else "UTC"
        super().__init__(name, data, {"zone": zone})
        self.seats = {str(seat.id): seat for seat in officers()}
        choose(self, "seat", [("", "—"), *((key, seat.label) for key, seat in self.seats.items())])

    def clean_seat(self) -> Any:
        """The officer who was chosen."""
        return self.seats[self.cleaned_data["seat"]]

    def clean(self) -> dict[str, Any]:
        """The moment in the zone that was typed, and the position as the verb takes it."""
        typed = super().clean() or self.cleaned_data
        due: datetime.datetime | None = typed.get("due")
        zone = typed.get("zone", "")
        if zone not in zoneinfo.available_timezones():
            if zone:
                self.add_error("zone", ValidationError(_("This is no time zone. Give one such as Europe/Paris.")))
        elif due is not None:
            typed["due"] = due.replace(tzinfo=zoneinfo.ZoneInfo(zone))
        typed["position"] = Position(typed.pop("place", ""))
        return typed


class SignForm(Asking):
    """All is well, and where: as it was heard from him."""

    place = words(_("Where he is"), hint=_("As you heard it from him."))

    def clean(self) -> dict[str, Any]:
        """The position as the verb takes it."""
        typed = super().clean() or self.cleaned_data
        return {"position": Position(typed.pop("place", ""))}


class DropForm(Asking):
    """Why it is no longer owed."""

    because = reason()


class CloseForm(Asking):
    """What was done."""

    done = words(_("What was done"), rows=3, hint=_("Whom you reached, how he is, what follows."))
