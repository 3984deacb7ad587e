"""An extract of the books: what one funder, post or mission bore or cost in a span of days, with every line of it."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ExtractLine:
    """One line of the books; without its reference where the reader may not see what it came from."""

    day: datetime.date
    kind: str
    reference: str
    funder: str
    category: str
    amount: Decimal


@dataclass(frozen=True)
class Extract:
    """The whole extract; `places` is how many places after the point the books' currency has."""

    title: str
    home: str
    begins: datetime.date
    ends: datetime.date
    currency: str
    places: int
    lines: tuple[ExtractLine, ...]
    notice: str = ""

    @property
    def total(self) -> Decimal:
        """What its lines add up to."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def by_category(self) -> list[tuple[str, Decimal]]:
        """What they add up to in each category, in the order they first come."""
        sums: dict[str, Decimal] = {}
        for line in self.lines:
            sums[line.category] = sums.get(line.category, Decimal(0)) + line.amount
        return list(sums.items())
