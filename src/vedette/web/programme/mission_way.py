"""The itinerary on the page of a mission: how it is drawn, and its two forms."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.agencies.viewer import Viewer
from vedette.kit.said import said_choices
from vedette.programme.actions import LegDraft
from vedette.programme.itinerary import itinerary
from vedette.programme.missions import Journey, MissionRow
from vedette.programme.models import Leg
from vedette.web.programme.forms import LOCAL, Asking, BecauseForm, choose, words
from vedette.web.programme.mission_asks import Back

ICONS = {"flight": "plane", "rail": "train", "road": "car", "sea": "ship", "stay": "bed"}


def clock(label: Any) -> forms.DateTimeField:
    """A moment as it stands on a ticket: in the time of its own place."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[LOCAL, f"{LOCAL}:%S"])


class LegForm(Asking):
    """A way or a stay of the team."""

    means = forms.ChoiceField(label=_("How"), choices=said_choices(Leg.Means.choices))
    origin = words(_("From where"), required=False, hint=_("Not for lodging."))
    destination = words(_("To where"), hint=_("For lodging: where they stay."))
    begins = clock(_("Begins"))
    begins_zone = forms.ChoiceField(label=_("In the time of"))
    ends = clock(_("Ends"))
    ends_zone = forms.ChoiceField(label=_("In the time of"))
    reference = words(_("Number"), required=False, hint=_("Flight, train or booking."))

    def __init__(self, name: str, data: Any = None, zones: tuple[str, ...] = ("UTC",)) -> None:
        super().__init__(name, data, {"begins_zone": zones[0], "ends_zone": zones[0]})
        for field in ("begins_zone", "ends_zone"):
            choose(self, field, [(zone, zone.replace("_", " ")) for zone in dict.fromkeys((*zones, "UTC"))])

    def draft(self) -> LegDraft:
        """What was typed, as the verb takes it."""
        return LegDraft(**{**self.cleaned_data, **{key: _bare(self.cleaned_data[key]) for key in ("begins", "ends")}})


def _bare(moment: datetime.datetime) -> datetime.datetime:
    """What the clock of the place shows; a form reads it in a zone of its own."""
    return moment.replace(tzinfo=None)


def leg_form(row: MissionRow, viewer: Viewer | None, data: Any = None) -> LegForm:
    """The form of a leg; it knows the clocks of the mission's place and of home."""
    home = viewer.zone if viewer else "UTC"
    return LegForm("leg", data, zones=(row.mission.zone, home))


def way_context(
    viewer: Viewer | None, row: MissionRow, trip: Journey, may_do: dict[str, bool], back: Back
) -> dict[str, Any]:
    """The itinerary in its order, nights without a bed, and the forms that are open."""
    legs = []
    for leg in trip.legs:
        name = f"drop-leg-{leg.id}"
        end = (back.get(name) or BecauseForm(name)) if may_do["drop_leg"] else None
        legs.append({"row": leg, "end": end, "icon": ICONS[leg.means]})
    return {
        "legs": legs,
        "nights": itinerary(trip.legs, row.begins, row.last, row.mission.zone).nights,
        "leg_form": back.get("leg") or (leg_form(row, viewer) if may_do["plan_leg"] else None),
    }
