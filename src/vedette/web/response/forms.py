"""What the desk fills in on a response: a task, a deployment, a decision; times are chosen, not typed."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.agencies.queries import units
from vedette.kit.time import now
from vedette.response.durations import parse_duration
from vedette.response.queries import sites

DUE = [
    ("PT15M", _("15 min")), ("PT30M", _("30 min")), ("PT1H", _("1 h")), ("PT3H", _("3 h")), ("PT12H", _("12 h")),
    ("P1D", _("1 day")), ("P3D", _("3 days")), ("P7D", _("1 week")), ("P30D", _("30 days")),
]  # fmt: skip
STAYS = [("PT4H", _("4 h")), ("PT8H", _("8 h")), ("PT12H", _("12 h")), ("P1D", _("1 day")), ("", _("until ended"))]


def _units() -> list[tuple[str, Any]]:
    return [("", _("Choose a unit")), *((str(unit.id), unit.name) for unit in units())]


def _sites() -> list[tuple[str, Any]]:
    return [("", _("Another place")), *((str(site.id), f"{site.name} ({site.kind})") for site in sites())]


def after(duration: str) -> datetime.datetime | None:
    """The moment so long after now; None for none."""
    return now() + parse_duration(duration) if duration else None


class GiveForm(forms.Form):
    """A task for a unit."""

    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    unit = forms.ChoiceField(label=_("By which unit?"), choices=_units)
    due = forms.ChoiceField(label=_("Within"), choices=DUE, widget=forms.RadioSelect, initial="PT30M")
    why = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    evidence_wanted = forms.CharField(
        label=_("Evidence wanted"), required=False, max_length=300,
        help_text=_("What the unit writes down when it is done; nothing is asked for when this is empty."),
    )  # fmt: skip


class DeployForm(forms.Form):
    """A unit to a site."""

    unit = forms.ChoiceField(label=_("Which unit?"), choices=_units)
    site = forms.ChoiceField(label=_("Where?"), choices=_sites, required=False)
    place = forms.CharField(label=_("Another place, in words"), required=False, max_length=200)
    strength = forms.CharField(
        label=_("Strength"), required=False, max_length=80, help_text=_("“2 cars”, “6 officers”.")
    )
    order = forms.CharField(label=_("Order"), widget=forms.Textarea(attrs={"rows": 3}))
    stays = forms.ChoiceField(label=_("For"), choices=STAYS, widget=forms.RadioSelect, initial="PT8H", required=False)


class DecideForm(forms.Form):
    """A commander's decision."""

    what = forms.CharField(label=_("What is to be decided?"), max_length=300)
    options = forms.CharField(
        label=_("The choices there are"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("One a line."),
    )  # fmt: skip
    chosen = forms.CharField(label=_("Decided"), max_length=300)
    because = forms.CharField(label=_("Because"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class EndForm(forms.Form):
    """Why something ends."""

    because = forms.CharField(label=_("Because"), max_length=300)
