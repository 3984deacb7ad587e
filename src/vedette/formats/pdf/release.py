"""A release or an order sheet as PDF: its TLP label in header and footer of each page, the reader's name across it."""

import dataclasses
from dataclasses import dataclass, field

from vedette.formats.pdf.writing import write


@dataclass(frozen=True)
class ReleasePaper:
    """What the paper says; `order` prints it as an order sheet with lines to sign."""

    label: str
    reference: str
    title: str
    version: str
    number: int
    sender: str
    sent: str
    paragraphs: list[str]
    codes: list[str] = field(default_factory=list)
    handling_text: str = ""
    until: str = ""
    digest: str = ""
    signed: bool = False
    recipient: str = ""
    order: bool = False
    notice: str = ""


def release_pdf(paper: ReleasePaper) -> bytes:
    """The PDF of a release."""
    return write("release.typ", dataclasses.asdict(paper))
