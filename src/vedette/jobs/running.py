"""Running the loops: one thread each, errors kept and shown, longer pauses while the database is away, a clean end."""

import datetime
import threading
from collections.abc import Callable, Sequence

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from vedette.jobs.loops import Loop, loops
from vedette.kit.time import real_now
from vedette.live.heartbeats import record_beat, record_failure
from vedette.live.upkeep import wait_for_wakeups

log = structlog.get_logger("vedette.jobs")
LONGEST_PAUSE = 30.0
# Happenings come in bursts: a woken loop rests this long, so that a busy night is sealed in batches.
REST = 0.2
END_WITHIN = 10.0
# Seconds: a loop that rests no longer than this keeps its connection.
KEPT_FOR = 5.0


def run_once(only: Sequence[str] = ()) -> dict[str, int]:
    """Run each loop's step once, here and now, and let its error out; for tests and for a stepped clock."""
    return {loop.name: int_of(loop.function()()) for loop in loops() if not only or loop.name in only}


def int_of(answer: object) -> int:
    """What a step did, as a number: a count, or whether there was anything."""
    return answer if isinstance(answer, int) else int(bool(answer))


class Runner:
    """One loop with its attempts; `turn` runs it once and answers how long to wait."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.attempts = 0
        self.woken = threading.Event()

    def turn(self) -> float:
        """Run the step; the seconds until the next one."""
        try:
            close_old_connections()
            done = int_of(self.loop.function()())
            record_beat(self.loop.name, done, self.loop.every_seconds)
            if self.loop.every_seconds > KEPT_FOR:
                # A connection is a process of the database: one that rests for minutes is not worth its memory.
                connections.close_all()
        except Exception as error:
            return self._failed(error)
        if self.attempts:
            log.info("jobs.healed", loop=self.loop.name, attempts=self.attempts)
        self.attempts = 0
        return self.loop.every_seconds

    def _failed(self, error: Exception) -> float:
        self.attempts += 1
        pause = min(self.loop.every_seconds * 2.0 ** min(self.attempts - 1, 10), LONGEST_PAUSE)
        # Ids only in logs: a database's message may quote a row.
        log.error("jobs.failed", loop=self.loop.name, error=type(error).__name__, attempts=self.attempts, pause=pause)
        away = isinstance(error, DatabaseError | InterfaceError)
        try:
            connections.close_all()
            said = type(error).__name__ if away else f"{type(error).__name__}: {error}"
            record_failure(self.loop.name, said, self.attempts, real_now() + datetime.timedelta(seconds=pause))
        except Exception as second:
            log.warning("jobs.failure_not_kept", loop=self.loop.name, error=type(second).__name__)
        return pause

    def run(self, stop: threading.Event) -> None:
        """Turn after turn until the stop sign; a happening cuts the pause short, but not while it fails."""
        try:
            while not stop.is_set():
                self.woken.clear()
                pause = self.turn()
                if self.attempts or not self.loop.woken:
                    stop.wait(pause)
                elif self.woken.wait(pause):
                    stop.wait(REST)
        finally:
            connections.close_all()


class Jobs:
    """Every loop of the house in this process."""

    def __init__(self, chosen: Sequence[Loop] | None = None) -> None:
        self.runners = [Runner(loop) for loop in (loops() if chosen is None else chosen)]
        self.stop = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start a thread for each loop, and one that listens for happenings."""
        self._thread("wake-ups", lambda: wait_for_wakeups(self.stop, self.wake))
        for runner in self.runners:
            self._thread(runner.loop.name, lambda runner=runner: runner.run(self.stop))  # type: ignore[misc]

    def _thread(self, name: str, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        thread.start()
        self.threads.append(thread)

    def wake(self) -> None:
        """Something happened: the loops that are woken run now."""
        for runner in self.runners:
            runner.woken.set()

    def end(self) -> bool:
        """Ask every loop to end after the step it is in; True when all did in time."""
        self.stop.set()
        self.wake()
        deadline = real_now() + datetime.timedelta(seconds=END_WITHIN)
        for thread in self.threads:
            thread.join(max(0.1, (deadline - real_now()).total_seconds()))
        return not any(thread.is_alive() for thread in self.threads)
