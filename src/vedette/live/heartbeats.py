"""How the loops of the house fare, for Settings and for alarms."""

import datetime

from vedette.kit.time import real_now
from vedette.live.models import Heartbeat

# A loop that stands still is written down at most this often, so that idle loops do not fill the write-ahead log.
QUIET = datetime.timedelta(seconds=15)
# No sign of life for so long means that the jobs are down.
SILENT = datetime.timedelta(seconds=60)


def record_beat(name: str, done: int) -> None:
    """Part of a loop: it ran and did so many; a quiet run within some seconds of the last is not written."""
    moment = real_now()
    row = Heartbeat.objects.filter(name=name).first()
    if row is None:
        Heartbeat.objects.get_or_create(name=name, defaults={"began_at": moment, "done_at": moment, "done": done})
        return
    if not done and not row.attempts and row.done_at and moment - row.done_at < QUIET:
        return
    row.began_at, row.done_at, row.done = moment, moment, row.done + done
    row.attempts, row.last_error, row.next_try_at = 0, "", None
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
    """The loops a person should look at: failing, or without a sign of life for a minute."""
    moment = real_now()
    return [row for row in heartbeats() if row.attempts or not row.done_at or moment - row.done_at > SILENT]
