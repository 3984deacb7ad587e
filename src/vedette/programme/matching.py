"""Who fits a mission, and the best team: plain sums over what officers bring. It asks no table.

The best team covers all needs with the fewest gaps (a gap is one unfilled slot of a need), of those the one with the
fewest days abroad in sum, of those the first in the order given. It is exact: an integer programme, solved once for the
gaps and once for the days.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

LANGUAGE, SKILL = "language", "skill"
Span = tuple[datetime.date, datetime.date]
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Need:
    """A skill in so many seats, or a language at a level in so many members."""

    kind: str
    name: str
    number: int
    level: Decimal = Decimal(0)


@dataclass(frozen=True)
class Candidate:
    """An officer as matching knows him: confirmed languages and skills, papers with their last day, spans not free."""

    key: str
    label: str
    languages: dict[str, Decimal] = field(default_factory=dict)
    skills: frozenset[str] = frozenset()
    papers: dict[str, datetime.date | None] = field(default_factory=dict)
    busy: tuple[tuple[datetime.date, datetime.date, str], ...] = ()
    days_abroad: int = 0

    def brings(self, need: Need) -> bool:
        """Whether he fills a slot of this need."""
        name = need.name.casefold()
        if need.kind == SKILL:
            return name in self.skills
        return name in self.languages and self.languages[name] >= need.level


@dataclass(frozen=True)
class Judged:
    """One officer before one mission: what speaks for him, what is missing, and what keeps him from going at all."""

    candidate: Candidate
    fills: tuple[Need, ...]
    missing: tuple[Need, ...]
    obstacles: tuple[str, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether nothing keeps him from going."""
        return not self.obstacles


@dataclass(frozen=True)
class Team:
    """A team with the skill each member fills (None: he goes for a language), and the slots that stay open, by need."""

    members: tuple[tuple[Candidate, Need | None], ...]
    gaps: tuple[tuple[Need, int], ...]

    @property
    def open_slots(self) -> int:
        """How many slots stay open."""
        return sum(count for _need, count in self.gaps)

    @property
    def days_abroad(self) -> int:
        """The days its members have been abroad, in sum."""
        return sum(candidate.days_abroad for candidate, _need in self.members)


PASSPORT = "passport"


def judge(candidate: Candidate, needs: Sequence[Need], days: Span) -> Judged:
    """What speaks for an officer and what is missing; `days` are the first and the last day of the mission."""
    fills = tuple(need for need in needs if candidate.brings(need))
    missing = tuple(need for need in needs if need not in fills)
    return Judged(candidate, fills, missing, tuple(obstacles(candidate, days)))


def obstacles(candidate: Candidate, days: Span) -> Iterable[str]:
    """Why he cannot go on these days: codes `away:KIND` and `paper:NAME`; none when he can."""
    for begins, ends, why in candidate.busy:
        if begins <= days[1] and days[0] < ends:
            yield f"away:{why}"
    for name, last in candidate.papers.items():
        if name == PASSPORT and last is not None and last < days[1]:
            yield f"paper:{name}"


def table(candidates: Iterable[Candidate], needs: Sequence[Need], days: Span) -> list[Judged]:
    """Every officer before the mission: who can go first, who fills most first, who was abroad least first."""
    rows = [judge(candidate, needs, days) for candidate in candidates]
    return sorted(rows, key=lambda row: (not row.eligible, -len(row.fills), row.candidate.days_abroad))


def best_team(candidates: Sequence[Candidate], needs: Sequence[Need], size: int, days: Span) -> Team:
    """The team of at most `size` eligible officers with the fewest gaps, then the fewest days abroad, then by order."""
    free = [one for one in candidates if not any(True for _ in obstacles(one, days))]
    chosen = _Programme(_least_abroad(free, needs, size), tuple(needs), size).solve()
    return _team(chosen, needs)


def _least_abroad(free: Sequence[Candidate], needs: Sequence[Need], size: int) -> list[tuple[int, Candidate]]:
    """The officers who can be of use, in the order given.

    Whoever has `size` others before him who bring at least as much and were abroad no longer is never needed: a team
    with him leaves one of those at home, who could take his seat.
    """
    alike: dict[int, list[tuple[int, int, Candidate]]] = defaultdict(list)
    for place, one in enumerate(free):
        brings = sum(1 << bit for bit, need in enumerate(needs) if one.brings(need))
        if brings:
            alike[brings].append((one.days_abroad, place, one))
    kept = [(brings, *row) for brings, rows in alike.items() for row in sorted(rows, key=lambda row: row[:2])[:size]]
    useful: list[tuple[int, Candidate]] = []
    for brings, days, place, one in kept:
        ahead = sum(
            (other & brings) == brings and (its_days, its_place) < (days, place)
            for other, its_days, its_place, _one in kept
        )
        if ahead < size:
            useful.append((place, one))
    return sorted(useful, key=lambda row: row[0])


@dataclass(frozen=True)
class _Programme:
    """One integer programme: a column says who goes, a column a skill slot he fills, a column a gap of a need."""

    people: list[tuple[int, Candidate]]
    needs: tuple[Need, ...]
    size: int

    @cached_property
    def slots(self) -> list[tuple[int, int]]:
        """(officer, need) of each skill an officer could fill."""
        return [
            (who, what)
            for who, (_place, one) in enumerate(self.people)
            for what, need in enumerate(self.needs)
            if need.kind == SKILL and one.brings(need)
        ]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.people) + len(self.slots) + len(self.needs)

    def solve(self) -> list[tuple[Candidate, int | None]]:
        """Who goes, and the index of the skill he fills."""
        if not self.people or not self.needs:
            return []
        gaps = np.zeros(self.width)
        gaps[len(self.people) + len(self.slots) :] = 1
        open_slots = round(float(gaps @ self._least(gaps)))
        abroad = np.zeros(self.width)
        abroad[: len(self.people)] = self._costs()
        best = self._least(abroad, (gaps, open_slots))
        goes = [who for who in range(len(self.people)) if best[who] > 0.5]
        fills = {who: what for place, (who, what) in enumerate(self.slots) if best[len(self.people) + place] > 0.5}
        return [(self.people[who][1], fills.get(who)) for who in goes]

    def _costs(self) -> Vector:
        """Days abroad, and far below one day the member himself and his place in the order.

        So of two teams alike in days the smaller one is chosen, then the one that stands earlier.
        """
        count = len(self.people)
        most = (count + 1) * (self.size + 1) * 2
        days = np.array([one.days_abroad for _place, one in self.people], dtype=float)
        return days * most + (count + 1) + np.arange(count) / (count + 1)

    def _least(self, costs: Vector, at_most: tuple[Vector, int] | None = None) -> Vector:
        """The cheapest choice; `at_most` holds another sum of the columns below a number."""
        # The solver takes a quarter of a second to load, which no other screen is to pay for.
        from scipy.optimize import Bounds, LinearConstraint, milp

        held = [LinearConstraint(*self._rules)]
        held += [LinearConstraint(at_most[0].reshape(1, -1), -np.inf, at_most[1])] if at_most else []
        found = milp(
            costs,
            integrality=np.ones(self.width),
            bounds=Bounds(0, self._upper()),
            constraints=held,
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise RuntimeError(f"The solver gave no team: {found.message}")
        return np.asarray(found.x)

    def _upper(self) -> Vector:
        upper = np.ones(self.width)
        upper[len(self.people) + len(self.slots) :] = [need.number for need in self.needs]
        return upper

    @cached_property
    def _rules(self) -> tuple[Any, list[float], list[float]]:
        """The team's size; who fills a skill goes, and fills one; filled slots and gaps make up each need."""
        from scipy.sparse import csr_array

        count, needs = len(self.people), len(self.needs)
        cells = [(0, who, 1) for who in range(count)] + [(1 + who, who, -1) for who in range(count)]
        for place, (who, what) in enumerate(self.slots):
            cells += [(1 + who, count + place, 1), (1 + count + what, count + place, 1)]
        for what, need in enumerate(self.needs):
            cells.append((1 + count + what, count + len(self.slots) + what, 1))
            if need.kind == LANGUAGE:
                cells += [(1 + count + what, who, 1) for who, (_at, one) in enumerate(self.people) if one.brings(need)]
        rows, columns, values = zip(*cells, strict=True)
        lows = [-np.inf] * (1 + count) + [float(need.number) for need in self.needs]
        highs = [float(self.size)] + [0.0] * count + [np.inf] * needs
        return csr_array((values, (rows, columns)), shape=(1 + count + needs, self.width)), lows, highs


def _team(chosen: list[tuple[Candidate, int | None]], needs: Sequence[Need]) -> Team:
    filled = {place: 0 for place in range(len(needs))}
    for candidate, skill in chosen:
        for place, need in enumerate(needs):
            if place == skill or (need.kind == LANGUAGE and candidate.brings(need)):
                filled[place] += 1
    gaps = tuple((need, need.number - filled[place]) for place, need in enumerate(needs) if filled[place] < need.number)
    return Team(tuple((one, needs[skill] if skill is not None else None) for one, skill in chosen), gaps)


def greedy_team(candidates: Sequence[Candidate], needs: Sequence[Need], size: int, days: Span) -> Team:
    """The plain way, kept to measure the exact one against: take, seat by seat, who fills most that is still open."""
    left = {place: need.number for place, need in enumerate(needs)}
    free = [one for one in candidates if not any(True for _ in obstacles(one, days))]
    chosen: list[tuple[Candidate, int | None]] = []
    for _seat in range(size):
        scored = [(_gain(one, needs, left), -one.days_abroad, -place) for place, one in enumerate(free)]
        if not scored or max(scored)[0] == 0:
            break
        one = free.pop(-max(scored)[2])
        skill = next((p for p, n in enumerate(needs) if n.kind == SKILL and left[p] > 0 and one.brings(n)), None)
        for place, need in enumerate(needs):
            if place == skill or (need.kind == LANGUAGE and one.brings(need)):
                left[place] -= 1
        chosen.append((one, skill))
    return _team(chosen, needs)


def _gain(one: Candidate, needs: Sequence[Need], left: dict[int, int]) -> int:
    open_ones = [need for place, need in enumerate(needs) if left[place] > 0 and one.brings(need)]
    return sum(need.kind == LANGUAGE for need in open_ones) + any(need.kind == SKILL for need in open_ones)
