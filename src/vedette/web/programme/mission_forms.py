"""The forms of missions: asking, offering, answering, the list before travel, the plan, the report."""

import datetime
import re
import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.handling.queries import sheet_by_reference
from vedette.kit.said import said_choices
from vedette.programme.actions import MissionDraft, NeedDraft
from vedette.programme.going import VETTINGS
from vedette.programme.missions import MissionRow
from vedette.programme.models import Agreement, Mission, MissionCheck, Observation
from vedette.programme.queries import agreements, hosts, officers
from vedette.web.programme.forms import LOCAL, Asking, choose, day, reason, who_may_read, words

# "2 crowd control" and "French 2+, 3".
SKILL_LINE = re.compile(r"(\d{1,2})\s+(\S.*)")
LANGUAGE_LINE = re.compile(r"(\D+?)\s+([0-5])(\+?)(?:\s*,\s*(\d{1,2}))?")


def number(label: Any, hint: Any = "", *, required: bool = True) -> forms.IntegerField:
    """A whole number; the verb says which are taken."""
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=required, help_text=hint, widget=widget)


class LinesField(forms.CharField):
    """Needs, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def lines(self, value: Any) -> list[str]:
        """What is typed, without empty lines."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


class SkillsField(LinesField):
    """Skills, each with the number of seats."""

    def to_python(self, value: Any) -> Any:
        found = []
        for line in self.lines(value):
            match = SKILL_LINE.fullmatch(line)
            if match is None:
                said = gettext("“%(line)s” cannot be read. Write a number and a skill, such as 2 crowd control.")
                raise ValidationError(said % {"line": line})
            found.append(NeedDraft("skill", match[2], int(match[1])))
        return found


class SpokenField(LinesField):
    """Languages, each with a level of the ILR scale and, when not everybody needs it, how many do."""

    def to_python(self, value: Any) -> Any:
        found = []
        for line in self.lines(value):
            match = LANGUAGE_LINE.fullmatch(line)
            if match is None:
                said = gettext("“%(line)s” cannot be read. Write a language and a level, such as French 2+, 3.")
                raise ValidationError(said % {"line": line})
            level = f"{match[2]}.{5 if match[3] else 0}"
            found.append(NeedDraft("language", match[1], int(match[4] or 0), level))
        return found


class DraftForm(Asking):
    """What every mission has before it is entered."""

    BESIDE: ClassVar[dict[str, str]] = {"needs": "skills"}

    title = words(_("Title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=said_choices(Mission.Kind.choices))
    country = words(_("Country"), hint=_("Two letters, such as FR."))
    city = words(_("City"), required=False)
    zone = words(_("Time zone"), hint=_("Such as Europe/Paris."))
    wanted_from = day(_("From"))
    wanted_days = number(_("For how many days"))
    team = number(_("Seats of the team"))
    skills = SkillsField(label=_("Skills"), required=False, help_text=_("One a line, such as 2 crowd control."))
    languages = SpokenField(
        label=_("Languages"), required=False, help_text=_("One a line, such as French 2+. French 2+, 3 asks three.")
    )
    note = words(_("What it is for"), required=False, rows=3)
    sensitivity = who_may_read()

    def draft(self, agreement: Any = None) -> MissionDraft:
        """What was typed, as the verbs take it."""
        typed = self.cleaned_data
        names = (
            "title", "kind", "country", "city", "zone", "wanted_from", "wanted_days", "team", "note", "sensitivity",
        )  # fmt: skip
        needs = (*typed["skills"], *typed["languages"])
        return MissionDraft(**{name: typed[name] for name in names}, needs=needs, agreement=agreement)


class OfferForm(DraftForm):
    """An officer offers himself."""


class AskForm(DraftForm):
    """A mission that somebody asks for, or a surge after an incident or report."""

    origin = forms.ChoiceField(
        label=_("Who asks"), choices=said_choices(row for row in Mission.Origin.choices if row[0] != "officers")
    )
    asker = forms.ChoiceField(label=_("Which agency"), required=False)
    basis = words(_("Follows"), required=False, hint=_("For a surge: the reference of the incident or report."))

    def __init__(
        self, name: str, data: Any = None, initial: dict[str, Any] | None = None, viewer: Viewer | None = None
    ) -> None:
        super().__init__(name, data, initial)
        self.viewer = viewer
        asking = [one for one in hosts() if one.kind in (Agency.Kind.BUREAU, Agency.Kind.HOST)]
        self.askers = {str(agency.id): agency for agency in asking}
        choose(self, "asker", [("", _("None")), *((key, agency.name) for key, agency in self.askers.items())])
        self.order_fields(["origin", "asker", "basis"])

    def clean_asker(self) -> Any:
        """The agency that was chosen."""
        return self.askers.get(self.cleaned_data["asker"])

    def clean_basis(self) -> Any:
        """The sheet a reference names, as far as the viewer may read it."""
        typed = self.cleaned_data["basis"].strip()
        found = sheet_by_reference(self.viewer, typed) if typed else None
        if typed and found is None:
            raise ValidationError(_("Nothing with this reference is here for you. Copy it from its page."))
        return found


class AcceptForm(Asking):
    """The chief's yes: when, for how long, where; under which agreement."""

    begins = day(_("First day"))
    days = number(_("For how many days"))
    place = words(_("Place"))
    agreement = forms.ChoiceField(label=_("Rests on"), required=False)
    because = words(_("Reason"), required=False, hint=_("Needed when the days are not those asked for."))

    def __init__(self, name: str, data: Any = None, row: MissionRow | None = None) -> None:
        self.agreements = {str(one.agreement.id): one.agreement for one in agreements() if one.state == "in-force"}
        first = {"begins": row.begins, "days": row.days, "place": row.place, "agreement": self.near(row)} if row else {}
        super().__init__(name, data, first)
        self.names = [(key, f"{one.partner.name}: {one.title}") for key, one in self.agreements.items()]
        choose(self, "agreement", [("", _("As it stands")), *self.names])

    def near(self, row: MissionRow) -> str:
        """The agreement the mission rests on, else the one about missions with whoever asks."""
        if row.mission.agreement_id:
            return str(row.mission.agreement_id)
        theirs = (key for key, one in self.agreements.items() if one.partner_id == row.mission.asker_id)
        return next((key for key in theirs if self.agreements[key].kind == Agreement.Kind.MISSION), "")

    def clean_agreement(self) -> Any:
        """The agreement that was chosen."""
        return self.agreements.get(self.cleaned_data["agreement"])


class RestsForm(AcceptForm):
    """The agreement a mission rests on, named by the chief."""

    because = reason()

    def __init__(self, name: str, data: Any = None, row: MissionRow | None = None) -> None:
        super().__init__(name, data, row)
        for key in ("begins", "days", "place"):
            del self.fields[key]
        choose(self, "agreement", list(self.names))
        self.fields["agreement"].required = True


class AssignForm(Asking):
    """An officer for the team, and the skill he fills."""

    seat = forms.ChoiceField(label=_("Officer"), widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Skill"), required=False, widget=forms.HiddenInput)

    def __init__(self, name: str, data: Any = None, row: MissionRow | None = None) -> None:
        super().__init__(name, data)
        self.seats = {str(seat.id): seat for seat in officers()}
        self.roles = {str(need.id): need for need in row.needs} if row else {}
        choose(self, "seat", [(key, seat.label) for key, seat in self.seats.items()])
        choose(self, "role", [("", ""), *((key, need.name) for key, need in self.roles.items())])

    def clean_seat(self) -> Any:
        """The officer who was chosen."""
        return self.seats[self.cleaned_data["seat"]]

    def clean_role(self) -> Any:
        """The need he fills, if it is one."""
        return self.roles.get(self.cleaned_data["role"])


class CheckForm(Asking):
    """One line of the list before travel; a vetting asks for its case number, days and counts, never for a name."""

    state = forms.ChoiceField(label=_("Stands"), choices=said_choices(MissionCheck.State.choices))
    valid_until = day(_("Holds until"), required=False)
    because = words(_("Reason"), required=False, hint=_("Needed when it is refused or not needed."))

    def __init__(self, name: str, data: Any = None, kind: str = "", check: MissionCheck | None = None) -> None:
        held = ("state", "valid_until", "because", "case_number", "vetted_on", "cleared", "suspended")
        super().__init__(name, data, {key: getattr(check, key) for key in held} if check else {"state": "done"})
        if kind == MissionCheck.Kind.FUNDING:
            # The books tick this line: by hand it is only opened, refused, or not needed.
            choose(self, "state", said_choices(row for row in MissionCheck.State.choices if row[0] != "done"))
        if kind in VETTINGS:
            self.add("case_number", words(_("Case number"), required=False, hint=_("Such as 2016-0411-A; no name.")))
            self.add("vetted_on", day(_("Vetted on"), required=False))
            self.add("cleared", number(_("Cleared"), required=False))
            self.add("suspended", number(_("Suspended"), required=False))


class GoForm(Asking):
    """The chief's go; nothing is typed unless he wants to."""

    because = words(_("Remark"), required=False)


class TaskForm(Asking):
    """What the team is to do."""

    title = words(_("Task"))
    day = day(_("Day"), required=False)


class OutsideForm(TaskForm):
    """A task outside the mandate: the chief's own leave and the bureau's."""

    because = reason(_("Why the chief lets it happen"))
    bureau_leave = words(_("Leave of the bureau"), hint=_("The reference of its letter."))
    bureau_leave_on = day(_("Given on"))


class Telling(Asking):
    """What others will read: when its words may name a person, it comes back and may be said to name nobody."""

    def __init__(self, name: str, data: Any = None) -> None:
        super().__init__(name, data)
        if data is not None:
            self.add("nobody", forms.BooleanField(label=_("I have looked: nobody is named here"), required=False))


class SessionForm(Telling):
    """A session: trainees counted, never named."""

    title = words(_("Session"))
    day = day(_("Day"))
    hours = words(_("Hours"))
    trainees = number(_("Trainees"))
    vetted = number(_("Of them vetted"))


class DueForm(Asking):
    """When the team owes a sign of life, in the time of the place."""

    due = forms.DateTimeField(
        label=_("When, in the time of the place"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        input_formats=[LOCAL, f"{LOCAL}:%S"],
    )

    def __init__(self, name: str, data: Any = None, zone: str = "UTC") -> None:
        super().__init__(name, data)
        self.zone = zoneinfo.ZoneInfo(zone)

    def clean_due(self) -> datetime.datetime:
        """The moment in the zone of the place."""
        typed: datetime.datetime = self.cleaned_data["due"]
        return typed.replace(tzinfo=self.zone)


class CheckInForm(Asking):
    """All is well, and where."""

    place = words(_("Where the team is"))


class ReturnForm(Asking):
    """The team is home."""

    because = words(_("Reason"), required=False, hint=_("Needed when it came before the last day."))


class DebriefForm(Telling):
    """The team's report on its mission."""

    text = words(_("What was done and what came of it"), rows=6)
    because = words(_("Reason"), required=False, hint=_("Needed when a report stands already."))


class ObservationForm(Telling):
    """One thing others may learn from."""

    element = forms.ChoiceField(label=_("About"), choices=said_choices(Observation.Element.choices))
    text = words(_("What was seen"), rows=3)
    suggestion = words(_("What should be done"), required=False, rows=2)
