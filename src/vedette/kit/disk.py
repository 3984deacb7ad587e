"""Room on the disk of the embedded database: a reserve that is given up before the disk is full, so that reading goes on.

Every reading writes into the log, so a disk without a byte left would stop it. While the reserve is gone nothing new is
taken in; once there is room again the reserve is made anew and intake goes on, without a restart.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
RESERVE = 64 * MEGABYTE
# Less than this free, and the reserve is given up: two segments of PostgreSQL's log of changes.
FLOOR = 32 * MEGABYTE


@dataclass(frozen=True)
class Disk:
    """The disk under a folder that this process may write in."""

    folder: Path

    @property
    def reserve(self) -> Path:
        """The file that holds room back."""
        return self.folder / "reserve"

    def free(self) -> int:
        """Bytes that others than root may still write."""
        facts = os.statvfs(self.folder)
        return facts.f_bavail * facts.f_frsize

    def takes_in(self) -> bool:
        """Whether there is room for what comes in; on the way the reserve is given up or made anew."""
        try:
            free, held = self.free(), self.reserve.exists()
            if held and free >= FLOOR:
                return True
            if held:
                self.reserve.unlink(missing_ok=True)
            return free >= RESERVE + 2 * FLOOR and self._hold()
        except OSError:
            return True  # a folder that cannot be looked at is the database's own trouble, and it says so itself

    def _hold(self) -> bool:
        draft = self.folder / f"reserve.{os.getpid()}"
        try:
            with open(draft, "wb") as file:
                os.posix_fallocate(file.fileno(), 0, RESERVE)
            draft.rename(self.reserve)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True
