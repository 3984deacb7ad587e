"""What is committed and not yet spent: what a mission's approved costs used of a grant lapses of what it committed there.

All of it lapses when the mission is declined, does not go, or is closed. Sums alone, whoever may read the mission.
"""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, replace

from vedette.funding.models import CommitmentPart, Line
from vedette.funding.payers import Answer, Cost, Purse, Ruled, Verdict, payers
from vedette.programme.models import MissionState

State = MissionState.State
LAPSED = (State.DECLINED, State.NO_GO, State.CLOSED)
DAY = datetime.timedelta(days=1)
Sums = dict[uuid.UUID, dict[str, int]]


@dataclass(frozen=True)
class Promise:
    """What one grant will bear of one commitment, and what of it was spent."""

    part: CommitmentPart
    spent: int

    @property
    def left(self) -> int:
        """What is still committed."""
        return max(0, self.part.amount - self.spent)


def promises(grant: uuid.UUID | None = None, category: str = "") -> list[Promise]:
    """What every commitment in force leaves committed, by first day; two questions, whatever their number."""
    gone = MissionState.objects.as_house("sums of the books hold no words").filter(until__isnull=True, state__in=LAPSED)
    rows = CommitmentPart.objects.as_house("sums of the books hold no words").filter(commitment__until__isnull=True)
    rows = rows.exclude(commitment__mission__in=gone.values("mission"))
    rows = rows.filter(grant=grant) if grant else rows
    rows = rows.filter(commitment__category=category) if category else rows
    found = list(rows.select_related("commitment", "grant__funder", "rule").order_by("commitment__days", "id"))
    missions = {row.commitment.mission_id for row in found}
    spent: dict[tuple[uuid.UUID, uuid.UUID, str], list[tuple[datetime.date, int]]] = defaultdict(list)
    lines = Line.objects.filter(account=Line.Account.COST, mission__in=missions, grant__isnull=False)
    for mission, pot, kind, day, amount in lines.values_list("mission", "grant", "category", "day", "amount"):
        spent[(mission, pot, kind)].append((day, amount))
    return [Promise(row, _spent(row, spent)) for row in found]


def _spent(row: CommitmentPart, spent: dict[tuple[uuid.UUID, uuid.UUID, str], list[tuple[datetime.date, int]]]) -> int:
    held = row.commitment
    return sum(amount for day, amount in spent[(held.mission_id, row.grant_id, held.category)] if day in held.days)


def promised() -> Sums:
    """What is committed of each grant and category."""
    sums: Sums = defaultdict(lambda: defaultdict(int))
    for one in promises():
        sums[one.part.grant_id][one.part.commitment.category] += one.left
    return sums


def less_promised(purses: list[Purse]) -> list[Purse]:
    """The purses as a further commitment finds them: what is committed counts as used."""
    sums = promised()
    return [
        replace(
            purse,
            used={
                name: purse.used.get(name, 0) + sums[purse.grant.id].get(name, 0)
                for name in {*purse.used, *sums[purse.grant.id]}
            },
        )
        for purse in purses
    ]


@dataclass(frozen=True)
class Through:
    """Who pays a cost on every day of a span: one rule and the same grants; or the first day on which that ends, and why."""

    answer: Answer
    verdict: Verdict | None
    broken: datetime.date | None = None


def payers_through(cost: Cost, ends: datetime.date, rules: list[Ruled], purses: list[Purse], currency: str) -> Through:
    """Ask who pays on each day from the cost's own to the last; an agreement that ends among them is found on its day."""
    first = payers(cost, rules, purses, currency)
    chosen = first.chosen
    if chosen is None:
        return Through(first, None, cost.day)
    day = cost.day
    while day < ends:
        day += DAY
        answer = payers(replace(cost, day=day), rules, purses, currency)
        if answer.chosen is None or _who(answer.chosen) != _who(chosen):
            return Through(answer, None, day)
    return Through(first, chosen)


def _who(verdict: Verdict) -> tuple[uuid.UUID, ...]:
    return (verdict.rule.id, *(part.purse.grant.id for part in verdict.parts))
