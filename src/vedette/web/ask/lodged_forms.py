"""The forms with which the desk replies to a question that another agency lodged."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.said import said_choices
from vedette.reporting.actions.requests import LODGED_REFUSALS
from vedette.sharing.models import Release


class LodgedRefuseForm(forms.Form):
    """Why it is refused: a reason of the list, and no word more."""

    reason_code = forms.ChoiceField(
        label=_("What the other agency reads"),
        choices=[("", "—"), *said_choices(LODGED_REFUSALS.items())],
        help_text=_("The reason alone crosses; what else there is to say is released to it."),
    )


class ReplyForm(forms.Form):
    """Which of the releases that the asker holds answers the question."""

    release = forms.ChoiceField(
        label=_("Answered by"),
        help_text=_("Releases in force that the asker holds; a new one appears here once signed."),
    )

    def __init__(self, *args: Any, releases: Iterable[Release] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(row.pk), f"{row.sheet.reference} {row.title}") for row in releases]
        self.fields["release"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
