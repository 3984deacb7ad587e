"""What of a grant's costs may be claimed: borne in these days, in no claim yet; and credits for what was claimed and reversed."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Sum

from vedette.agencies.viewer import Viewer
from vedette.funding.models import Allocation, Claim, ClaimItem, Dispute, ExpenseState, Grant

APPROVED, REVERSED = ExpenseState.State.APPROVED, ExpenseState.State.REVERSED


@dataclass(frozen=True)
class Claimed:
    """One line of a claim: a cost, or the credit for one; its sum in minor units of the books, credits below nothing."""

    allocation: Allocation
    credit: bool
    fixed: int | None = None
    dispute: Dispute | None = None
    item: ClaimItem | None = None

    @property
    def amount(self) -> int:
        """What it adds to the claim."""
        if self.fixed is not None:
            return self.fixed
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
    given_up = _given_up(viewer, grant)
    found = [Claimed(row, False) for row in costs]
    found += [Claimed(row, True, given_up.get(row.id, 0) - row.amount) for row in credits]
    found += _again(viewer, grant, begins, ends)
    found = [one for one in found if one.amount]
    return sorted(
        found, key=lambda one: (one.allocation.expense.day, one.allocation.expense.sheet.reference, one.credit)
    )


def _given_up(viewer: Viewer | None, grant: Grant) -> dict[uuid.UUID, int]:
    """What of each allocation no claim holds any more: written off, or taken back and not claimed again yet."""
    rows = Dispute.objects.seen_by(viewer).filter(
        item__allocation__grant=grant, outcome__in=(Dispute.Outcome.WRITTEN_OFF, Dispute.Outcome.AGAIN)
    )
    again = rows.exclude(outcome=Dispute.Outcome.AGAIN, claimed_again__isnull=False)
    return dict(again.values_list("item__allocation").annotate(sum=Sum("amount")).order_by())


def _again(viewer: Viewer | None, grant: Grant, begins: datetime.date, ends: datetime.date) -> list[Claimed]:
    """What a funder did not pay, was taken back, and whose cost still stands."""
    rows = Dispute.objects.seen_by(viewer).filter(
        item__allocation__grant=grant,
        outcome=Dispute.Outcome.AGAIN,
        claimed_again__isnull=True,
        item__allocation__expense__day__gte=begins,
        item__allocation__expense__day__lte=ends,
    )
    standing = ExpenseState.objects.seen_by(viewer).filter(until__isnull=True, state=APPROVED)
    rows = rows.filter(item__allocation__expense__in=standing.values("expense"))
    return [
        Claimed(row.item.allocation, False, row.amount, row)
        for row in rows.select_related(
            "item__allocation__expense__sheet",
            "item__allocation__expense__post",
            "item__allocation__expense__mission__sheet",
        )
    ]


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
    found = [Claimed(row.allocation, row.credit, row.amount, None, row) for row in rows]
    return sorted(
        found, key=lambda one: (one.allocation.expense.day, one.allocation.expense.sheet.reference, one.credit)
    )
