"""What lies in the home folder of an embedded database: where the data is, the passwords, which process serves it."""

import contextlib
import hashlib
import json
import os
import secrets
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from vedette.config.postgres.account import OPEN_GROUND, Account, can_enter, hand_over
from vedette.config.postgres.errors import DatabaseUnavailable

ROLES = ("postgres", "vedette_owner", "vedette_app")
# A socket path longer than this does not fit the operating system's address.
LONGEST_SOCKET_FOLDER = 85


@dataclass(frozen=True)
class Layout:
    """The paths of one embedded database."""

    home: Path
    place: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The data folder of the server."""
        return self.place / "data"

    @property
    def start_log(self) -> Path:
        """What the server says before its own log begins."""
        return self.home / "postgres-start.log"

    @property
    def log(self) -> Path:
        """The folder of the server's own log, one file a weekday."""
        return self.place / "log"


def lay_out(home: Path, account: Account | None) -> Layout:
    """Make the home folder; the data lies in it, or on open ground when the account cannot enter it."""
    try:
        home.mkdir(mode=0o755 if account else 0o700, parents=True, exist_ok=True)
        inside = home / "postgres"
        # By the home folder alone: the folder in it may stand for a moment as another first start has just made it.
        if (inside / "data").exists() or can_enter(account, home):
            place = inside
        else:
            mark = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
            place = OPEN_GROUND / f"database-{mark}"
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        (place / "log").mkdir(mode=0o700, exist_ok=True)
        for folder in (place, place / "log"):
            if account is not None:
                hand_over(account, folder, 0o700)
    except OSError as problem:
        raise DatabaseUnavailable(_folder_sentence(home, problem)) from problem
    return Layout(home, place, account)


def _folder_sentence(home: Path, problem: OSError) -> str:
    """Why the home folder cannot be used."""
    if isinstance(problem, PermissionError):
        return f"The data folder {home} belongs to another account: run as its owner, or name another in VEDETTE_HOME."
    return f"The data folder {home} cannot be used ({problem.strerror}): name another in VEDETTE_HOME."


def passwords(layout: Layout) -> dict[str, str]:
    """The passwords of the three roles, made at first use and kept in a file that only its owner reads."""
    path = layout.home / "database-passwords.json"
    try:
        held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if not all(isinstance(held.get(role), str) for role in ROLES):
            held = {role: held.get(role) or secrets.token_urlsafe(24) for role in ROLES}
            write_private(path, json.dumps(held))
    except OSError as problem:
        raise DatabaseUnavailable(_folder_sentence(layout.home, problem)) from problem
    return {role: held[role] for role in ROLES}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def socket_folder(layout: Layout) -> Path:
    """A folder for the socket: beside the data, or a private short one when that path is too long for a socket."""
    folder = layout.place / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path(tempfile.mkdtemp(prefix="vedette-", dir="/tmp"))
    folder.mkdir(mode=0o700, exist_ok=True)
    hand_over(layout.account, folder, 0o700)
    return folder


def drop_socket_folder(layout: Layout, socket: Path) -> None:
    """Remove a socket folder that was made outside the data's place, once its server is down."""
    if layout.place not in socket.parents:
        with contextlib.suppress(OSError):
            socket.rmdir()


def server_process(layout: Layout) -> tuple[int, str] | None:
    """The process and socket folder of the server that runs on this data now; a left-over record does not count."""
    try:
        lines = (layout.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid, socket = int(lines[0]), lines[4]
    except (OSError, ValueError, IndexError):
        return None
    return (pid, socket) if serves(pid, layout) else None


def serves(pid: int, layout: Layout) -> bool:
    """True when this process is a PostgreSQL server on this data (a process id may have been given to another)."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        asked = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
        words = asked.stdout.split()
    except OSError:
        return False
    return str(layout.data) in words


def drop_left_over_record(layout: Layout) -> None:
    """Remove a postmaster.pid whose process is gone or is not our server: PostgreSQL would refuse over a reused id."""
    record = layout.data / "postmaster.pid"
    if record.exists() and server_process(layout) is None:
        try:
            pid = int(record.read_text(encoding="utf-8").splitlines()[0])
        except (OSError, ValueError, IndexError):
            pid = 0
        if not pid or not serves(pid, layout):
            record.unlink(missing_ok=True)
