"""The small forms beside an opened report: grade, statement, root source, nexus, new wording, names, a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vedette.kit.errors import Refused
from vedette.kit.said import said, said_choices
from vedette.places.coordinates import parse_coordinates
from vedette.reporting.actions.claims import CLAIM_KINDS, QUALIFIERS, ClaimDraft
from vedette.reporting.drafts import LANGUAGES, GradeDraft, PlaceDraft
from vedette.reporting.models import Grade, Report, Scheme
from vedette.reporting.work import ReportWork
from vedette.web.parts.words import CREDIBILITY, RELIABILITY
from vedette.web.reports.forms import NEXUS
from vedette.web.reports.typed import local_field


def _letters(words: dict[str, dict[str, tuple[int, Any]]]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            said(label),
            [(f"{scheme}:{letter}", f"{letter}  {said}") for letter, (_ink, said) in words[scheme.lower()].items()],
        )
        for scheme, label in Scheme.choices
    ]


class GradeForm(forms.Form):
    """Source and information apart; the letters carry their scheme, so that the two cannot be of different ones."""

    reliability = forms.ChoiceField(label=_("The source"))
    credibility = forms.ChoiceField(label=_("The information"))
    because = forms.CharField(label=_("Because"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reliability"] = forms.ChoiceField(label=_("The source"), choices=_letters(RELIABILITY))
        self.fields["credibility"] = forms.ChoiceField(label=_("The information"), choices=_letters(CREDIBILITY))
        self.order_fields(["reliability", "credibility", "because"])

    def clean(self) -> dict[str, Any]:
        """Both letters must be of one scheme."""
        said = self.cleaned_data
        first, second = said.get("reliability", ""), said.get("credibility", "")
        if first and second and first.split(":")[0] != second.split(":")[0]:
            self.add_error("credibility", _("Source and information are of different schemes. Choose both from one."))
        return said

    def grade(self) -> GradeDraft:
        """The grade in its native scheme."""
        scheme, letter = self.cleaned_data["reliability"].split(":")
        return GradeDraft(scheme, letter, self.cleaned_data["credibility"].split(":")[1])


class ClaimForm(forms.Form):
    """One statement, typed, or confirmed from a proposal."""

    kind = forms.ChoiceField(
        label=_("What it tells"), choices=said_choices((kind, kind.replace("-", " ")) for kind in CLAIM_KINDS)
    )
    value = forms.CharField(label=_("Value"), max_length=300)
    qualifier = forms.ChoiceField(
        label=_("How exact"),
        choices=[("", _("as it stands")), *said_choices((word, word) for word in QUALIFIERS if word)],
        required=False,
    )
    subject = forms.CharField(label=_("Of what or whom"), max_length=200, required=False)
    quote = forms.CharField(
        label=_("The words of the report"), max_length=500, required=False, help_text=_("Word for word.")
    )

    def draft(self) -> ClaimDraft:
        """The typed draft."""
        said = self.cleaned_data
        return ClaimDraft(said["kind"], said["value"], said["subject"], None, said["qualifier"], quote=said["quote"])


class RootForm(forms.Form):
    """What the source goes back to."""

    root = forms.ChoiceField(label=_("It goes back to"))
    because = forms.CharField(label=_("Because"), max_length=300)

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        known = [("unknown", _("not known (counts as the same root)")), ("itself", _("itself: it has it first hand"))]
        self.fields["root"] = forms.ChoiceField(label=_("It goes back to"), choices=[*known, *sources])
        self.order_fields(["root", "because"])


class NexusForm(forms.Form):
    """The home nexus: the answer, who was asked, when."""

    status = forms.ChoiceField(label=_("Link to the home city"), choices=NEXUS, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Which link"), max_length=500, required=False)
    asked = forms.CharField(
        label=_("Who was asked"), max_length=200, required=False, help_text=_("A role, never a name.")
    )
    asked_at = local_field(_("When, in the time of the post"), required=False)


class PlaceForm(forms.Form):
    """Where it happened: a name, a point picked on the map, or coordinates in the same field."""

    where = forms.CharField(
        label=_("Where?"),
        max_length=200,
        required=False,
        help_text=_("A name, or coordinates: 48.863, 2.3706."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-place": ""}),
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    precision = forms.FloatField(required=False, widget=forms.HiddenInput)
    because = forms.CharField(label=_("Because"), max_length=300)

    def place(self) -> PlaceDraft:
        """The picked point with its name; without one, the coordinates in the words, else the words as a name."""
        said = self.cleaned_data
        if said["lat"] is not None or said["lon"] is not None:
            precision = round(said["precision"]) if said["precision"] else None
            return PlaceDraft(said["where"], said["lat"], said["lon"], precision)
        try:
            point = parse_coordinates(said["where"])
        except Refused:
            return PlaceDraft(said["where"])
        return PlaceDraft(said["where"], point.lat, point.lon, point.precision_m)


class AmendForm(forms.Form):
    """A new wording beside the old ones."""

    text = forms.CharField(label=_("New wording"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), strip=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    gloss = forms.CharField(label=_("In English"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    because = forms.CharField(label=_("What changed, and why"), max_length=300)


class NameForm(forms.Form):
    """A passage that names a person, or does not."""

    text = forms.CharField(label=_("The name as it is written there"), max_length=200)
    because = forms.CharField(label=_("Because"), max_length=200, required=False)


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("Photo, voice note or document"), help_text=_("At most 25 MB."))


def grade_form(grade: Grade | None, prefix: str) -> GradeForm:
    """The grading form of a report or a statement, with the grade that stands."""
    now = (
        {"reliability": f"{grade.scheme}:{grade.reliability}", "credibility": f"{grade.scheme}:{grade.credibility}"}
        if grade
        else {}
    )
    return GradeForm(initial=now, auto_id=f"{prefix}_%s")


FORMS: dict[str, type[forms.Form]] = {
    "grade": GradeForm,
    "claim": ClaimForm,
    "root": RootForm,
    "nexus": NexusForm,
    "place": PlaceForm,
    "amend": AmendForm,
    "name": NameForm,
    "file": FileForm,
}


def blank(name: str, work: ReportWork) -> forms.Form:
    """A form as it stands before anything was typed: with what is so now."""
    version, report, grade = work.row.version, work.row.report, work.row.grade
    if name == "root":
        return RootForm(sources=root_choices(work), initial={"root": _root_now(work)}, auto_id="root_%s")
    if name == "grade":
        return grade_form(grade, "grade")
    initial: dict[str, dict[str, Any]] = {
        "nexus": {"status": report.nexus, "note": report.nexus_note, "asked": report.nexus_asked},
        "place": {"where": report.place_name, "lat": report.lat, "lon": report.lon, "precision": report.precision_m},
        "amend": {"text": version.text, "language": version.language, "gloss": version.gloss},
    }
    return FORMS[name](initial=initial.get(name, {}), auto_id=auto_id(name))


def auto_id(name: str) -> str:
    """How the fields of a form are called in the page; the script of places knows those of a place by their plain names."""
    return "id_%s" if name == "place" else f"{name}_%s"


def center_of(report: Report) -> str:
    """Where the map of a report opens: at its point, else at its post."""
    at = report if report.lat is not None else report.post
    return f"{at.lat},{at.lon}"


def _root_now(work: ReportWork) -> str:
    source = work.row.report.source
    if not source.root_known:
        return "unknown"
    return str(source.root_id) if source.root_id else "itself"


def root_choices(work: ReportWork) -> list[tuple[str, str]]:
    """The other sources of those days, by post."""
    return [(str(source.id), f"{source.post.city}: {source.label} ({source.kind})") for source in work.sources]
