"""The forms of posts: what is typed is kept, and a refusal stands beside its field."""

import datetime
import zoneinfo
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.handling.models import Sensitivity
from vedette.kit.errors import Refused
from vedette.kit.said import said_choices
from vedette.programme.models import Meeting, Post, Promise
from vedette.programme.queries import hosts, officers

LOCAL = "%Y-%m-%dT%H:%M"
# Beyond these years somebody mistyped, or meant “without an end”; reckoning with days ends somewhere.
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Asking(forms.Form):
    """A form of this screen: its fields are named after what the verb takes, and its ids after the form's own name.

    `BESIDE` says beside which field a refusal stands whose own name is no field of the form.
    """

    BESIDE: ClassVar[dict[str, str]] = {}

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, auto_id=f"{name}_%s", initial=initial, **options)
        self.name = name
        for key, field in list(self.fields.items()):
            self.add(key, field)

    def add(self, key: str, field: forms.Field) -> None:
        """Put a field into the form, with words of the house for what can be wrong."""
        field.error_messages["invalid"] = _("This cannot be read. Give it as the hint shows.")
        field.error_messages["invalid_choice"] = _("This is not on the list. Choose one of the list.")
        self.fields[key] = field

    def taken(self, act: Callable[..., object]) -> bool:
        """Whether the verb took what was typed; its refusal is written beside the field it names."""
        if not self.is_valid():
            return False
        try:
            act(**self.cleaned_data)
        except Refused as refusal:
            beside = self.BESIDE.get(refusal.field, refusal.field)
            field = beside if beside in self.fields else None
            self.add_error(field, f"{refusal.reason} {refusal.way_out}".strip())
            return False
        return True


def choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Say what may be chosen in a field."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, widget=widget, help_text=hint, input_formats=["%Y-%m-%d"], validators=[kept]
    )


def kept(typed: datetime.date) -> None:
    """A day or a moment of years that can be reckoned with."""
    if not FIRST_YEAR <= typed.year <= LAST_YEAR:
        raise forms.ValidationError(_("No such day can be kept. Look at the year, or leave an open end empty."))


def words(label: Any, *, required: bool = True, hint: Any = "", rows: int = 0) -> forms.CharField:
    """A field for a line, or for several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=required, help_text=hint, widget=widget)


def degrees(label: Any, hint: Any) -> forms.FloatField:
    """A coordinate; a plain box, because a browser's number box forgets what it cannot read."""
    return forms.FloatField(label=label, help_text=hint, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


class LanguagesField(forms.CharField):
    """Languages on one line, parted by commas."""

    def to_python(self, value: Any) -> Any:
        return [word.strip() for word in (super().to_python(value) or "").split(",") if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


def reason(label: Any = "") -> forms.CharField:
    """The reason that every change asks for."""
    return words(label or _("Reason"), hint=_("One sentence; it stays in the history."))


class BecauseForm(Asking):
    """Nothing but a reason: ending or closing something."""

    because = reason()


class PostForm(Asking):
    """A post: where it is, who is its host, how its references begin."""

    city = words(_("City"))
    country = words(_("Country"), hint=_("Two letters, such as FR."))
    status = forms.ChoiceField(
        label=_("What it is"), choices=said_choices(row for row in Post.Status.choices if row[0] != "closed")
    )
    zone = words(_("Time zone"), hint=_("Such as Europe/Paris."))
    lat = degrees(_("Latitude"), _("Degrees north, such as 48.8534."))
    lon = degrees(_("Longitude"), _("Degrees east, such as 2.3488."))
    host = forms.ChoiceField(label=_("Host agency"), required=False)
    host_kind = words(_("Kind of host"), hint=_("Such as city prefecture of police."))
    languages = LanguagesField(label=_("Languages"), required=False, help_text=_("Parted by commas."))
    opened = words(_("Opened"), required=False, hint=_("As it is known, such as by 2009-05."))
    note = words(_("Note"), required=False, rows=2)

    def __init__(
        self, name: str, data: Any = None, initial: dict[str, Any] | None = None, post: Post | None = None
    ) -> None:
        super().__init__(name, data, initial if post is None else self.of(post))
        self.agencies = {str(agency.id): agency for agency in hosts()}
        names = [(key, agency.name) for key, agency in self.agencies.items()]
        choose(self, "host", [("", _("None")), *names])
        # Django's forms have a `prefix` of their own, so the field of that name is added here.
        self.add("prefix", words(_("References begin with"), hint=_("Two to six letters, such as PAR.")))
        self.order_fields(["city", "country", "prefix", "status", "lat", "lon", "zone", "languages"])
        if post is not None:
            self.add("because", reason(_("Why it changes")))

    @staticmethod
    def of(post: Post) -> dict[str, Any]:
        """What is written of a post today."""
        names = (
            "city",
            "country",
            "prefix",
            "status",
            "zone",
            "lat",
            "lon",
            "host_kind",
            "languages",
            "opened",
            "note",
        )
        return {name: getattr(post, name) for name in names} | {"host": str(post.host_id or "")}

    def clean_host(self) -> Any:
        """The agency that was chosen."""
        return self.agencies.get(self.cleaned_data["host"])


class PostingForm(Asking):
    """An officer, from a first to a last day."""

    seat = forms.ChoiceField(label=_("Officer"))
    begins = day(_("First day"))
    last_day = day(_("Last day"), required=False, hint=_("Leave it empty while it is open."))
    note = words(_("Note"), required=False)

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(name, data, initial)
        self.seats = {str(seat.id): seat for seat in officers()}
        names = [(key, seat.label) for key, seat in self.seats.items()]
        choose(self, "seat", [("", _("Choose an officer")), *names])

    def clean_seat(self) -> Any:
        """The officer who was chosen."""
        return self.seats[self.cleaned_data["seat"]]


class EndPostingForm(Asking):
    """The last day of a posting, and why."""

    last_day = day(_("Last day there"))
    because = reason()


class CoverForm(Asking):
    """The rule of a post: how many officers, how many days of handover."""

    officers = forms.IntegerField(label=_("Officers who must stand here"), min_value=1, max_value=20)
    handover_days = forms.IntegerField(label=_("Days of handover wanted"), min_value=0, max_value=90)
    because = reason(_("Why it changes"))


class CaveatForm(Asking):
    """A rule of the host."""

    text = words(_("The host's rule"), hint=_("As the host says it; it goes with every report from the post."))
    code = words(_("Handling code"), required=False, hint=_("Such as H1 or H2."))
    because = reason(_("Where it is written"))


SENSITIVITIES = said_choices(row for row in Sensitivity.choices if row[0] != Sensitivity.NAMED_READERS)


def who_may_read() -> forms.TypedChoiceField:
    """How narrow a sheet is."""
    return forms.TypedChoiceField(label=_("Who may read it"), choices=SENSITIVITIES, coerce=int, initial=2)


class ContactForm(Asking):
    """A counterpart, by role."""

    role = words(_("Role"), hint=_("The office held, never a name."))
    reach = words(_("How to reach"), hint=_("Line, hours, through whom."))
    languages = LanguagesField(label=_("Languages"), required=False, help_text=_("Parted by commas."))
    conditions = words(
        _("Conditions"), required=False, hint=_("What this contact asks for; it rides on what was said.")
    )
    sensitivity = who_may_read()

    def __init__(
        self, name: str, data: Any = None, initial: dict[str, Any] | None = None, change: bool = False
    ) -> None:
        super().__init__(name, data, initial)
        if change:
            del self.fields["sensitivity"]
            self.add("because", reason(_("Why it changes")))


class MeetingForm(Asking):
    """What was said, when, how; the time is that of the post."""

    met_at = forms.DateTimeField(
        label=_("When, in the time of the post"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        input_formats=[LOCAL, f"{LOCAL}:%S"],
        validators=[kept],
    )
    how = forms.ChoiceField(
        label=_("How"), choices=said_choices(Meeting.How.choices), widget=forms.RadioSelect, initial="met"
    )
    text = words(_("What was said"), rows=3)
    sensitivity = who_may_read()

    def __init__(self, name: str, data: Any = None, initial: dict[str, Any] | None = None, zone: str = "UTC") -> None:
        super().__init__(name, data, initial)
        self.zone = zoneinfo.ZoneInfo(zone)

    def clean_met_at(self) -> datetime.datetime:
        """The moment in the zone of the post."""
        typed: datetime.datetime = self.cleaned_data["met_at"]
        return typed.replace(tzinfo=self.zone)


class PromiseForm(Asking):
    """What was promised in a meeting."""

    whose = forms.ChoiceField(label=_("Who promised"), choices=said_choices(Promise.Whose.choices))
    text = words(_("What was promised"))
    due = day(_("Due by"), required=False)


class SettleForm(Asking):
    """Whether it was kept."""

    kept = forms.TypedChoiceField(
        label=_("Was it kept"),
        choices=said_choices([("yes", "kept"), ("no", "not kept")]),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    because = reason(_("How, or why not"))
