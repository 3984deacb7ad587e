"""The handover of a post as a paper for its next officer."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from vedette.formats.pdf.writing import write


@dataclass(frozen=True)
class HandoverPaper:
    """What the paper says: contacts with their conditions, promises owed, questions, rules, papers, topics."""

    label: str
    title: str
    reference: str
    as_of: str
    who: str
    contacts: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, str]] = field(default_factory=list)
    questions: list[dict[str, str]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    papers: list[dict[str, str]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    recipient: str = ""
    notice: str = ""


def handover_pdf(paper: HandoverPaper) -> bytes:
    """The PDF of a handover."""
    return write("handover.typ", dataclasses.asdict(paper))
