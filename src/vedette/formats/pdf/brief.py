"""The commander's brief as one A4 page."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from vedette.formats.pdf.writing import write


@dataclass(frozen=True)
class BriefPaper:
    """What the page says: a bottom line, facts with sureness, likeness, what we did, who was told, what to decide."""

    label: str
    title: str
    reference: str
    as_of: str
    began: str
    bottom: str
    nexus: str
    facts: list[dict[str, str]] = field(default_factory=list)
    like: list[dict[str, str]] = field(default_factory=list)
    did: list[dict[str, str]] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)
    untold: str = ""
    decide: list[str] = field(default_factory=list)
    sites: list[dict[str, Any]] = field(default_factory=list)
    recipient: str = ""
    notice: str = ""


def brief_pdf(paper: BriefPaper) -> bytes:
    """The PDF of a brief."""
    return write("brief.typ", dataclasses.asdict(paper))
