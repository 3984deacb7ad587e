"""The forms of standing questions: open, link, keep at review, close, take a record out."""

import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.agencies.viewer import Viewer
from vedette.kit.time import now

REVIEW_DAYS = 90
SENSITIVITY = [("1", _("routine")), ("2", _("sensitive")), ("3", _("restricted"))]


def next_review(viewer: Viewer | None) -> str:
    """The review a form offers: ninety days from today, at home."""
    today = now().astimezone(ZoneInfo(viewer.zone if viewer else "UTC")).date()
    return (today + datetime.timedelta(days=REVIEW_DAYS)).isoformat()


def _review_field() -> forms.DateField:
    return forms.DateField(
        label=_("Look at it again on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Within a year."),
        error_messages={"invalid": _("This is not a day. Choose it from the calendar.")},
    )


class OpenForm(forms.Form):
    """What we want to know, and when we ask ourselves whether we still do."""

    title = forms.CharField(
        label=_("The question in a few words"),
        max_length=200,
        help_text=_("A route, a gang, a method, an event to come. No person may be a topic."),
    )
    wanted = forms.CharField(
        label=_("What do we want to know?"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("What an officer should listen for, and what would matter at home."),
    )
    review_on = _review_field()
    sensitivity = forms.ChoiceField(label=_("Who may see it"), choices=SENSITIVITY, initial="1")


class LinkForm(forms.Form):
    """A record that bears on the question, by its reference."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        help_text=_("A report, a question or a release, such as PAR-15-0003."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    because = forms.CharField(label=_("Why it bears on this"), max_length=300, required=False)


class UnlinkForm(forms.Form):
    """Take a record out again, with the reason."""

    reference = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(label=_("Why it does not bear on this"), max_length=300)


class ReviewForm(forms.Form):
    """Keep the question until its next review."""

    review_on = _review_field()
    because = forms.CharField(label=_("Why we still want to know"), max_length=300)


class CloseForm(forms.Form):
    """The question stands no longer."""

    because = forms.CharField(label=_("Why it is closed"), max_length=300)
