"""What a door hands to a verb: typed drafts, checked field by field before anything is written."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from vedette.kit.errors import Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.reporting.models import Nexus, Report, Scheme

LETTERS = {"NATO": ("ABCDEF", "123456"), "EU": ("ABCX", "1234"), "UK": ("12345", "ABCDE")}
DEFAULT_GRADE = {"NATO": ("F", "6"), "EU": ("X", "4"), "UK": ("3", "E")}
# A phone's clock may run ahead; what lies further in the future than this cannot have been observed.
AHEAD = datetime.timedelta(hours=14)
# Languages a form offers by name; any other code is taken as well.
LANGUAGES = [
    ("en", "English"), ("fr", "Français"), ("es", "Español"), ("de", "Deutsch"), ("it", "Italiano"),
    ("pt", "Português"), ("nl", "Nederlands"), ("ru", "Русский"), ("ar", "العربية"), ("he", "עברית"), ("hi", "हिन्दी"),
    ("mr", "मराठी"), ("ur", "اردو"),
]  # fmt: skip
GLOSS_ADVICE = "Give your own English, so that the desk can act on it."


@dataclass(frozen=True)
class PlaceDraft:
    """Where: a name, and a point with its precision in metres when it is known."""

    name: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_m: int | None = None


@dataclass(frozen=True)
class GradeDraft:
    """A grade in its native scheme: source reliability and information credibility."""

    scheme: str = "NATO"
    reliability: str = ""
    credibility: str = ""


@dataclass(frozen=True)
class ReportDraft:
    """A report as an officer or a clerk hands it in; `client_id` makes filing it twice harmless.

    `written_at`: when it was written on a phone, which may send it days later; None when it is handed in as it is written.
    """

    client_id: uuid.UUID
    kind: str
    text: str
    observed_at: datetime.datetime
    post_key: str = ""
    language: str = "en"
    gloss: str = ""
    happened_at: datetime.datetime | None = None
    happened_precision: str = "minute"
    happened_approximate: bool = False
    place: PlaceDraft = field(default_factory=PlaceDraft)
    source_label: str = ""
    source_kind: str = ""
    grade: GradeDraft = field(default_factory=GradeDraft)
    nexus: str = Nexus.NONE.value
    nexus_note: str = ""
    nexus_asked: str = ""
    sensitivity: int = 1
    names_person: bool = False
    phoned_by: uuid.UUID | None = None
    written_at: datetime.datetime | None = None


def check_report(draft: ReportDraft) -> dict[str, Any]:
    """The columns of a checked draft; Refused names the first field that cannot be taken, why, and the way out."""
    _one_of("kind", draft.kind, Report.Kind.values)
    _one_of("nexus", draft.nexus, Nexus.values)
    _one_of("happened_precision", draft.happened_precision, Report.Precision.values)
    moment = now()
    for name, value in (("observed_at", draft.observed_at), ("happened_at", draft.happened_at)):
        if value is not None:
            check_moment(name, value, moment)
    lat, lon = check_point(draft.place)
    return {
        "kind": draft.kind,
        "happened_at": draft.happened_at,
        "happened_precision": draft.happened_precision,
        "happened_approximate": draft.happened_approximate,
        "observed_at": draft.observed_at,
        "place_name": clean_line("place", draft.place.name),
        "lat": lat,
        "lon": lon,
        "precision_m": check_precision(draft.place.precision_m),
        "nexus": draft.nexus,
        "nexus_note": clean_text("nexus_note", draft.nexus_note, limit=500),
        "nexus_asked": clean_line("nexus_asked", draft.nexus_asked),
    }


def check_wording(draft: ReportDraft) -> dict[str, str]:
    """Text, language and gloss as they are stored; the text may not be empty."""
    return {
        "text": clean_text("text", draft.text, required=True),
        "language": check_language(draft.language),
        "gloss": clean_text("gloss", draft.gloss),
    }


def check_language(language: str) -> str:
    """A short language code such as en, fr, hi (BCP 47); Refused otherwise."""
    code = clean_line("lang", language, limit=12) or "en"
    if not code.replace("-", "").isalnum() or len(code.split("-")[0]) not in (2, 3):
        raise Refused("lang", f"“{code}” is not a language code.", "Use two or three letters, such as en, fr, hi.")
    return code.lower()


def check_moment(name: str, value: datetime.datetime, moment: datetime.datetime) -> None:
    """A moment must carry its zone and may not lie further ahead than clocks differ."""
    if value.tzinfo is None:
        raise Refused(name, "The time has no zone.", "Send it with an offset, such as 2015-11-13T21:27:00+01:00.")
    if value > moment + AHEAD:
        raise Refused(name, "The time lies in the future.", "Check the date and the zone.")
    if value.year < 1970:
        raise Refused(name, "The time lies before 1970.", "Check the date.")


def check_point(place: PlaceDraft) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, both or neither."""
    if (place.lat is None) != (place.lon is None):
        raise Refused("place", "Only one of the two coordinates is there.", "Give latitude and longitude, or neither.")
    if place.lat is None or place.lon is None:
        return None, None
    if not -90 <= place.lat <= 90:
        raise Refused(
            "place.lat", f"{place.lat} is not a latitude.", "It lies between -90 and 90; the two may be swapped."
        )
    if not -180 <= place.lon <= 180:
        raise Refused("place.lon", f"{place.lon} is not a longitude.", "It lies between -180 and 180.")
    return place.lat, place.lon


def check_precision(metres: int | None) -> int | None:
    """Precision of a point in metres: 1 to 2,000,000."""
    if metres is not None and not 1 <= metres <= 2_000_000:
        raise Refused("place.precision_m", f"{metres} m is not a precision.", "Give 1 to 2,000,000 metres.")
    return metres


def check_grade(draft: GradeDraft) -> GradeDraft:
    """A grade whose letters its scheme knows; empty ones take the scheme's "cannot be judged" (NATO F6)."""
    _one_of("grade.scheme", draft.scheme, Scheme.values)
    sources, informations = LETTERS[draft.scheme]
    unknown = DEFAULT_GRADE[draft.scheme]
    reliability, credibility = draft.reliability or unknown[0], draft.credibility or unknown[1]
    for name, value, letters in (("source", reliability, sources), ("information", credibility, informations)):
        if value not in letters or len(value) != 1:
            raise Refused(f"grade.{name}", f"“{value}” is not in {draft.scheme}.", f"Use one of {', '.join(letters)}.")
    return GradeDraft(draft.scheme, reliability, credibility)


def _one_of(name: str, value: str, allowed: list[str]) -> None:
    if value not in allowed:
        raise Refused(name, f"“{value}” is not known here.", f"Use one of: {', '.join(allowed)}.")
