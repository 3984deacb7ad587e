"""What is typed about a funder: who pays, and which agency that is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.agencies.queries import home_agency, partners
from vedette.web.programme.forms import Asking, choose, reason, words


class FunderForm(Asking):
    """Who pays, and which agency that is."""

    agency = forms.ChoiceField(label=_("Agency"), help_text=_("Ours for the city's own money."))
    because = reason()

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.agencies = {str(row.id): row for row in (home_agency(), *partners())}
        choose(self, "agency", [(key, row.name) for key, row in self.agencies.items()])
        # A form of this house has a `name` of its own, so the field of that name is added here.
        self.add("name", words(_("Name"), hint=_("Such as: city budget, police foundation.")))
        self.order_fields(["name", "agency", "because"])

    def clean_agency(self) -> Any:
        """The agency that was chosen."""
        return self.agencies[self.cleaned_data["agency"]]
