"""What an administrator types about people and seats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.agencies.models import Agency, Role, Seat, Unit
from vedette.agencies.queries import home_agency, partners, units
from vedette.handling.people import SeatDraft
from vedette.kit.ids import parse_id
from vedette.kit.said import said_choices
from vedette.response.queries import unit_kinds
from vedette.web.programme.forms import choose
from vedette.web.signin.forms import Asking

CLEARANCES = ((1, _("1 routine")), (2, _("2 sensitive")), (3, _("3 restricted")), (4, _("4 named readers")))

# Kinds of units that the shipped playbooks do not name and most departments have.
KINDS = ("community", "transit", "watch")


class BecauseForm(Asking):
    """A reason that the log keeps."""

    because = forms.CharField(label=_("Reason, for the log"), max_length=300)


class RuleForm(BecauseForm):
    """A rule of the security pack: the number, and why."""

    value = forms.IntegerField(label=_("New value"))
    field_order = ["value", "because"]


class GlassForm(BecauseForm):
    """Breaking the glass: why, and for how long."""

    minutes = forms.TypedChoiceField(
        label=_("For"), coerce=int, choices=[(15, _("15 min")), (30, _("30 min")), (60, _("60 min"))], initial=15
    )


class AgencyForm(BecauseForm):
    """An agency the house deals with."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=said_choices(row for row in Agency.Kind.choices if row[0] != Agency.Kind.HOME)
    )
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), max_length=2, required=False, help_text=_("Two letters, such as FR."))
    zone = forms.CharField(
        label=_("Time zone"), max_length=60, required=False, help_text=_("Such as Europe/Paris; empty is ours.")
    )
    field_order = ["name", "kind", "city", "country", "zone", "because"]

    def __init__(self, data: Any = None, agency: Agency | None = None) -> None:
        names = ("name", "city", "country", "zone")
        super().__init__(data, initial={name: getattr(agency, name) for name in names} if agency else None)
        if agency:
            # What kind an agency is decides what it may be given, and stays.
            del self.fields["kind"]


class UnitForm(BecauseForm):
    """A unit at home."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), help_text=_("A playbook gives its tasks to the unit of the kind that it names.")
    )
    field_order = ["name", "kind", "because"]

    def __init__(self, data: Any = None, unit: Unit | None = None) -> None:
        super().__init__(data, initial={"name": unit.name, "kind": unit.kind} if unit else None)
        kinds = sorted({*unit_kinds(), *KINDS, *([unit.kind] if unit else [])})
        choose(self, "kind", list(said_choices((kind, kind) for kind in kinds)))


class SeatFields(Asking):
    """What a seat is and may see."""

    agency = forms.ChoiceField(label=_("Agency"))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    seat_label = forms.CharField(
        label=_("Called"), max_length=120, help_text=_("What others read: “Watch officer 2”, never a name.")
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=said_choices(Role.choices), widget=forms.CheckboxSelectMultiple
    )
    clearance = forms.TypedChoiceField(label=_("Cleared up to"), coerce=int, choices=CLEARANCES, initial=1)
    groups = forms.CharField(
        label=_("Need-to-know groups"), required=False, max_length=300, help_text=_("Separated by commas.")
    )
    sworn = forms.BooleanField(label=_("Sworn officer: may read what names a person"), required=False)
    wall = forms.BooleanField(
        label=_("A board on the wall of a watch room: never locked for want of a hand"), required=False
    )

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        agencies = [home_agency(), *partners()]
        self.fields["agency"].choices = [(str(row.id), row.name) for row in agencies]  # type: ignore[attr-defined]
        rows = [(str(row.id), row.name) for row in units()]
        self.fields["unit"].choices = [("", _("None")), *rows]  # type: ignore[attr-defined]

    def draft(self) -> SeatDraft:
        """What was typed, as the verbs take it."""
        typed = self.cleaned_data
        agency = parse_id(typed["agency"])
        assert agency is not None  # one of the choices
        return SeatDraft(
            agency=agency,
            unit=parse_id(typed["unit"]),
            label=typed["seat_label"],
            roles=tuple(typed["roles"]),
            clearance=typed["clearance"],
            groups=tuple(typed["groups"].split(",")),
            sworn=typed["sworn"],
            wall=typed["wall"],
        )

    @staticmethod
    def of(seat: Seat) -> dict[str, Any]:
        """A seat as its form shows it."""
        return {
            "agency": str(seat.agency_id),
            "unit": str(seat.unit_id or ""),
            "seat_label": seat.label,
            "roles": seat.roles,
            "clearance": seat.clearance,
            "groups": ", ".join(seat.groups),
            "sworn": seat.sworn,
            "wall": seat.wall,
        }


class InviteForm(SeatFields):
    """A new person with a first seat."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=_("A number or an address of the agency; only administrators see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    temporary = forms.BooleanField(label=_("For an occasion: switched off after 72 hours"), required=False)
    field_order = ["username", "seat_label"]


class SeatForm(SeatFields, BecauseForm):
    """A change of a seat, with its reason."""

    field_order = ["agency", "unit", "seat_label", "roles", "clearance", "groups", "sworn", "wall", "because"]
