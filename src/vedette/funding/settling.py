"""What became of a claim, line by line: claimed, paid, disputed, given up, outstanding; and how old what is due is. Sums of rows."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from vedette.agencies.viewer import Viewer
from vedette.funding.claiming import Claimed
from vedette.funding.models import Claim, Dispute, Entry, Line

GIVEN_UP = (Entry.Kind.WRITTEN_OFF, Entry.Kind.RETURNED)


def given_up(claims: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """What of each claim is no longer due: written off, or taken back to be claimed again; as the books have it."""
    lines = Line.objects.filter(account=Line.Account.DUE, entry__kind__in=GIVEN_UP, entry__subject__in=list(claims))
    sums = lines.values_list("entry__subject").annotate(sum=Sum("amount")).order_by()
    return {key: -amount for key, amount in sums}


@dataclass(frozen=True)
class Settled:
    """One line of a claim with what became of it; sums in minor units of the books."""

    one: Claimed
    paid: int
    dispute: Dispute | None
    closed: tuple[Dispute, ...] = ()

    @property
    def disputed(self) -> int:
        """What its funder does not pay, and nothing came of it yet."""
        return self.dispute.amount if self.dispute else 0

    @property
    def given_up(self) -> int:
        """What of it is no longer due."""
        return sum(row.amount for row in self.closed if row.outcome != Dispute.Outcome.PAID)

    @property
    def outstanding(self) -> int:
        """What is still to come in of it, disputed or not."""
        return self.one.amount - self.paid - self.given_up


def by_line(items: Sequence[Claimed], disputes: Sequence[Dispute], paid: int) -> list[Settled]:
    """A payment is counted against the oldest lines first, disputed sums last; a credit is settled by what it takes off."""
    of: dict[uuid.UUID, list[Dispute]] = {}
    for row in disputes:
        of.setdefault(row.item_id, []).append(row)
    own = [of.get(one.item.id, []) if one.item else [] for one in items]
    bare = [
        Settled(one, 0, _open(rows), tuple(row for row in rows if row.until))
        for one, rows in zip(items, own, strict=True)
    ]
    left = paid - sum(one.amount for one in items if one.amount < 0)
    sums = [one.one.amount if one.one.amount < 0 else 0 for one in bare]
    for held_back in (False, True):
        for place, line in enumerate(bare):
            room = line.one.amount - line.given_up - sums[place] if line.one.amount > 0 else 0
            if not held_back:
                room -= line.disputed
            part = min(max(room, 0), left)
            sums[place], left = sums[place] + part, left - part
    return [Settled(line.one, got, line.dispute, line.closed) for line, got in zip(bare, sums, strict=True)]


def _open(rows: Sequence[Dispute]) -> Dispute | None:
    return next((row for row in rows if row.until is None), None)


def disputes_of(viewer: Viewer | None, claim: Claim) -> list[Dispute]:
    """What its funder did not pay of a claim, of what the viewer may read, the oldest first."""
    rows = Dispute.objects.seen_by(viewer).filter(item__claim=claim)
    return list(rows.select_related("item__allocation").order_by("since"))


def age_in_days(claim: Claim, today: datetime.date) -> int:
    """How long a claim has been due."""
    return max(0, (today - claim.sent_at.date()).days)
