"""What each post loses in the next twelve months, by whose leaving or by which paper, and who could fill it.

A language counts where the post speaks it. What a colleague who stands there on the day after brings as well is kept.
"""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from vedette.agencies.models import Seat
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import may
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.programme.matching import LANGUAGE, SKILL, Need, table
from vedette.programme.missions import candidates
from vedette.programme.models import Posting, PostPaper, Qualification
from vedette.programme.queries import coverage, officers
from vedette.programme.rota import Coverage, last_day

Kind = Qualification.Kind
CLEARANCE = "clearance"
ENDS = "posting"
# A clearance that every seat has is never lost.
EVERYBODY = 1
DAY = datetime.timedelta(days=1)
# Who could fill must be free for so long from the day after.
FREE_DAYS = 90
NAMED = 3


@dataclass(frozen=True)
class Item:
    """One thing an officer brings to a post: a language at a level, a skill, a clearance, a certificate."""

    kind: str
    name: str
    level: Decimal | None = None

    def within(self, other: "Item") -> bool:
        """Whether the other is as much or more."""
        alike = (self.kind, self.name.casefold()) == (other.kind, other.name.casefold())
        return alike and (self.level or 0) <= (other.level or 0)


@dataclass(frozen=True)
class Loss:
    """Something that a post has up to a day and not after it, unless a colleague keeps it."""

    item: Item
    day: datetime.date
    why: str
    kept_by: str = ""


@dataclass(frozen=True)
class Fill:
    """An officer who could stand in: what of the lost he brings, what he lacks, and why he is not free (codes)."""

    label: str
    person_id: uuid.UUID
    fills: tuple[Item, ...]
    lacks: tuple[Item, ...]
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One day on which a post loses something for one reason, with who could fill it."""

    day: datetime.date
    seat: Seat
    why: str
    losses: tuple[Loss, ...]
    fills: tuple[Fill, ...] = ()

    @property
    def renewed(self) -> bool:
        """Whether nobody can stand in: a certificate that its holder renews."""
        return all(one.item.kind == Kind.CERTIFICATE for one in self.lost)

    @property
    def lost(self) -> list[Loss]:
        """What nobody keeps."""
        return [one for one in self.losses if not one.kept_by]


@dataclass(frozen=True)
class PostForecast:
    """A post with its turns of the next twelve months, the next one first."""

    coverage: Coverage
    turns: list[Turn] = field(default_factory=list)


@dataclass
class _Brought:
    """What officers bring and until when, by person; what keeps them at a post and until when, by post and seat."""

    held: dict[uuid.UUID, list[Qualification]]
    stays: dict[tuple[uuid.UUID, uuid.UUID], list[PostPaper]]

    def items(self, stay: Posting, cover: Coverage) -> list[tuple[Item, datetime.date | None]]:
        """What a seat brings to this post, each with the last day on which it holds."""
        spoken = {name.casefold() for name in cover.post.languages}
        found: list[tuple[Item, datetime.date | None]] = []
        if stay.seat.clearance > EVERYBODY:
            found.append((_clearance(stay.seat), None))
        for row in self.held[stay.seat.person_id]:
            if row.kind == Kind.LANGUAGE and row.name.casefold() not in spoken:
                continue
            found.append((Item(row.kind, row.name, row.level), row.expires))
        return found

    def on(self, stay: Posting, cover: Coverage, day: datetime.date) -> list[Item]:
        """What a seat brings on one day."""
        return [item for item, last in self.items(stay, cover) if last is None or last >= day]

    def away_from(self, stay: Posting) -> tuple[datetime.date | None, str]:
        """The last day on which he may stand there and why: his posting, or a paper that runs out before."""
        ends = last_day(stay.days)
        papers = [row for row in self.stays[stay.post_id, stay.seat_id] if ends is None or row.expires < ends]
        first = min(papers, key=lambda row: row.expires, default=None)
        return (first.expires, first.kind) if first else (ends, ENDS)


def forecast(viewer: Viewer | None) -> list[PostForecast]:
    """What each post loses within twelve months and who could fill it, to the manager and the chief; else nothing."""
    if viewer is None or not may(viewer, "see_forecast").allowed:
        return []
    rows = [row for row in coverage() if row.needed]
    people = {stay.seat.person_id for row in rows for stay in [*row.here, *row.coming]}
    brought = _Brought(_held(people), _papers())
    found = [PostForecast(row, _turns(row, brought, year_on(now().date()))) for row in rows]
    return _with_fills([one for one in found if one.turns], viewer)


def year_on(today: datetime.date) -> datetime.date:
    """The last day that is looked at: the end of the twelfth month, this one counted."""
    return datetime.date(today.year + 1, today.month, 1) - DAY


def _held(people: set[uuid.UUID]) -> dict[uuid.UUID, list[Qualification]]:
    kinds = (Kind.LANGUAGE, Kind.SKILL, Kind.CERTIFICATE)
    held: dict[uuid.UUID, list[Qualification]] = defaultdict(list)
    rows = Qualification.objects.filter(in_force(), confirmed_at__isnull=False, person__in=people, kind__in=kinds)
    for row in rows.order_by("kind", "name"):
        held[row.person_id].append(row)
    return held


def _papers() -> dict[tuple[uuid.UUID, uuid.UUID], list[PostPaper]]:
    found: dict[tuple[uuid.UUID, uuid.UUID], list[PostPaper]] = defaultdict(list)
    for row in PostPaper.objects.filter(in_force(), seat__isnull=False):
        if row.seat_id:
            found[row.post_id, row.seat_id].append(row)
    return found


def _clearance(seat: Seat) -> Item:
    return Item(CLEARANCE, CLEARANCE, Decimal(seat.clearance))


def _turns(row: Coverage, brought: _Brought, end: datetime.date) -> list[Turn]:
    """The losses of a post by day, officer and reason; each thing an officer brings is lost once, on its first day."""
    stays = [*row.here, *row.coming]
    seats = {stay.seat_id: stay.seat for stay in stays}
    found: dict[tuple[datetime.date, uuid.UUID, str], list[Loss]] = defaultdict(list)
    for stay in stays:
        for item, day, why in _lost_by(stay, row, brought, end):
            kept = (other for other in stays if other is not stay and _stands(other, day + DAY, brought))
            keeper = next((other for other in kept if _brings(item, brought.on(other, row, day + DAY))), None)
            found[day, stay.seat_id, why].append(Loss(item, day, why, keeper.seat.label if keeper else ""))
    turns = [Turn(day, seats[seat], why, tuple(losses)) for (day, seat, why), losses in found.items()]
    return sorted((turn for turn in turns if turn.lost), key=lambda turn: (turn.day, turn.seat.label))


def _lost_by(
    stay: Posting, row: Coverage, brought: _Brought, end: datetime.date
) -> Iterable[tuple[Item, datetime.date, str]]:
    """What goes with one posting: with its holder on the day he leaves, or before with a certificate of its own."""
    leaves, why = brought.away_from(stay)
    # What ran out before today is gone already and no longer to be lost.
    first = max(now().date() - DAY, (stay.days.lower or datetime.date.min + DAY) - DAY)
    for item, last in brought.items(stay, row):
        own = last is not None and (leaves is None or last < leaves)
        day = last if own else leaves
        if day is None or not first <= day <= end or (item.kind == Kind.CERTIFICATE and not own):
            continue
        yield item, day, item.kind if own else why


def _stands(stay: Posting, day: datetime.date, brought: _Brought) -> bool:
    leaves, _why = brought.away_from(stay)
    return (stay.days.lower is None or stay.days.lower <= day) and (leaves is None or leaves >= day)


def _brings(item: Item, items: Iterable[Item]) -> bool:
    return any(item.within(other) for other in items)


def _with_fills(rows: list[PostForecast], viewer: Viewer) -> list[PostForecast]:
    """Each turn with the officers who could fill it, asked of matching as a mission asks."""
    people, seats = candidates(viewer), {str(seat.id): seat for seat in officers()}
    found = []
    for row in rows:
        turns = []
        for turn in row.turns:
            items = [one.item for one in turn.lost]
            needs = {item: Need(item.kind, item.name, 1, item.level or Decimal(0)) for item in items if _matched(item)}
            span = (turn.day + DAY, turn.day + FREE_DAYS * DAY)
            judged = table((one for one in people if one.key != str(turn.seat.id)), list(needs.values()), span)
            fills = [
                _fill(
                    seats[one.candidate.key], items, {item for item in needs if needs[item] in one.fills}, one.obstacles
                )
                for one in judged
            ]
            turns.append(replace(turn, fills=_best([one for one in fills if _useful(one)])))
        found.append(replace(row, turns=turns))
    return found


def _best(fills: list[Fill]) -> tuple[Fill, ...]:
    """Who is free before who is not; of them who brings most, where what few bring weighs more than what many do."""
    bring = Counter(item for one in fills for item in one.fills)
    ranked = sorted(fills, key=lambda one: (bool(one.obstacles), -sum(1 / bring[item] for item in one.fills)))
    free = [one for one in ranked if not one.obstacles][: NAMED - 1]
    return (*free, *[one for one in ranked if one.obstacles][: NAMED - len(free)])


def _matched(item: Item) -> bool:
    return item.kind in (LANGUAGE, SKILL)


def _useful(one: Fill) -> bool:
    """Clearance alone makes nobody a successor, where a language or a skill is lost."""
    return any(_matched(item) for item in one.fills) or (
        not any(map(_matched, [*one.fills, *one.lacks])) and bool(one.fills)
    )


def _fill(seat: Seat, items: list[Item], filled: set[Item], obstacles: tuple[str, ...]) -> Fill:
    cleared = {item for item in items if item.within(_clearance(seat))}
    fills = tuple(item for item in items if item in filled or item in cleared)
    lacks = tuple(item for item in items if item not in fills)
    return Fill(seat.label, seat.person_id, fills, lacks, obstacles)
