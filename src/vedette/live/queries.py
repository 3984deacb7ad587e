"""Reads of the outbox, for streams that come back after a break."""

import datetime

from vedette.kit.time import real_now
from vedette.live.models import Event

# Numbers are given before commit, so a lower one may appear after a higher: a returning stream reads this much again.
OVERLAP = datetime.timedelta(seconds=30)
KEPT = datetime.timedelta(days=1)


def since(seq: int, limit: int = 500) -> list[tuple[int, str, list[str]]] | None:
    """The events a stream that last saw `seq` may have missed, oldest first; None when it was away too long to catch up."""
    seen = Event.objects.filter(seq=seq).first()
    if seen is None or seen.at < real_now() - KEPT:
        return None
    late = Event.objects.filter(at__gte=seen.at - OVERLAP, seq__lt=seq).order_by("-seq")[:limit]
    after = list(Event.objects.filter(at__gte=seen.at - OVERLAP, seq__gt=seq).order_by("seq")[: limit + 1])
    if len(after) > limit:
        return None
    return [(row.seq, row.kind, [str(item) for item in row.ids]) for row in [*reversed(late), *after]]


def newest() -> int:
    """The newest number in the outbox, 0 when it is empty."""
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
