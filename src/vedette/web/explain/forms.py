"""What is typed to change who may see a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.handling.classing import known_groups
from vedette.handling.models import Sensitivity, Sheet
from vedette.kit.said import said_choices
from vedette.web.programme.forms import choose
from vedette.web.signin.forms import Asking


class ClassForm(Asking):
    """How narrow, for which groups, whether it names a person, and why; a look beforehand asks for no reason."""

    sensitivity = forms.TypedChoiceField(
        label=_("How narrow"),
        coerce=int,
        choices=said_choices(Sensitivity.choices),
        widget=forms.RadioSelect,
        help_text=_("Named readers: only its author, and those whom it was released to."),
    )
    groups = forms.MultipleChoiceField(
        label=_("Only for who is in all of these groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    named_subject = forms.BooleanField(
        label=_("It names a person: only sworn officers and analysts read it"), required=False
    )
    because = forms.CharField(label=_("Reason, for the log"), max_length=300)

    def __init__(self, data: Any = None, *, sheet: Sheet, looking: bool = False) -> None:
        standing = sheet.access_class
        names = ("sensitivity", "groups", "named_subject")
        super().__init__(data, initial={name: getattr(standing, name) for name in names})
        known = known_groups(sheet)
        choose(self, "groups", [(name, name) for name in known])
        if not known:
            del self.fields["groups"]
        self.fields["because"].required = not looking

    def clean(self) -> dict[str, Any]:
        """Where the house has no groups, none is asked for; a look done, the reason is asked for again."""
        self.fields["because"].required = True
        return {"groups": [], **(super().clean() or {})}

    def three(self) -> tuple[int, list[str], bool]:
        """What decides who sees a record, as typed."""
        typed = self.cleaned_data
        return typed["sensitivity"], typed["groups"], typed["named_subject"]
