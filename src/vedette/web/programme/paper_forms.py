"""The form of what runs out at a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.said import said_choices
from vedette.programme.models import PostPaper
from vedette.programme.rota import Coverage
from vedette.web.programme.forms import Asking, choose, day, words


class PaperForm(Asking):
    """A visa or an accreditation of an officer posted here, or the lease of the post."""

    kind = forms.ChoiceField(label=_("What it is"), choices=said_choices(PostPaper.Kind.choices))
    seat = forms.ChoiceField(label=_("Officer"), required=False, help_text=_("Whose it is; none for a lease."))
    begins = day(_("Valid from"), required=False)
    expires = day(_("Last day"))
    note = words(_("Note"), required=False, hint=_("Where it lies, who prolongs it."))
    because = words(_("Why it changes"), required=False, hint=_("Asked for when one is in force already."))

    def __init__(self, name: str, data: Any = None, *, cover: Coverage, paper: PostPaper | None = None) -> None:
        super().__init__(name, data, self.of(paper) if paper else None)
        self.seats = {str(row.seat_id): row.seat for row in [*cover.here, *cover.coming]}
        choose(self, "seat", [("", _("Nobody: a lease")), *((key, seat.label) for key, seat in self.seats.items())])
        if paper is not None:
            for name_of_field in ("kind", "seat"):
                self.fields[name_of_field].widget = forms.HiddenInput()
            self.fields["because"].required = True
            self.fields["because"].help_text = _("One sentence; it stays in the history.")

    @staticmethod
    def of(paper: PostPaper) -> dict[str, Any]:
        """What is written of a paper today."""
        names = ("kind", "begins", "expires", "note")
        return {name: getattr(paper, name) for name in names} | {"seat": str(paper.seat_id or "")}

    def clean_seat(self) -> Any:
        """The officer who was chosen."""
        return self.seats.get(self.cleaned_data["seat"])
