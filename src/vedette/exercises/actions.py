"""Starting a replay, moving its clock, and keeping count; none of it exists in a real database."""

import datetime
from typing import Any

from django.db import transaction

from vedette.agencies.keys import checkpoint_now
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import step_clocks
from vedette.audit.actions import record
from vedette.audit.sealing import seal, unsealed
from vedette.exercises.models import Replay
from vedette.exercises.queries import replay
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.queries import installation_kind
from vedette.kit.time import now, set_clock, shown_clock
from vedette.live.actions import announce
from vedette.response.actions import step_horizons

SPEEDS = (0.0, 100_000.0)
BEFORE = datetime.timedelta(seconds=20)


def _fenced() -> None:
    if installation_kind() not in ("demonstration", "exercise", "test"):
        raise Forbidden("A real installation keeps real time and replays nothing.")


@transaction.atomic
def begin_replay(
    *, chronology: str, title: str, times: list[datetime.datetime], speed: float, paused: bool = False
) -> Replay:
    """Write down what will be replayed and set the shown clock shortly before the first message."""
    _fenced()
    values = {"chronology": chronology, "title": title, "total": len(times), "sent": 0}
    moments = {"first_at": times[0], "last_at": times[-1], "next_at": times[0]}
    row, _ = Replay.objects.update_or_create(only=True, defaults={**values, **moments})
    set_clock(shown=times[0] - BEFORE, speed=speed, paused=paused)
    return row


@transaction.atomic
def record_progress(*, sent: int, next_at: datetime.datetime | None, said: str = "") -> None:
    """How far the player is; the control bar shows it."""
    _fenced()
    Replay.objects.update(sent=sent, next_at=next_at, said=said[:200])
    announce("replay.moved")


@transaction.atomic
def set_replay_clock(by: Viewer | None, **asked: Any) -> None:
    """Pause, go on, change speed, jump to the next message or to a moment; backwards is refused, for the log has no past to unwrite."""
    viewer = require(by, "set_clock")
    _fenced()
    clock, moment = shown_clock(), now()
    speed = float(asked.get("speed") or (clock.speed if clock else 1.0))
    if not SPEEDS[0] < speed <= SPEEDS[1]:
        raise Refused("speed", f"{speed:g} is not a speed.", "Give a number above 0, at most 100,000.")
    paused = bool(asked["paused"]) if asked.get("paused") is not None else bool(clock and clock.paused)
    to = _target(asked, moment)
    set_clock(shown=to, speed=speed, paused=paused)
    record(viewer, "clock.set", [], f"{to.isoformat()} x{speed:g}{' paused' if paused else ''}")
    announce("clock.set")


def _target(asked: dict[str, Any], moment: datetime.datetime) -> datetime.datetime:
    to = asked.get("to")
    if asked.get("jump") == "next":
        row = replay()
        to = row.next_at - BEFORE if row and row.next_at else None
    if to is None:
        return moment
    if not isinstance(to, datetime.datetime) or to.tzinfo is None:
        raise Refused("to", "This is not a moment with a zone.", "Send it as 2015-11-13T21:27:00+01:00.")
    return max(to, moment) if asked.get("jump") == "next" else _forward(to, moment)


def _forward(to: datetime.datetime, moment: datetime.datetime) -> datetime.datetime:
    if to < moment - datetime.timedelta(seconds=1):
        raise Refused("to", "The clock only goes forward.", "Start the demonstration anew to see the beginning again.")
    return to


def step_now(by: Viewer | None) -> dict[str, int]:
    """Do at once what the jobs would do: escalate what is due on the shown clock, seal the log, sign a checkpoint."""
    require(by, "set_clock")
    _fenced()
    stepped = 0
    while done := step_horizons():
        stepped += done
    while done := step_clocks():
        stepped += done
    sealed = seal()
    checkpoint_now()
    return {"clocks": stepped, "sealed": sealed, "unsealed": unsealed()}
