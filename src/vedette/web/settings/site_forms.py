"""What is typed about the sites at home: one site, or a list of them as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.response.models import Site
from vedette.response.sitelist import LARGEST, LAST_PRIORITY, RowRead, SiteDraft, draft_of, read_list
from vedette.web.settings.forms import BecauseForm

DECIMAL = {"inputmode": "decimal"}
NAMES = ("name", "kind", "lat", "lon", "area", "sector", "priority")


class SiteForm(BecauseForm):
    """One protected site."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.CharField(
        label=_("Kind"), max_length=60, help_text=_("Such as rail station, hotel, house of worship.")
    )
    lat = forms.CharField(
        label=_("Latitude"),
        max_length=30,
        widget=forms.TextInput(attrs=DECIMAL),
        help_text=_("Degrees north, such as 40.7527."),
    )
    lon = forms.CharField(
        label=_("Longitude"),
        max_length=30,
        widget=forms.TextInput(attrs=DECIMAL),
        help_text=_("Degrees east, such as -73.9772."),
    )
    area = forms.CharField(label=_("Part of the city"), max_length=120, required=False)
    sector = forms.CharField(
        label=_("Sector"), max_length=60, required=False, help_text=_("Such as transport, hospitality.")
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=int,
        initial=3,
        choices=[(number, str(number)) for number in range(1, LAST_PRIORITY + 1)],
        help_text=_("1 is looked after first and stands on the map of every response."),
    )
    field_order = [*NAMES, "because"]

    def draft(self) -> SiteDraft:
        """What was typed, as the verbs take it; Refused names the field."""
        return draft_of(**{name: self.cleaned_data[name] for name in NAMES})

    @staticmethod
    def of(site: Site) -> dict[str, Any]:
        """A site as its form shows it."""
        return {name: getattr(site, name) for name in NAMES}


class SiteListForm(BecauseForm):
    """A list of sites as a file."""

    file = forms.FileField(label=_("List"), help_text=_("A .csv file in UTF-8 of at most 2 MB."))
    leave = forms.BooleanField(label=_("Take the rows that can be read, leave out the rest"), required=False)
    field_order = ["file", "leave", "because"]

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.refused: list[RowRead] = []

    def read(self) -> list[RowRead]:
        """The rows of the list; those that cannot be taken are kept for the page. Refused when it is no list."""
        rows = read_list(self.cleaned_data["file"].read(LARGEST + 1))
        self.refused = [row for row in rows if row.draft is None]
        return rows
