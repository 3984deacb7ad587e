"""An extract of the books as PDF: its sum first, then by category, then every line."""

from typing import Any

from vedette.formats.extract import Extract
from vedette.formats.pdf.writing import write


def extract_pdf(extract: Extract) -> bytes:
    """The PDF of an extract."""
    return write("extract.typ", _facts(extract))


def _facts(extract: Extract) -> dict[str, Any]:
    def said(value: Any) -> str:
        return f"{value:,.{extract.places}f}"

    return {
        "label": "ADMINISTRATIVE",
        "title": extract.title,
        "sender": extract.home,
        "recipient": "",
        "reference": extract.title,
        "notice": extract.notice,
        "days": f"{_day(extract.begins)} to {_day(extract.ends)}",
        "currency": extract.currency,
        "total": said(extract.total),
        "categories": [[name, said(value)] for name, value in extract.by_category],
        "lines": [
            [_day(line.day), line.kind, line.reference or "-", line.funder, line.category, said(line.amount)]
            for line in extract.lines
        ],
    }


def _day(day: Any) -> str:
    return f"{day.day} {day:%b %Y}"
