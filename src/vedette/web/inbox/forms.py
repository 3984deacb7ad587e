"""The form with which a partner lodges a question."""

from django import forms
from django.utils.translation import gettext_lazy as _

URGENCY = [("7d", _("within 7 days")), ("3d", _("urgent: 3 days")), ("8h", _("urgent, at hand: 8 hours"))]


class LodgeForm(forms.Form):
    """What another agency wants to know, why, where, by when."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("One question, as you would say it on the phone."),
    )
    why = forms.CharField(
        label=_("Why do you need it?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("The case or the danger: nobody can agree to an answer without it."),
    )
    where = forms.CharField(label=_("Where?"), max_length=200, required=False)
    urgency = forms.ChoiceField(label=_("By when?"), choices=URGENCY, widget=forms.RadioSelect, initial="7d")
