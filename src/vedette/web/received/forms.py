"""The form that files what another agency sent or said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.agencies.queries import partners
from vedette.kit.said import said_choices
from vedette.kit.time import now
from vedette.reporting.actions import ReceivedDraft
from vedette.reporting.actions.received import LABELS
from vedette.reporting.models import Received
from vedette.web.reports.typed import local_field, local_moment, local_now


class ReceivedForm(forms.Form):
    """Who told us, how, and when."""

    agency = forms.ChoiceField(label=_("From which agency?"), required=False)
    sender = forms.CharField(
        label=_("Who told us"),
        max_length=200,
        required=False,
        help_text=_("When it is none of the list, or a desk or role in it."),
    )
    channel = forms.ChoiceField(
        label=_("How it came"), choices=said_choices(Received.Channel.choices), widget=forms.RadioSelect
    )
    received_at = local_field(_("When it reached this desk, home time"))
    approximate = forms.BooleanField(label=_("The time is about right, not exact"), required=False)
    label = forms.ChoiceField(
        label=_("Its label, as the sender gave it"),
        choices=[(one, one or _("none given")) for one in LABELS],
        required=False,
    )
    text = forms.CharField(label=_("What it says"), widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}))
    about = forms.CharField(
        label=_("About which record of ours"),
        max_length=40,
        required=False,
        help_text=_("A reference, such as PAR-15-0003."),
    )
    names_person = forms.BooleanField(label=_("It names a private person"), required=False)
    file = forms.FileField(label=_("The file itself"), required=False, help_text=_("At most 25 MB."))

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        choices = [("", _("none of these")), *((agency.key, agency.name) for agency in partners())]
        self.fields["agency"] = forms.ChoiceField(label=_("From which agency?"), choices=choices, required=False)
        self.fields["received_at"].initial = local_now(zone)
        self.order_fields(["agency"])

    def draft(self) -> ReceivedDraft:
        """The typed draft."""
        said = self.cleaned_data
        at = local_moment(said["received_at"], self.zone, "received_at")
        # The field knows minutes only; a call typed in at once must not lie ahead of it.
        return ReceivedDraft(
            sender=said["sender"],
            agency_key=said["agency"],
            channel=said["channel"],
            received_at=min(at, now()) if (at - now()).total_seconds() < 60 else at,
            approximate=said["approximate"],
            label=said["label"],
            text=said["text"],
            about=said["about"],
            names_person=said["names_person"],
        )
