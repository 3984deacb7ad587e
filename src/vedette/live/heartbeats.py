"""How the loops of the house fare, for Settings and for alarms."""

import datetime

from vedette.kit.time import real_now
from vedette.live.models import Heartbeat

# A loop that stands still is written down at most this often, so that idle loops do not fill the write-ahead log.
QUIET = datetime.timedelta(seconds=15)
# No sign of life for so long means that the jobs are down.
SILENT = datetime.timedelta(seconds=60)


def record_beat(name: str, done: int, every_seconds: float = 0.0) -> None:
    """Part of a loop: it ran and did so many; a quiet run within some seconds of the last is not written.

    A loop that rests for longer than silence lasts says when it runs again: until then it is not missed.
    """
    moment = real_now()
    rest = datetime.timedelta(seconds=every_seconds)
    again = moment + rest if rest >= SILENT else None
    row = Heartbeat.objects.filter(name=name).first()
    if row is None:
        Heartbeat.objects.get_or_create(
            name=name, defaults={"began_at": moment, "done_at": moment, "done": done, "next_try_at": again}
        )
        return
    if not done and not row.attempts and row.done_at and moment - row.done_at < QUIET:
        return
    row.began_at, row.done_at, row.done = moment, moment, row.done + done
    row.attempts, row.last_error, row.next_try_at = 0, "", again
    row.save()


def record_failure(name: str, error: str, attempts: int, next_try_at: datetime.datetime) -> None:
    """Part of a loop: it failed so often in a row, for this reason, and tries again then."""
    moment = real_now()
    row = Heartbeat.objects.filter(name=name).first() or Heartbeat(name=name)
    row.began_at, row.attempts, row.last_error, row.next_try_at = moment, attempts, error[:300], next_try_at
    row.save()


def heartbeats() -> list[Heartbeat]:
    """Every loop by name."""
    return list(Heartbeat.objects.order_by("name"))


def silent_or_failing() -> list[Heartbeat]:
    """The loops a person should look at: failing, or without a sign of life a minute after one was due."""
    moment = real_now()

    def missed(row: Heartbeat) -> bool:
        return not row.done_at or moment - max(row.done_at, row.next_try_at or row.done_at) > SILENT

    return [row for row in heartbeats() if row.attempts or missed(row)]
