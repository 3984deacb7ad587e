"""Who is informed of an incident: own commands first. Available is not informed; only acknowledged counts."""

import datetime
from dataclasses import dataclass, field

from vedette.agencies.models import Unit
from vedette.agencies.queries import units
from vedette.agencies.viewer import Viewer
from vedette.incidents.models import Incident
from vedette.sharing.models import Release
from vedette.sharing.queries import Reach, reach_of


@dataclass(frozen=True)
class Matrix:
    """The rows, our own commands first, each with its newest version; and which of our commands were told nothing."""

    rows: list[Reach] = field(default_factory=list)
    untold: list[Unit] = field(default_factory=list)

    @property
    def opened(self) -> int:
        """How many opened it."""
        return sum(row.opened is not None for row in self.rows)

    @property
    def acknowledged(self) -> int:
        """How many are informed."""
        return sum(row.acknowledged is not None for row in self.rows)

    @property
    def silent(self) -> int:
        """How many are silent past their time."""
        return sum(row.late for row in self.rows)


def matrix(viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None) -> Matrix:
    """Each recipient of the incident's releases once, with the newest version that stands for him, own commands first.

    With a moment: of the releases signed by then, as they stood then, of what the viewer may see now.
    """
    if viewer is None:
        return Matrix()
    signed = {"signed_at__isnull": False} if moment is None else {"signed_at__lte": moment}
    rows = Release.objects.seen_by(viewer).filter(incident=incident, **signed).select_related("sheet")
    newest: dict[object, Reach] = {}
    for reach in sorted(
        reach_of(viewer, rows, moment),
        key=lambda one: (not one.recalled, one.release.signed_at or one.release.drafted_at),
    ):
        row = reach.recipient
        newest[row.agency_id or row.unit_id or row.seat_id] = reach
    told = {row.recipient.unit_id for row in newest.values()}
    untold = [unit for unit in units() if unit.id not in told] if viewer.on_desk else []
    return Matrix(sorted(newest.values(), key=lambda one: (not one.ours, one.name)), untold)
