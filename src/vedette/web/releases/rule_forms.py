"""The form of a standing rule: which shared post, under which clause, up to which label, until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.programme.gate import LABELS
from vedette.sharing.rules import shares_in_force, sharing_clauses
from vedette.web.programme.forms import Asking, choose, day, reason


class RuleForm(Asking):
    """A standing rule before it is signed."""

    share = forms.ChoiceField(label=_("Shared post"))
    clause = forms.ChoiceField(
        label=_("Clause that lets it be shared"),
        help_text=_("Of an agreement in force with the department that shares the post."),
    )
    label = forms.ChoiceField(
        label=_("Up to which label"), help_text=_("Reports that ask for a narrower one stay out of the drafts.")
    )
    last_day = day(_("Until"), hint=_("At most a year ahead; it can be ended at once."))
    because = reason()

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.shares = {str(row.id): row for row in shares_in_force()}
        self.clauses = {str(row.id): row for row in sharing_clauses()}
        shares = [(key, f"{row.post.city}, {row.partner.name}") for key, row in self.shares.items()]
        clauses = [
            (key, f"{row.agreement.title}: {row.number}. {row.text[:60]} (TLP:{row.up_to or LABELS[-1]})")
            for key, row in self.clauses.items()
        ]
        choose(self, "share", [("", _("Choose the post")), *shares])
        choose(self, "clause", [("", _("Choose the clause")), *clauses])
        choose(self, "label", [("", _("Choose the label")), *((label, f"TLP:{label}") for label in LABELS)])

    def clean_share(self) -> Any:
        """The share that was chosen."""
        return self.shares[self.cleaned_data["share"]]

    def clean_clause(self) -> Any:
        """The clause that was chosen."""
        return self.clauses[self.cleaned_data["clause"]]
