"""What a hit looks like: where it opens, its sign, its words with what was searched for marked."""

import uuid
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from vedette.search.queries import Hit

# kind of sheet -> (URL name of its page, sign, words)
KINDS: dict[str, tuple[str, str]] = {
    "report": ("", "file-text"),
    "request": ("request", "message-question"),
    "received": ("received_one", "mail"),
    "incident": ("incident", "alert-octagon"),
    "release": ("release", "file-export"),
    "topic": ("topic", "flag"),
    "mission": ("mission", "plane"),
}


@dataclass(frozen=True)
class Found:
    """A hit as a list draws it; `pieces` are (text, marked) in order."""

    hit: Hit
    href: str
    icon: str
    kind: str
    why: str
    pieces: list[tuple[str, bool]]


def kind_words() -> dict[str, str]:
    """The kinds one may filter by, in words."""
    return {
        "report": _("Reports"),
        "request": _("Questions"),
        "received": _("Received"),
        "incident": _("Incidents"),
        "release": _("Releases"),
        "topic": _("Topics"),
        "mission": _("Missions"),
    }


def one_of() -> dict[str, str]:
    """One of each kind, in words."""
    return {
        "report": _("Report"),
        "request": _("Question"),
        "received": _("Received"),
        "incident": _("Incident"),
        "release": _("Release"),
        "topic": _("Topic"),
        "mission": _("Mission"),
    }


def why_words(why: str) -> str:
    """Why a hit is there."""
    words = {
        "words": _("the words"),
        "name": _("a name"),
        "near spelling": _("a near spelling"),
        "place": _("a place"),
        "meaning": _("the meaning"),
        "reference": _("the reference"),
    }
    return words.get(why, why)


def href_of(hit: Hit) -> str:
    """The page a hit opens; the desk for a report."""
    return address_of(hit.kind, hit.sheet_id) or reverse("desk")


def address_of(kind: str, sheet_id: uuid.UUID) -> str:
    """The page of a record of this kind; empty for a kind without one."""
    name, _sign = KINDS.get(kind, ("-", ""))
    try:
        return reverse(name, args=[sheet_id]) if name else f"{reverse('desk')}?report={sheet_id}"
    except NoReverseMatch:
        return ""


def found(hit: Hit) -> Found:
    """A hit dressed for a list."""
    sign = KINDS.get(hit.kind, ("", "file-text"))[1]
    return Found(hit, href_of(hit), sign, one_of().get(hit.kind, hit.kind), why_words(hit.why), pieces_of(hit.excerpt))


def pieces_of(excerpt: str) -> list[tuple[str, bool]]:
    """An excerpt cut at its marks: the index sets « » round what was found; a lone one is the text's own."""
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate((excerpt or "").split("«")):
        head, mark, tail = part.partition("»")
        if number and mark:
            pieces += [(head, True), (tail, False)]
        else:
            pieces.append((f"«{part}" if number else part, False))
    return [piece for piece in pieces if piece[0]]
