"""What the page of the chains draws."""

from typing import Any
from urllib.parse import urlencode

from vedette.account.chains import Chain, Chains
from vedette.account.statement import name_of
from vedette.agencies.viewer import Viewer
from vedette.kit.said import said
from vedette.reporting.models import Received
from vedette.web.funding.pages import frame
from vedette.web.search.found import address_of
from vedette.web.value.words import lead_words


def chains_context(viewer: Viewer | None, found: Chains, begins_in: int) -> dict[str, Any]:
    """Everything `value/chains.html` draws."""

    def address(page: int) -> str:
        return f"?{urlencode({'year': begins_in, 'page': page})}" if 1 <= page <= found.pages else ""

    return {
        **frame(viewer, "value"),
        "found": found,
        "lines": [_line(row) for row in found.rows],
        "year": name_of(begins_in),
        "begins_in": begins_in,
        "newer": address(found.page - 1),
        "older": address(found.page + 1),
    }


def _line(row: Chain) -> dict[str, Any]:
    words = [lead_words(str(said(Received.Channel(lead.channel).label)), lead.minutes) for lead in row.leads]
    return {"chain": row, "href": address_of("report", row.report.pk), "leads": [{"words": one} for one in words]}
