"""Runs the product's own processes side by side: starts them, starts them again when they fail, ends them together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LONGEST_PAUSE = 30.0
SETTLED_AFTER = 10.0
END_WITHIN = 12.0
GIVE_UP_AFTER = 3
_SET_PARENT_DEATH_SIGNAL = 1


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Called in a new child: the kernel ends it when its parent is gone, even by kill -9, so no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, how)


@dataclass
class Child:
    """One process to keep running."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    quick_failures: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches us, and we end it in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - we have one thread when children start
        )

    def look(self, now: float) -> None:
        """Notice an end and start again, after a pause that doubles with each quick failure."""
        if self.process is None:
            if now >= self.again_at:
                self.start()
        elif self.process.poll() is not None:
            lasted = now - self.started
            self.quick_failures = 1 if lasted > SETTLED_AFTER else self.quick_failures + 1
            pause = min(2.0 ** (self.quick_failures - 1), LONGEST_PAUSE)
            print(
                f"{self.name} ended with code {self.process.returncode}; starting it again in {pause:.0f} s",
                file=sys.stderr,
            )
            self._end_group()  # what it had started would hold its port
            self.process, self.again_at = None, now + pause

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait for its end; past the deadline its whole group is ended at once."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._end_group()
            self.process.wait()

    def _end_group(self) -> None:
        """End at once whatever is left of the process and of those it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Keeps children running until SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.asked_to_end = False

    def run(self, while_running: Callable[[], None] | None = None) -> int:
        """Run until asked to end: 0; or until the first child never stays up: 1. Each tick calls `while_running`."""
        before = {kind: signal.signal(kind, self._ask) for kind in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        try:
            for child in self.children:
                child.start()
            while not self.asked_to_end:
                if self.children[0].quick_failures >= GIVE_UP_AFTER:
                    return 1
                for child in self.children:
                    child.look(time.monotonic())
                if while_running is not None:
                    while_running()
                time.sleep(0.1)
            return 0
        finally:
            self.end()
            for kind, handler in before.items():
                signal.signal(kind, handler)

    def _ask(self, *_: object) -> None:
        self.asked_to_end = True

    def end(self) -> None:
        """End all children, in reverse order of their start."""
        deadline = time.monotonic() + END_WITHIN
        for child in reversed(self.children):
            child.end()
        for child in reversed(self.children):
            child.wait(deadline)
