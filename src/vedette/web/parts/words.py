"""The words behind the trade's marks: what a grade, a label, a nexus, a horizon says aloud."""

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

# How much ink a mark gets, 1 (surest) to 6, beside its words. NATO: AJP-2.1; EU 4x4: Europol;
# UK 3x5x2: College of Policing.
RELIABILITY: dict[str, dict[str, tuple[int, Promise]]] = {
    "nato": {
        "A": (1, _("completely reliable")),
        "B": (2, _("usually reliable")),
        "C": (3, _("fairly reliable")),
        "D": (4, _("not usually reliable")),
        "E": (5, _("unreliable")),
        "F": (6, _("reliability cannot be judged")),
    },
    "eu": {
        "A": (1, _("no doubt about the source")),
        "B": (2, _("source reliable in most cases")),
        "C": (4, _("source unreliable in most cases")),
        "X": (6, _("reliability of the source cannot be assessed")),
    },
    "uk": {
        "1": (1, _("reliable source")),
        "2": (6, _("untested source")),
        "3": (5, _("source not reliable")),
    },
}
CREDIBILITY: dict[str, dict[str, tuple[int, Promise]]] = {
    "nato": {
        "1": (1, _("confirmed by other sources")),
        "2": (2, _("probably true")),
        "3": (3, _("possibly true")),
        "4": (4, _("doubtful")),
        "5": (5, _("improbable")),
        "6": (6, _("truth cannot be judged")),
    },
    "eu": {
        "1": (1, _("accuracy not in doubt")),
        "2": (2, _("known personally to the source")),
        "3": (3, _("not known personally to the source but corroborated")),
        "4": (6, _("cannot be corroborated")),
    },
    "uk": {
        "A": (1, _("known directly to the source")),
        "B": (2, _("known indirectly but corroborated")),
        "C": (4, _("known indirectly")),
        "D": (6, _("not known")),
        "E": (5, _("suspected to be false")),
    },
}
HANDLING: Words = {"P": _("lawful sharing permitted"), "C": _("lawful sharing permitted with conditions")}
SCHEMES: Words = {"nato": _("Grade"), "eu": _("Grade, EU 4x4"), "uk": _("Grade, UK 3x5x2")}

# What a report says of its source, by key; said through the filter of the rooms' words.
SOURCE_KINDS: tuple[Promise, ...] = (
    pgettext_lazy("said", "own observation"),
    pgettext_lazy("said", "own agency"),
    pgettext_lazy("said", "own summary"),
    pgettext_lazy("said", "liaison officer"),
    pgettext_lazy("said", "home"),
    pgettext_lazy("said", "host police"),
    pgettext_lazy("said", "host government"),
    pgettext_lazy("said", "host partner"),
    pgettext_lazy("said", "foreign partner"),
    pgettext_lazy("said", "partner police"),
    pgettext_lazy("said", "international"),
    pgettext_lazy("said", "federal"),
    pgettext_lazy("said", "fusion"),
    pgettext_lazy("said", "consulate"),
    pgettext_lazy("said", "venue"),
    pgettext_lazy("said", "witness"),
    pgettext_lazy("said", "press"),
    pgettext_lazy("said", "social media"),
    pgettext_lazy("said", "private sector"),
    pgettext_lazy("said", "other"),
)

# Kinds of record, as their control sheets name them.
SHEET_KINDS: tuple[Promise, ...] = (
    pgettext_lazy("said", "report"),
    pgettext_lazy("said", "received"),
    pgettext_lazy("said", "incident"),
    pgettext_lazy("said", "release"),
    pgettext_lazy("said", "task"),
    pgettext_lazy("said", "run"),
    pgettext_lazy("said", "decision"),
    pgettext_lazy("said", "contact"),
    pgettext_lazy("said", "meeting"),
    pgettext_lazy("said", "mission"),
    pgettext_lazy("said", "agreement"),
    pgettext_lazy("said", "topic"),
    pgettext_lazy("said", "shift"),
    pgettext_lazy("said", "handover"),
    pgettext_lazy("said", "safety"),
    pgettext_lazy("said", "duress"),
)

# What the player of a demonstration tells of its last message.
REPLAYED: Promise = pgettext_lazy("said", "%(reference)s filed")

# status -> (class, icon, words)
NEXUS: dict[str, tuple[str, str, Promise]] = {
    "none": ("none", "home-x", _("No nexus known")),
    "none_known": ("none", "home-x", _("No nexus known")),
    "possible": ("possible", "home-question", _("Nexus possible")),
    "confirmed": ("confirmed", "home", _("Nexus confirmed")),
    "asked": ("asked", "hourglass", _("Nexus asked")),
    "": ("asked", "circle-dashed", _("Nexus not asked")),
}

HORIZONS: tuple[Promise, ...] = (_("Minutes"), _("Days"), _("Week"), _("Weeks"), _("Ongoing"))
HORIZON_KEYS = ("minutes", "days", "week", "weeks", "ongoing")

SURE: dict[str, Promise] = {
    "confirmed": _("Confirmed"),
    "probable": _("Probable"),
    "open": _("Contradicted"),
    "contradicted": _("Contradicted"),
    "single": _("One source"),
    "unknown": _("Not known"),
}

# kind -> (class of the chip, icon or none, words)
REPORT_KINDS: dict[str, tuple[str, str, Promise]] = {
    "flash": ("flash", "bolt", _("FLASH")),
    "spot": ("line", "", _("Spot")),
    "situation": ("line", "", _("Situation")),
    "assessment": ("line", "", _("Assessment")),
    "request": ("line", "message-question", _("Request")),
    "answer": ("line", "", _("Answer")),
    "received": ("line", "mail", _("Received")),
    "weekly": ("line", "", _("Weekly")),
}

TLP_CLASSES = {"RED": "red", "AMBER+STRICT": "amber", "AMBER": "amber", "GREEN": "green", "CLEAR": "clear"}
TLP_WORDS: Words = {
    "RED": _("for the eyes of the named recipients only"),
    "AMBER+STRICT": _("for the recipient's organisation only, need to know"),
    "AMBER": _("for the recipient's organisation and its clients, need to know"),
    "GREEN": _("for the recipient's community, not public"),
    "CLEAR": _("no limit on disclosure"),
}


def country(code: str) -> str:
    """A country in the reader's language by its two letters; the letters themselves where they name none."""
    try:
        locale = Locale.parse(get_language() or "en", sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    return str(locale.territories.get(code.upper(), code))
