"""The forms of agreements, and the question one puts to the lock."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.said import said_choices
from vedette.programme.gate import LABELS, Wants
from vedette.programme.models import Agreement, Clause
from vedette.programme.queries import hosts
from vedette.web.programme.forms import Asking, choose, day, reason, words

TLP = [(label, f"TLP:{label}") for label in LABELS]


class AgreementForm(Asking):
    """An agreement: with whom, about what, from when to when."""

    partner = forms.ChoiceField(label=_("With"))
    title = words(_("Title"))
    kind = forms.ChoiceField(label=_("About"), choices=said_choices(Agreement.Kind.choices))
    signed = day(_("Signed on"), required=False, hint=_("Leave it empty for a draft."))
    expires = day(_("Last day in force"), required=False, hint=_("Leave it empty when it has no end."))
    basis = words(_("Where the paper lies"), required=False)
    note = words(_("Note"), required=False, rows=2)

    def __init__(
        self, name: str, data: Any = None, initial: dict[str, Any] | None = None, agreement: Agreement | None = None
    ) -> None:
        super().__init__(name, data, initial if agreement is None else self.of(agreement))
        if agreement is None:
            self.partners = {str(agency.id): agency for agency in hosts()}
            names = [(key, agency.name) for key, agency in self.partners.items()]
            choose(self, "partner", [("", _("Choose the other side")), *names])
        else:
            del self.fields["partner"]
            if agreement.signed is None:
                self.fields["signed"].widget = forms.HiddenInput()
            self.add("because", reason(_("Why it changes")))

    @staticmethod
    def of(agreement: Agreement) -> dict[str, Any]:
        """What is written of an agreement today."""
        return {name: getattr(agreement, name) for name in ("title", "kind", "signed", "expires", "basis", "note")}

    def clean_partner(self) -> Any:
        """The agency that was chosen."""
        return self.partners[self.cleaned_data["partner"]]


class ClauseForm(Asking):
    """A clause as dated data."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    text = words(_("What it says"), rows=3)
    gate = forms.ChoiceField(label=_("What it gates"), choices=said_choices(Clause.Gate.choices))
    effect = forms.ChoiceField(
        label=_("What it does"), choices=said_choices(Clause.Effect.choices), widget=forms.RadioSelect
    )
    up_to = forms.ChoiceField(
        label=_("Up to which label"), required=False, choices=[("", _("No label")), *TLP],
        help_text=_("For sharing of our reports only."),
    )  # fmt: skip
    because = reason(_("Why, or where it is written"))

    def __init__(
        self, name: str, data: Any = None, initial: dict[str, Any] | None = None, clause: Clause | None = None
    ) -> None:
        super().__init__(name, data, initial if clause is None else self.of(clause))
        if clause is not None:
            self.fields["number"].widget = forms.HiddenInput()

    @staticmethod
    def of(clause: Clause) -> dict[str, Any]:
        """What is written in a clause today."""
        return {name: getattr(clause, name) for name in ("number", "text", "gate", "effect", "up_to")}


class ReviewForm(Asking):
    """A reading of the agreement."""

    done = day(_("Read through on"))
    note = words(_("What was found"), hint=_("One sentence: what stands, what changes."))
    next_due = day(
        _("Read again by"), required=False, hint=_("At the latest three years after; that day if left empty.")
    )


class EndAgreementForm(Asking):
    """From which day it no longer holds, and why."""

    ended = day(_("First day without it"))
    because = reason()


class LockForm(Asking):
    """What one would release: the question that every release asks by itself."""

    label = forms.ChoiceField(label=_("Label"), choices=TLP, initial="AMBER")
    third_host = forms.BooleanField(label=_("Carries another host's information"), required=False)
    named = forms.BooleanField(label=_("Names a person"), required=False)

    def wants(self) -> Wants | None:
        """The question, when it can be read."""
        return Wants(**self.cleaned_data) if self.is_bound and self.is_valid() else None
