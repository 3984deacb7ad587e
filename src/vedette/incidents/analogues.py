"""Which past incidents this one is like, why, and what was done about them; judged on what the viewer may see."""

import datetime
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.incidents.likeness import Analogue, features_from_reports, rank
from vedette.incidents.models import CatalogueEntry, Incident, Measure
from vedette.incidents.queries import linked_rows
from vedette.incidents.views import view_of_row
from vedette.reporting.queries import ReportRow

HORIZONS = ("minutes", "days", "week", "weeks", "ongoing")


@dataclass(frozen=True)
class AnalogueView:
    """A past incident beside this one: reasons, differences, and the measures then taken, nearest horizon first."""

    entry: CatalogueEntry
    analogue: Analogue
    measures: list[Measure]

    @property
    def in_force(self) -> int:
        """How many of the measures are known to be still in force."""
        return sum(measure.still_in_force is True for measure in self.measures)

    @property
    def by_horizon(self) -> list[Measure]:
        """At most two measures a horizon, for a card."""
        return [measure for name in HORIZONS for measure in [m for m in self.measures if m.horizon == name][:2]]


def analogues_of(
    viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None, limit: int = 3
) -> list[AnalogueView]:
    """The nearest past incidents of the catalogue that began before this one; none while nothing was reported."""
    return analogues_of_rows(linked_rows(viewer, incident, moment), incident.began_at, limit)


def analogues_of_rows(rows: list[ReportRow], before: datetime.datetime, limit: int = 3) -> list[AnalogueView]:
    """The same for rows already read."""
    if not rows:
        return []
    features = features_from_reports([view_of_row(row) for row in rows if not row.report.sheet.withdrawn_at])
    entries = {entry.id: entry for entry in CatalogueEntry.objects.filter(start__lt=before)}
    found = rank(features, [entry.facts for entry in entries.values()], limit=limit, before=before)
    measures = list(Measure.objects.filter(entry__in=[item.entry_id for item in found]).order_by("id"))
    order = {name: place for place, name in enumerate(HORIZONS)}
    return [
        AnalogueView(
            entries[item.entry_id],
            item,
            sorted([m for m in measures if m.entry_id == item.entry_id], key=lambda m: order.get(m.horizon, 9)),
        )
        for item in found
    ]


def catalogue_size() -> int:
    """How many past incidents the catalogue holds."""
    return CatalogueEntry.objects.count()
