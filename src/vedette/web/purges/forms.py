"""Asking for a purge, and saying no to one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.handling.models import PurgeOrder
from vedette.kit.said import said_choices


class AskForm(forms.Form):
    """On which basis, why, and which words are to be looked for; the ticks beside the records are read by the view."""

    words = forms.CharField(
        label=_("Words that must not be found afterwards"),
        max_length=100,
        required=False,
        help_text=_("A name, a plate. They find further records, and are kept nowhere."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )
    basis = forms.ChoiceField(
        label=_("Legal basis"),
        choices=[("", _("choose")), *said_choices(PurgeOrder.Basis.choices)],
        widget=forms.Select(attrs={"class": "input"}),
    )
    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stays for good: a case or docket number, never the record’s own words."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )


class RefuseForm(forms.Form):
    """Why it is not purged."""

    because = forms.CharField(
        label=_("Why not"), max_length=300, widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"})
    )
