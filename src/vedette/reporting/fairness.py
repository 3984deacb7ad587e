"""In which order the questions to one post are answered: urgency first, and within it every asker in turn by his share. Pure.

Each asker's questions are counted in their own order; the k-th of one with a share w stands at k / w, and the lowest stands first.
So whoever asks much waits behind himself and not before others: nobody's place depends on how much another asks. What is past
its own time counts as the most urgent, so nothing waits for ever behind what is urgent.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from vedette.reporting.models import Request

WHOLE = 10_000
ORDER = {Request.Urgency.URGENT_DIRECT: 0, Request.Urgency.URGENT: 1, Request.Urgency.NORMAL: 2}


@dataclass(frozen=True)
class Waiting:
    """One question as the queue needs it; `party` is the department that shares the post, None for our own and all others."""

    key: uuid.UUID
    party: uuid.UUID | None
    urgency: str
    asked: datetime.datetime
    due: datetime.datetime


@dataclass(frozen=True)
class Place:
    """A place in the queue, from 1, and what put the question there."""

    number: int
    turn: int
    share: int
    overdue: bool
    own: bool

    @property
    def sentence(self) -> str:
        """Why it stands there."""
        words = {"n": str(self.turn), "share": f"{self.share / 100:g}"}
        who = (
            _("question %(n)s of home, which has %(share)s %% of the post")
            if self.own
            else _("question %(n)s of a department that has %(share)s %% of the post")
        ) % words
        return _("Past its time, so first; %(who)s.") % {"who": who} if self.overdue else f"{who[0].upper()}{who[1:]}."


def queue(waiting: Iterable[Waiting], shares: Mapping[uuid.UUID, int], at: datetime.datetime) -> dict[uuid.UUID, Place]:
    """The place of every question, by its key, in the order in which they stand."""
    parts: dict[uuid.UUID | None, int] = {None: max(1, WHOLE - sum(shares.values()))}
    parts.update(shares.items())
    ordered = sorted(waiting, key=lambda one: (_class(one, at), one.due, one.asked, one.key))
    turns: dict[tuple[int, uuid.UUID | None], int] = {}
    ranked = []
    for one in ordered:
        party = one.party if one.party in shares else None
        kind = _class(one, at)
        turn = turns[(kind, party)] = turns.get((kind, party), 0) + 1
        ranked.append(((kind, Fraction(turn, parts[party]), one.due, one.asked, one.key), one, party, turn))
    ranked.sort(key=lambda each: each[0])
    return {
        one.key: Place(number, turn, parts[party], one.due <= at, party is None)
        for number, (_rank, one, party, turn) in enumerate(ranked, start=1)
    }


def _class(one: Waiting, at: datetime.datetime) -> int:
    return 0 if one.due <= at else ORDER.get(Request.Urgency(one.urgency), 2)
