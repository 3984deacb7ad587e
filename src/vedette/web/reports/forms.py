"""The form that files a report, for an officer abroad and for a clerk who types a phone call."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.errors import Refused
from vedette.kit.ids import new_id, parse_id
from vedette.kit.time import now
from vedette.reporting.drafts import LANGUAGES, GradeDraft, PlaceDraft, ReportDraft
from vedette.web.reports.typed import local_field, local_moment

KINDS = [("flash", _("Flash")), ("spot", _("Spot")), ("situation", _("Situation")), ("assessment", _("Assessment"))]
BEGAN = [
    ("now", _("Now")),
    ("10", _("10 min ago")),
    ("30", _("30 min ago")),
    ("set", _("Set time")),
    ("", _("Not known")),
]
SOURCES = [
    ("own-observation", _("I saw it")),
    ("host-police", _("Counterpart")),
    ("host-government", _("Control room")),
    ("press", _("Press")),
    ("other", _("Someone else")),
]
NEXUS = [("none-known", _("None known")), ("possible", _("Possible")), ("confirmed", _("Confirmed"))]
RELIABILITY = [(letter, letter) for letter in "ABCDEF"]
# 1 is confirmed by others: nobody says that of his own report.
CREDIBILITY = [(digit, digit) for digit in "23456"]


class ReportForm(forms.Form):
    """What an officer files: five fields first, the rest folded away."""

    client_id = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, initial="spot")
    text = forms.CharField(
        label=_("What is happening?"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), strip=False,
        help_text=_("Any language. What, who, how many, moving where."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES, initial="en")
    gloss = forms.CharField(
        label=_("In your own English"), widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text=_("When the text is in another language: the desk acts on this."),
    )  # fmt: skip
    where = forms.CharField(
        label=_("Where?"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-place": ""}),
    )  # fmt: skip
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    precision = forms.FloatField(required=False, widget=forms.HiddenInput)
    began = forms.ChoiceField(
        label=_("When did it begin?"), choices=BEGAN, widget=forms.RadioSelect, initial="now", required=False
    )
    began_at = local_field(_("Set time, in the time of the post"), required=False)
    source_kind = forms.ChoiceField(
        label=_("Who told you?"), choices=SOURCES, widget=forms.RadioSelect, initial="host-police", required=False
    )
    source = forms.CharField(
        label=_("Known by"),
        required=False,
        max_length=200,
        help_text=_("A role, never a name: “duty officer, north district”."),
    )
    status = forms.ChoiceField(
        label=_("Link to the home city?"), choices=NEXUS, widget=forms.RadioSelect, initial="none-known", required=False
    )
    note = forms.CharField(label=_("Which link"), required=False, max_length=500)
    reliability = forms.ChoiceField(label=_("The source"), choices=RELIABILITY, initial="F", required=False)
    credibility = forms.ChoiceField(label=_("The information"), choices=CREDIBILITY, initial="6", required=False)
    names_person = forms.BooleanField(label=_("It names a private person"), required=False)
    file = forms.FileField(
        label=_("Photo, voice note or document"),
        required=False,
        help_text=_("At most 25 MB. A photo's position is taken out and offered to you."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["client_id"].initial = str(new_id())

    def draft(self, zone: str, post_key: str = "", phoned_by: uuid.UUID | None = None) -> ReportDraft:
        """The typed draft; the time of the post decides what a set time means."""
        said = self.cleaned_data
        return ReportDraft(
            client_id=parse_id(said["client_id"]) or new_id(),
            kind=said["kind"],
            text=said["text"],
            observed_at=now().replace(microsecond=0),
            happened_at=self._began(zone),
            happened_approximate=said["began"] in ("10", "30"),
            post_key=post_key,
            language=said["language"],
            gloss=said["gloss"],
            place=PlaceDraft(
                said["where"], said["lat"], said["lon"], round(said["precision"]) if said["precision"] else None
            ),
            source_label=said["source"],
            source_kind=said["source_kind"],
            grade=GradeDraft("NATO", said["reliability"], said["credibility"]),
            nexus=said["status"] or "none-known",
            nexus_note=said["note"],
            names_person=said["names_person"],
            phoned_by=phoned_by,
        )

    def _began(self, zone: str) -> datetime.datetime | None:
        how = self.cleaned_data["began"]
        if how == "set":
            if not self.cleaned_data["began_at"]:
                raise Refused("began_at", "The time is not set.", "Choose it, or say “not known”.")
            return local_moment(self.cleaned_data["began_at"], zone, "began_at")
        return (
            now().replace(microsecond=0) - datetime.timedelta(minutes=int(how) if how.isdigit() else 0) if how else None
        )


class PhonedForm(ReportForm):
    """A report phoned in: the clerk types, the officer confirms later."""

    officer = forms.ChoiceField(
        label=_("Who is on the phone?"), help_text=_("The officer confirms your wording later.")
    )

    field_order = ("officer",)

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["officer"] = forms.ChoiceField(
            label=self.fields["officer"].label,
            help_text=self.fields["officer"].help_text,
            choices=[("", "—"), *officers],
        )
        self.order_fields(["officer"])


class AnswerForm(ReportForm):
    """An answer to a question: a report of kind answer, shorter."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = forms.ChoiceField(
            choices=[("answer", _("Answer"))], initial="answer", widget=forms.HiddenInput
        )
        self.fields["text"].label = _("The answer")
        self.fields["text"].help_text = _("What you found, and what you did not find.")
