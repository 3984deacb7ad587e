"""A claim as a funder gets it: what was bought, where, on which day, for how much and under which rule; no word typed by anyone."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ClaimLine:
    """One cost, or the credit for one; sums in whole units of their currency, credits below nothing."""

    reference: str
    day: datetime.date
    place: str
    item: str
    category: str
    amount: Decimal
    currency: str
    rate: Decimal
    rate_day: datetime.date
    base: Decimal
    rule: str
    receipts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimPaper:
    """The whole claim; `places` is how many places after the point the books' currency has."""

    reference: str
    home: str
    funder: str
    grant: str
    agreement: str
    begins: datetime.date
    ends: datetime.date
    sent: datetime.date
    currency: str
    places: int
    lines: tuple[ClaimLine, ...]
    notice: str = ""

    @property
    def total(self) -> Decimal:
        """What is claimed."""
        return sum((line.base for line in self.lines), Decimal(0))

    @property
    def by_category(self) -> list[tuple[str, Decimal]]:
        """What is claimed in each category, in the order they first come."""
        sums: dict[str, Decimal] = {}
        for line in self.lines:
            sums[line.category] = sums.get(line.category, Decimal(0)) + line.base
        return list(sums.items())
