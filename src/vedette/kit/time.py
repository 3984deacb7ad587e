"""The one clock. Domain times are shown time; sign-in, codes, TLS, audit and seals keep real time."""

import datetime
import threading
import time
from dataclasses import dataclass

from vedette.kit.models import Installation, ShownClock

# A change of the shown clock by another process is seen after at most this many seconds.
STALE_AFTER = 0.25


@dataclass(frozen=True)
class Clock:
    """A shown clock's position: two epochs, a speed, whether it stands still."""

    real_epoch: datetime.datetime
    shown_epoch: datetime.datetime
    speed: float
    paused: bool

    def shown(self, real: datetime.datetime) -> datetime.datetime:
        """The shown moment at a real moment."""
        if self.paused:
            return self.shown_epoch
        return self.shown_epoch + (real - self.real_epoch) * self.speed


class _Known:
    """What this process last read of the clock; None means real time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.clock: Clock | None = None
        self.read_at = 0.0
        self.always_real = False


_known = _Known()


def real_now() -> datetime.datetime:
    """The machine's time in UTC."""
    return datetime.datetime.now(datetime.UTC)


def shown_clock() -> Clock | None:
    """The shown clock of a demonstration, exercise or test database; None in a real one."""
    if _known.always_real:
        return None
    if time.monotonic() - _known.read_at > STALE_AFTER:
        with _known.lock:
            _read()
    return _known.clock


def _read() -> None:
    row = ShownClock.objects.first()
    _known.clock = Clock(row.real_epoch, row.shown_epoch, row.speed, row.paused) if row else None
    _known.read_at = time.monotonic()
    if row is None:
        kind = Installation.objects.values_list("kind", flat=True).first()
        # A real database never gets a shown clock, so it is never asked again.
        _known.always_real = kind == Installation.Kind.REAL


def now() -> datetime.datetime:
    """The moment the house lives in, UTC: shown time where a shown clock stands, else real time."""
    real = real_now()
    clock = shown_clock()
    return clock.shown(real) if clock else real


def forget_clock() -> None:
    """Read the clock anew at the next question (after a change in this process, and between tests)."""
    _known.forget()


def set_clock(*, shown: datetime.datetime, speed: float, paused: bool) -> Clock:
    """Set the shown clock to a moment, speed and state; a real database refuses (no row may be made there)."""
    if Installation.objects.filter(kind=Installation.Kind.REAL).exists():
        raise ValueError("A real installation keeps real time.")
    real = real_now()
    values = {"real_epoch": real, "shown_epoch": shown, "speed": speed, "paused": paused}
    ShownClock.objects.update_or_create(only=True, defaults=values)
    forget_clock()
    return Clock(real, shown, speed, paused)
