"""The question in a sentence, the reason for opening a record, the note on a week."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.account.queries import everyone
from vedette.kit.errors import Refused
from vedette.kit.time import now
from vedette.web.reports.typed import local_moment, local_now

GROUPS = {
    "ours": _("Our seats"),
    "people": _("People with several seats"),
    "units": _("Our units"),
    "partners": _("Partners"),
    "theirs": _("Partners’ seats"),
}


class QuestionForm(forms.Form):
    """What did [who] know about [what] on [when]?"""

    who = forms.ChoiceField(label=_("Person, unit or partner"))
    about = forms.CharField(
        label=_("Reference, incident or words"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "PAR-15-0003", "autocomplete": "off", "spellcheck": "false"}),
    )
    when = forms.CharField(
        label=_("Home time"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        choices: list[Any] = [("", _("choose"))]
        choices += [(GROUPS[name], rows) for name, rows in everyone().items() if rows]
        self.fields["who"] = forms.ChoiceField(label=_("Person, unit or partner"), choices=choices)
        self.order_fields(["who", "about", "when"])
        self.fields["when"].initial = local_now(zone)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_when(self) -> datetime.datetime:
        """The moment in home time; now when none was given or the field shows this minute."""
        text = self.cleaned_data["when"]
        if not text:
            return now()
        try:
            moment = local_moment(text, self.zone, "when")
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        # The field knows minutes only: the minute that runs is meant up to now.
        return now() if abs((now() - moment).total_seconds()) < 60 else moment


class ReasonForm(forms.Form):
    """Why an auditor reads the words of a record."""

    reason = forms.CharField(
        label=_("Why you need to read it"),
        max_length=300,
        help_text=_("It stands in the log beside your seat. A complaint, a case number, a review."),
    )


class NoteForm(forms.Form):
    """What the weekly look found."""

    note = forms.CharField(label=_("What you looked at and found"), max_length=300)
