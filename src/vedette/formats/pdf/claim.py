"""A claim as PDF: its sum first, then by category, then every line."""

from decimal import Decimal
from typing import Any

from vedette.formats.claim import ClaimPaper
from vedette.formats.pdf.writing import write


def claim_pdf(claim: ClaimPaper) -> bytes:
    """The PDF of a claim."""
    return write("claim.typ", _facts(claim))


def _facts(claim: ClaimPaper) -> dict[str, Any]:
    def sum_of(value: Decimal, places: int = claim.places) -> str:
        return f"{value:,.{places}f}"

    return {
        "label": "ADMINISTRATIVE",
        "title": f"Claim {claim.reference}",
        "sender": claim.home,
        "recipient": "",
        "notice": claim.notice,
        "reference": claim.reference,
        "funder": claim.funder,
        "grant": claim.grant,
        "agreement": claim.agreement,
        "days": f"{_day(claim.begins)} to {_day(claim.ends)}",
        "sent": _day(claim.sent),
        "currency": claim.currency,
        "total": sum_of(claim.total),
        "categories": [[name, sum_of(value)] for name, value in claim.by_category],
        "lines": [
            [
                line.reference,
                _day(line.day),
                line.place,
                line.item,
                f"{line.currency} {line.amount:,}" if line.currency != claim.currency else "",
                f"{line.rate.normalize():f}, {_day(line.rate_day)}" if line.currency != claim.currency else "",
                line.rule,
                str(len(line.receipts) or "none"),
                sum_of(line.base),
            ]
            for line in claim.lines
        ],
    }


def _day(day: Any) -> str:
    return f"{day.day} {day:%b %Y}"
