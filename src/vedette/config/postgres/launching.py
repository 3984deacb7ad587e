"""Making the data folder, starting the server, waiting until it answers, and saying in one sentence why it does not."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from vedette.config.postgres.account import hand_over
from vedette.config.postgres.binaries import Binaries
from vedette.config.postgres.errors import DatabaseUnavailable
from vedette.config.postgres.files import Layout, drop_left_over_record

START_WITHIN = 30
SPACE_NEEDED = 200 * 1024 * 1024
# Nothing of the caller's environment (PGHOST, LD_PRELOAD, locale) may change how the server runs.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "jit": "off",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
}
# A throw-away database (tests) may lose everything, so it need not wait for the disk nor tell it more than it must.
THROWAWAY = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "max_wal_size": "1GB", "shared_buffers": "256MB", "max_connections": "200",
}  # fmt: skip

# What the log says when trying again cannot help, and the sentence for it.
LASTING = {
    "No space left on device": "The disk that holds {place} is full: free some space and start again.",
    "has wrong ownership": "The database in {data} is another account's: run as its owner or set VEDETTE_HOME.",
    "has invalid permissions": "The folder {data} is open to others: run chmod 0700 on it.",
    "incompatible with server": "The database in {data} was made by another version of PostgreSQL.",
    "error while loading shared libraries": "PostgreSQL does not run on this machine; its words are in {log}.",
    "invalid value for parameter": "PostgreSQL refuses a setting; its words are in {log}.",
    "could not resize shared memory segment": "PostgreSQL got too little shared memory (/dev/shm).",
    "Permission denied": "The database's account may not enter {place}; see {log}.",
}


def make_data(layout: Layout, binaries: Binaries, password: str, *, throwaway: bool) -> None:
    """Make the data folder once, beside its place and then renamed: a cut-off first start leaves nothing half."""
    if (layout.data / "PG_VERSION").exists():
        _check_version(layout, binaries)
        return
    fresh = layout.place / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    if shutil.disk_usage(layout.place).free < SPACE_NEEDED:
        raise DatabaseUnavailable(f"The disk that holds {layout.place} is full: a database needs at least 200 MB.")
    handle, name = tempfile.mkstemp(dir=layout.place)
    with os.fdopen(handle, "w") as file:
        file.write(password)
    hand_over(layout.account, Path(name), 0o600)
    try:
        done = subprocess.run(  # noqa: S603
            _initdb_command(binaries, fresh, name, throwaway=throwaway),
            capture_output=True,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            **(layout.account.process_arguments() if layout.account else {}),
        )
    finally:
        os.unlink(name)
    if done.returncode != 0:
        layout.start_log.write_text(done.stderr)
        shutil.rmtree(fresh, ignore_errors=True)
        raise DatabaseUnavailable(lasting_reason(done.stderr, layout) or _last_words(done.stderr, layout))
    fresh.rename(layout.data)


def _initdb_command(binaries: Binaries, data: Path, password_file: str, *, throwaway: bool) -> list[str]:
    """UTF-8, byte order (search has its own collations), checksums on every page, passwords for everyone."""
    locale = ["--lc-collate=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [binaries.program("initdb"), "-D", str(data), "-U", "postgres", f"--pwfile={password_file}"]
    command += ["--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"]
    # PostgreSQL before 17 has no built-in UTF-8 locale; the system's C.UTF-8 orders the same.
    command += locale if binaries.major >= 17 else ["--locale=C.UTF-8"]
    return [*command, "--no-sync"] if throwaway else command


def _check_version(layout: Layout, binaries: Binaries) -> None:
    """Refuse data of another major version before the server does, with the way out."""
    made_by = (layout.data / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major):
        raise DatabaseUnavailable(
            f"The database in {layout.data} was made by PostgreSQL {made_by}, but this is PostgreSQL {binaries.major}: "
            f"name the programs of version {made_by} in VEDETTE_POSTGRES_BIN, take a backup, and restore it here."
        )


def server_command(layout: Layout, binaries: Binaries, socket: Path, *, throwaway: bool) -> list[str]:
    """The server with every setting of ours on its command line, so that no edited file can weaken them."""
    settings = {**SETTINGS, "unix_socket_directories": str(socket), "log_directory": str(layout.log)}
    if binaries.major >= 18:
        settings["io_method"] = "sync"  # the default keeps three more processes for reading ahead
    if throwaway:
        settings |= THROWAWAY
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [binaries.program("postgres"), "-D", str(layout.data), *words]


def start_keeper(layout: Layout, command: list[str], socket: Path) -> "subprocess.Popen[bytes]":
    """Start the keeper, which starts the server; it outlives us and goes when nobody holds the lock."""
    drop_left_over_record(layout)
    layout.start_log.write_text("")
    description = {
        "command": command,
        "environment": ENVIRONMENT,
        "process": layout.account.process_arguments() if layout.account else {},
        "start_log": str(layout.start_log),
        "lock": str(layout.home / "postgres.lock"),
        # A socket folder outside the data's place goes with the server.
        "remove": "" if layout.place in socket.parents else str(socket),
    }
    return subprocess.Popen(  # noqa: S603
        # By its path and without site packages: the keeper lives as long as the database and should stay small.
        [sys.executable, "-S", "-E", str(Path(__file__).with_name("keeper.py")), json.dumps(description)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )


def wait_until_it_answers(layout: Layout, url: str, keeper: "subprocess.Popen[bytes] | None") -> None:
    """Return once the server answers; after 30 s, or at once when waiting cannot help, raise one sentence."""
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError as problem:
            if "password authentication failed" in str(problem):
                raise DatabaseUnavailable(
                    f"The password file {layout.home / 'database-passwords.json'} does not fit the database beside it: "
                    "put back the one that belongs to it."
                ) from problem
        said = words(layout)
        reason = lasting_reason(said, layout)
        gone = keeper is not None and keeper.poll() is not None
        if reason or gone or time.monotonic() > deadline:
            if keeper is not None:
                keeper.terminate()
                keeper.wait()
            raise DatabaseUnavailable(reason or _last_words(said, layout))
        time.sleep(0.05)


def words(layout: Layout) -> str:
    """What the server said since this start: before its own log began, and at the end of the newest log file."""
    said = layout.start_log.read_text(errors="replace") if layout.start_log.exists() else ""
    began = layout.start_log.stat().st_mtime - 2 if layout.start_log.exists() else 0.0
    newest = max(layout.log.glob("*.log"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is not None and newest.stat().st_mtime >= began:
        recent = newest.read_text(errors="replace")[-20000:]
        said += recent.rpartition("starting PostgreSQL")[2]
    return said


def lasting_reason(said: str, layout: Layout) -> str:
    """The sentence for a cause that trying again does not cure; empty when there is none."""
    fatal = "\n".join(line for line in said.splitlines() if any(mark in line for mark in ("FATAL", "PANIC", "rror")))
    for mark, sentence in LASTING.items():
        if mark in fatal:
            return sentence.format(place=layout.place, data=layout.data, log=layout.start_log)
    return ""


def _last_words(said: str, layout: Layout) -> str:
    """The sentence for a cause we do not know: the server's own last complaint and where the rest is."""
    complaints = [line for line in said.splitlines() if "FATAL" in line or "rror" in line]
    reason = complaints[-1].strip() if complaints else "it gave no reason"
    return f"The database did not start within {START_WITHIN} s ({reason}); see {layout.start_log} and {layout.log}."
