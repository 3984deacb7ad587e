"""What the screens read of commitments: those behind a figure, and what one mission commits and has spent by category."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from vedette.agencies.viewer import Viewer
from vedette.funding.models import Category, Commitment, CommitmentPart, Line, PayerRule
from vedette.funding.promises import DAY, Promise, promises
from vedette.programme.models import Mission


@dataclass(frozen=True)
class Planned:
    """A commitment with who bears it and what of it is left; without its row where the viewer may not read the mission."""

    commitment: Commitment | None
    category: str
    promises: tuple[Promise, ...]

    @property
    def amount(self) -> int:
        """What was committed, in minor units of the books."""
        return sum(one.part.amount for one in self.promises)

    @property
    def left(self) -> int:
        """What is still committed."""
        return sum(one.left for one in self.promises)

    @property
    def spent(self) -> int:
        """What of it lapsed because it was spent."""
        return self.amount - self.left

    @property
    def payers(self) -> str:
        """Who bears it."""
        return " + ".join(one.part.grant.funder.name for one in self.promises)

    @property
    def rule(self) -> PayerRule:
        """The rule that chose them."""
        return self.promises[0].part.rule

    @property
    def last(self) -> datetime.date | None:
        """Its last day."""
        return self.commitment.days.upper - DAY if self.commitment else None

    @property
    def name(self) -> str:
        """The category in words."""
        return str(Category(self.category).label)


def planned(viewer: Viewer | None, grant: uuid.UUID | None = None, category: str = "") -> list[Planned]:
    """The commitments behind a figure, by first day; what a viewer may not see stands there as a sum alone."""
    by_commitment: dict[uuid.UUID, list[Promise]] = defaultdict(list)
    for one in promises(grant, category):
        by_commitment[one.part.commitment_id].append(one)
    rows = Commitment.objects.seen_by(viewer).filter(pk__in=by_commitment).select_related("mission__sheet")
    seen = {row.id: row for row in rows}
    return [
        Planned(seen.get(key), each[0].part.commitment.category, tuple(each)) for key, each in by_commitment.items()
    ]


@dataclass(frozen=True)
class CategoryCost:
    """What a mission committed and spent in a category, in minor units of the books."""

    category: str
    committed: int
    spent: int

    @property
    def name(self) -> str:
        """The category in words."""
        return str(Category(self.category).label)

    @property
    def over(self) -> int:
        """How much more was spent than was committed; nothing below that."""
        return max(0, self.spent - self.committed)


def costs_of(viewer: Viewer | None, mission: Mission) -> list[CategoryCost]:
    """What a mission the viewer reads committed in whole and spent, by category; two questions."""
    parts = CommitmentPart.objects.seen_by(viewer).filter(commitment__mission=mission, commitment__until__isnull=True)
    committed = dict(parts.values_list("commitment__category").annotate(sum=Sum("amount")).order_by())
    lines = Line.objects.filter(account=Line.Account.COST, mission=mission)
    spent = dict(lines.values_list("category").annotate(sum=Sum("amount")).order_by())
    return [
        CategoryCost(name, committed.get(name, 0), spent.get(name, 0))
        for name in Category.values
        if name in committed or spent.get(name)
    ]


def commitment_by_id(viewer: Viewer | None, key: uuid.UUID) -> Commitment | None:
    """A commitment in force of a mission the viewer may read."""
    rows = Commitment.objects.seen_by(viewer).filter(until__isnull=True)
    found: Commitment | None = rows.select_related("mission__sheet").filter(pk=key).first()
    return found
