"""The forms of an officer's own page: what he can do, when he is away, what he was honoured for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.said import said_choices
from vedette.programme.models import Away, Qualification
from vedette.programme.scales import LEVELS
from vedette.web.programme.forms import Asking, day, words
from vedette.web.programme.mission_words import level_words

SCALE = [("", _("No level")), *((str(level), level_words(level)) for level in LEVELS)]


class StateForm(Asking):
    """One thing an officer can do or holds."""

    kind = forms.ChoiceField(label=_("What it is"), choices=said_choices(Qualification.Kind.choices))
    level = forms.ChoiceField(
        label=_("Level (ILR)"),
        choices=SCALE,
        required=False,
        help_text=_("For a language: 0 to 5, with a plus between."),
    )
    tested = day(_("Tested on"), required=False)
    expires = day(_("Valid until"), required=False)
    note = words(_("Note"), required=False)

    def __init__(self, name: str, data: Any = None) -> None:
        super().__init__(name, data)
        # The form has a name of its own, so the field of that name is added here.
        self.add("name", words(_("Which"), hint=_("Such as French, crowd control, passport, FR.")))
        self.order_fields(["kind", "name"])

    def clean_level(self) -> Any:
        """A level, or none."""
        return self.cleaned_data["level"] or None


class AwayForm(Asking):
    """Days on which he cannot travel."""

    kind = forms.ChoiceField(label=_("Why"), choices=said_choices(Away.Kind.choices))
    first = day(_("First day"))
    last = day(_("Last day"))
    note = words(_("Note"), required=False)


class HonourForm(Asking):
    """A distinction."""

    title = words(_("Honour"))
    day = day(_("Given on"))
    note = words(_("Note"), required=False)
