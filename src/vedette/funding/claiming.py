"""What of a grant's costs may be claimed: borne in these days, in no claim yet; and credits for what was claimed and reversed."""

import datetime
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.funding.models import Allocation, Claim, ClaimItem, ExpenseState, Grant

APPROVED, REVERSED = ExpenseState.State.APPROVED, ExpenseState.State.REVERSED


@dataclass(frozen=True)
class Claimed:
    """One line of a claim: a cost, or the credit for one; its sum in minor units of the books, credits below nothing."""

    allocation: Allocation
    credit: bool

    @property
    def amount(self) -> int:
        """What it adds to the claim."""
        return -self.allocation.amount if self.credit else self.allocation.amount


def claimable(viewer: Viewer | None, grant: Grant, begins: datetime.date, ends: datetime.date) -> list[Claimed]:
    """What a claim on this grant for these days would hold, by day; credits whatever their day."""
    rows = (
        Allocation.objects.seen_by(viewer)
        .filter(grant=grant)
        .select_related("expense__sheet", "expense__post", "expense__mission__sheet")
    )
    held = ClaimItem.objects.seen_by(viewer).filter(allocation__grant=grant)
    in_claims = held.filter(credit=False).values("allocation")
    credited = held.filter(credit=True).values("allocation")
    standing = ExpenseState.objects.seen_by(viewer).filter(until__isnull=True)
    costs = rows.filter(
        expense__day__gte=begins,
        expense__day__lte=ends,
        expense__in=standing.filter(state=APPROVED).values("expense"),
    ).exclude(pk__in=in_claims)
    credits = rows.filter(pk__in=in_claims, expense__in=standing.filter(state=REVERSED).values("expense")).exclude(
        pk__in=credited
    )
    found = [Claimed(row, False) for row in costs] + [Claimed(row, True) for row in credits]
    return sorted(
        found, key=lambda one: (one.allocation.expense.day, one.allocation.expense.sheet.reference, one.credit)
    )


def items_of(viewer: Viewer | None, claim: Claim) -> list[Claimed]:
    """What a claim that was sent holds, by day."""
    rows = (
        ClaimItem.objects.seen_by(viewer)
        .filter(claim=claim)
        .select_related(
            "allocation__expense__sheet",
            "allocation__expense__post",
            "allocation__expense__mission__sheet",
            "allocation__rule",
        )
    )
    found = [Claimed(row.allocation, row.credit) for row in rows]
    return sorted(
        found, key=lambda one: (one.allocation.expense.day, one.allocation.expense.sheet.reference, one.credit)
    )
