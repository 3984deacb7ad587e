"""Every breaking of the glass for the auditor: who, why, until when, what it showed, which originators took notice."""

import datetime
from dataclasses import dataclass, field

from vedette.agencies.models import GlassBreak
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.models import GlassOpening, GlassReceipt
from vedette.handling.policy import require
from vedette.kit.time import now

MOST = 100
HOUSE = "the auditor hears of every record seen under broken glass, by its reference"


@dataclass(frozen=True)
class Shown:
    """A record that only the glass showed: its reference, opened or seen in a list, when, and who took notice when."""

    reference: str
    opened: bool
    at: datetime.datetime
    noticed: list[tuple[str, datetime.datetime]] = field(default_factory=list)


@dataclass(frozen=True)
class Breaking:
    """One breaking of the glass and all that it showed."""

    broken: GlassBreak
    shown: list[Shown]
    in_force: bool

    @property
    def unnoticed(self) -> int:
        """How many records no originator has taken notice of."""
        return sum(not row.noticed for row in self.shown)


def breakings(by: Viewer | None) -> list[Breaking]:
    """The newest breakings of the glass, each with what it showed; looking is written down."""
    viewer = require(by, "see_review")
    broken = list(GlassBreak.objects.select_related("seat__agency").order_by("-since", "-id")[:MOST])
    openings = (
        GlassOpening.objects.as_house(HOUSE).filter(glass__in=broken).select_related("sheet").order_by("at", "id")
    )
    receipts: dict[object, list[tuple[str, datetime.datetime]]] = {}
    for row in (
        GlassReceipt.objects.as_house(HOUSE).filter(opening__glass__in=broken).select_related("seat").order_by("at")
    ):
        receipts.setdefault(row.opening_id, []).append((row.seat.label, row.at))
    shown: dict[object, list[Shown]] = {}
    for row in openings:
        line = Shown(row.sheet.reference, row.opened, row.at, receipts.get(row.pk, []))
        shown.setdefault(row.glass_id, []).append(line)
    moment = now()
    record(viewer, "account.looked", [row.id for row in broken], "who broke the glass")
    return [Breaking(row, shown.get(row.id, []), row.since <= moment < row.until) for row in broken]
