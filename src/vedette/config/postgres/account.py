"""Under which account the embedded database runs: PostgreSQL refuses root, so root hands it to an unprivileged user."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.config import environment
from vedette.config.postgres.errors import DatabaseUnavailable

# Where root keeps what an unprivileged account must reach although the home folder is closed to it.
OPEN_GROUND = Path("/var/lib/vedette")


@dataclass(frozen=True)
class Account:
    """An unprivileged account of this machine."""

    name: str
    uid: int
    gid: int

    def process_arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to start a program as this account, without root's groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account | None:
    """The account for the server when we are root (VEDETTE_POSTGRES_USER, else nobody); None when we are not."""
    if os.geteuid() != 0:
        return None
    name = environment.read("VEDETTE_POSTGRES_USER") or "nobody"
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise DatabaseUnavailable(
            f"There is no account {name!r} on this machine to run the database: name another in VEDETTE_POSTGRES_USER."
        ) from None
    if entry.pw_uid == 0:
        raise DatabaseUnavailable("PostgreSQL does not run as root: name another account in VEDETTE_POSTGRES_USER.")
    return Account(name, entry.pw_uid, entry.pw_gid)


def can_reach(account: Account | None, path: Path) -> bool:
    """True when the account may enter every folder above an existing path and read it (None: we ourselves, so yes)."""
    if account is None:
        return True
    resolved = path.resolve()
    if not can_enter(account, resolved.parent):
        return False
    return not resolved.exists() or (
        _may(account, resolved, 4) and (not resolved.is_dir() or _may(account, resolved, 1))
    )


def can_enter(account: Account | None, folder: Path) -> bool:
    """True when the account may pass through a folder and every folder above it, of those that exist (None: we ourselves)."""
    resolved = folder.resolve()
    return account is None or all(_may(account, one, 1) for one in (resolved, *resolved.parents) if one.exists())


def _may(account: Account, path: Path, bit: int) -> bool:
    """Whether the permission bit (4 read, 1 enter) is set for the account: as owner, as group or as anyone."""
    facts = path.stat()
    shift = 6 if facts.st_uid == account.uid else 3 if facts.st_gid == account.gid else 0
    return bool(stat.S_IMODE(facts.st_mode) >> shift & bit)


def hand_over(account: Account | None, path: Path, mode: int) -> None:
    """Set the mode of a path and give it to the account (None: it stays ours)."""
    path.chmod(mode)
    if account is not None:
        os.chown(path, account.uid, account.gid)
