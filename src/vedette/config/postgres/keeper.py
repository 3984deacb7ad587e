"""The keeper: a small process of its own that is the parent of the server, starts it again when it dies, and stops it
when nobody holds the shared lock any more, however its users ended (the kernel drops a lock with its process).

Started by `cluster` with a JSON description; imports nothing but the standard library, to stay small.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from typing import IO, Any

LOOK_EVERY = 0.5
LONGEST_PAUSE = 5.0
STOP_WITHIN = 60


class Keeper:
    """Keeps one server for as long as somebody uses it."""

    def __init__(self, description: dict[str, Any], lock: IO[str]) -> None:
        self.description = description
        self.lock = lock
        self.asked_to_stop = False

    def run(self) -> int:
        """Start the server; start it again with growing pauses when it dies; return when it ended because it should."""
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        pause = 0.2
        while True:
            started = time.monotonic()
            server = self._start()
            code = self._watch(server)
            if code == 0 or self.asked_to_stop or self._unused():
                return 0
            pause = 0.2 if time.monotonic() - started > 10 else min(pause * 2, LONGEST_PAUSE)
            time.sleep(pause)

    def _ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True

    def _start(self) -> "subprocess.Popen[bytes]":
        """One server process in a session of its own, so that no terminal key reaches it."""
        with open(self.description["start_log"], "ab") as log:
            return subprocess.Popen(  # noqa: S603
                self.description["command"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=self.description["environment"],
                start_new_session=True,
                **self.description["process"],
            )

    def _watch(self, server: "subprocess.Popen[bytes]") -> int:
        """Wait until the server ended by itself, or end it once it should; its exit code."""
        while True:
            try:
                return server.wait(LOOK_EVERY)
            except subprocess.TimeoutExpired:
                if self.asked_to_stop or self._unused():
                    self.asked_to_stop = True
                    return _stop(server)

    def _unused(self) -> bool:
        """True when no one holds the shared lock; from then on nobody else can take it until we are gone."""
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _stop(server: "subprocess.Popen[bytes]") -> int:
    """Fast stop: open transactions are rolled back, nothing acknowledged is lost; at once when that takes too long."""
    server.send_signal(signal.SIGINT)
    try:
        return server.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        return server.wait()


if __name__ == "__main__":
    described = json.loads(sys.argv[1])
    with open(described["lock"], "a", encoding="utf-8") as held:
        ended = Keeper(described, held).run()
        if described["remove"]:
            with contextlib.suppress(OSError):
                os.rmdir(described["remove"])
        sys.exit(ended)
