"""The embedded database of one home folder: started by the first who needs it, shared, stopped by the last one out."""

import fcntl
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

from vedette.config.postgres import binaries, launching, roles
from vedette.config.postgres.account import Account, server_account
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.files import (
    Layout,
    drop_socket_folder,
    lay_out,
    passwords,
    server_process,
    serves,
    socket_folder,
)
from vedette.config.postgres.keeper import LOOK_EVERY

WAIT_FOR_ANOTHER = 90
STOP_WITHIN = 60


@dataclass(frozen=True)
class Running:
    """A server that answers, and the addresses by which each role reaches a database of it."""

    socket: str
    passwords: dict[str, str]
    programs: binaries.Binaries
    pid: int

    def _url(self, role: str, database: str) -> str:
        return (
            f"postgresql://{role}:{quote(self.passwords[role], safe='')}@/{database}?host={quote(self.socket, safe='')}"
        )

    def superuser_url(self, database: str = "postgres") -> str:
        """For roles, databases and extensions only; the product itself never uses it."""
        return self._url("postgres", database)

    def owner_url(self, database: str) -> str:
        """For migrations, backup and restore."""
        return self._url(roles.OWNER, database)

    def app_url(self, database: str) -> str:
        """For the server and the jobs."""
        return self._url(roles.APP, database)


class Cluster:
    """One embedded database server; use as a context manager, or call start and stop in pairs."""

    def __init__(self, home: Path, *, throwaway: bool = False) -> None:
        self.home = home.expanduser().absolute()
        self.throwaway = throwaway
        self._lock: IO[str] | None = None
        self._layout: Layout | None = None
        self._running: Running | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Running:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Running:
        """Share the server that runs on this home, or start it; `DatabaseUnavailable` with one sentence otherwise."""
        if self._running is not None:
            return self._running
        layout = self._layout = lay_out(self.home, account_for(self.home))
        try:
            with starting_lock(layout):
                self._lock = _take_share(layout)
                self._running = self._share_or_launch(layout)
                roles.ensure_roles(self._running.superuser_url(), self._running.passwords)
                roles.prepare(self._running.superuser_url("template1"))
        except BaseException:
            self._let_go()
            raise
        return self._running

    @property
    def place(self) -> Path:
        """The folder in which the data lies, once it runs."""
        return self._layout.place if self._layout else self.home

    def _share_or_launch(self, layout: Layout) -> Running:
        """The caller holds the start lock and a share."""
        programs, secrets = binaries.find(layout.account), passwords(layout)
        found = server_process(layout)
        if found is None:
            launching.make_data(layout, programs, secrets["postgres"], throwaway=self.throwaway)
            socket = str(socket_folder(layout))
            command = launching.server_command(layout, programs, Path(socket), throwaway=self.throwaway)
            self._keeper = launching.start_keeper(layout, command, Path(socket))
        else:
            socket = found[1]
        running = Running(socket, secrets, programs, 0)
        launching.wait_until_it_answers(layout, running.superuser_url(), self._keeper)
        now = server_process(layout)
        return Running(socket, secrets, programs, now[0] if now else 0)

    def ensure_database(self, name: str) -> bool:
        """Create a database with its extensions and default privileges unless it is there; True when it was made."""
        running = self.start()
        made = roles.ensure_database(running.superuser_url(), name)
        roles.prepare(running.superuser_url(name))
        return made

    def stop(self) -> None:
        """Let go of the server; the last one out stops it and waits until it is down."""
        if self._running is None or self._layout is None or self._lock is None:
            return
        with starting_lock(self._layout):
            if _nobody_else(self._lock):
                stop_server(self._layout)
                drop_socket_folder(self._layout, Path(self._running.socket))
            self._let_go()

    def _let_go(self) -> None:
        """Drop our share; the keeper stops the server when it was the last."""
        if self._lock is not None:
            self._lock.close()
        if self._keeper is not None:
            _part_from(self._keeper)
        self._lock = self._running = self._keeper = None


# Keepers that go on for other users: our children, so they stay known here and are reaped when we end.
_still_needed: list["subprocess.Popen[bytes]"] = []


def _part_from(keeper: "subprocess.Popen[bytes]") -> None:
    """Wait for a keeper whose server is gone; leave one that others need."""
    try:
        keeper.wait(2 * LOOK_EVERY)
    except subprocess.TimeoutExpired:
        _still_needed.append(keeper)


def account_for(home: Path) -> Account | None:
    """The account that owns the data when root meets data made by someone else, so that both can use it."""
    account = server_account()
    data = home / "postgres" / "data"
    if account is not None and data.exists() and data.stat().st_uid not in {0, account.uid}:
        entry = pwd.getpwuid(data.stat().st_uid)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return account


@contextmanager
def starting_lock(layout: Layout) -> Iterator[None]:
    """Only one process at a time starts or stops the server of a home folder."""
    with _open_lock(layout.home / "postgres.start.lock") as lock:
        _lock_within(lock, fcntl.LOCK_EX, layout)
        yield


def _take_share(layout: Layout) -> IO[str]:
    """A share of the server, held until the file is closed or this process is gone, whatever ends it."""
    lock = _open_lock(layout.home / "postgres.lock")
    _lock_within(lock, fcntl.LOCK_SH, layout)
    return lock


def _open_lock(path: Path) -> IO[str]:
    """Open a lock file of the home folder; another owner's gets its sentence."""
    try:
        return path.open("a", encoding="utf-8")
    except OSError as problem:
        raise DatabaseUnavailable(
            f"The data folder {path.parent} cannot be written ({problem.strerror}): "
            "run as its owner, or name another in VEDETTE_HOME."
        ) from problem


def _lock_within(lock: IO[str], kind: int, layout: Layout) -> None:
    """Wait for a lock, but not for ever."""
    deadline = time.monotonic() + WAIT_FOR_ANOTHER
    while True:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    f"Another Vedette process has been starting or stopping the database in {layout.home} "
                    f"for {WAIT_FOR_ANOTHER} s: end it, or name another VEDETTE_HOME."
                ) from None
            time.sleep(0.05)


def _nobody_else(lock: IO[str]) -> bool:
    """True when no other process shares the server (the keeper, which asks the same, counts as nobody)."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        pass
    try:
        # Another user also shares, so we may again; only the keeper, about to stop the server, excludes us.
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True


def stop_server(layout: Layout) -> bool:
    """Fast stop of the server on this data, at once when it takes longer than a minute; True when one ran."""
    found = server_process(layout)
    if found is None:
        return False
    for kind, seconds in ((signal.SIGINT, STOP_WITHIN), (signal.SIGQUIT, 10)):
        try:
            os.kill(found[0], kind)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not serves(found[0], layout):
                return True
            time.sleep(0.02)
    raise DatabaseUnavailable(f"The database server (process {found[0]}) does not stop.")
