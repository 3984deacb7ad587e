"""pg_dump and pg_restore: found, called without a password on the command line, their complaints made one sentence."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import conninfo

from vedette.config.contents import LEFT_OUT
from vedette.config.postgres import binaries
from vedette.config.postgres.errors import DatabaseUnavailable

Connection = psycopg.Connection[tuple[object, ...]]
# The target is prepared before: its schema and extensions are there, and comments on them are a superuser's.
NOT_RESTORED = re.compile(r"^\d+; \d+ \d+ (SCHEMA - public|EXTENSION |COMMENT |DEFAULT ACL |ACL )")
MARKED = "SELECT 1 FROM pg_attribute WHERE attoptions::text LIKE '%pg\\_attver%' LIMIT 1"


class DumpFailed(Exception):
    """A dump or its restore did not work; the message is one sentence."""


def program(name: str, major: int) -> tuple[str, int]:
    """The program of the server's own major version, else the newest one that is not older; with its version."""
    found = {version: path for path in _candidates(name, major) if (version := _version(path))}
    fitting = [version for version in found if version >= major]
    if not fitting:
        raise DumpFailed(
            f"{name} of PostgreSQL {major} or later is not on this machine: install postgresql-client-{major}."
        )
    best = major if major in found else max(fitting)
    return found[best], best


def _candidates(name: str, major: int) -> Iterator[str]:
    """Where such a program may lie: what stands last wins over an earlier one of the same version."""
    on_path = shutil.which(name)
    yield from [on_path] if on_path else []
    with contextlib.suppress(DatabaseUnavailable):
        yield binaries.find(None).program(name)
    yield f"/usr/lib/postgresql/{major}/bin/{name}"


def _version(path: str) -> int:
    """The major version a program reports; 0 when it does not run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)[.\d]*", said)
    return int(found[1]) if found else 0


def snapshot(connection: Connection) -> str:
    """The name of what the transaction at hand sees, for another session to see the same."""
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


def dump(connection: Connection, url: str, target: Path) -> None:
    """Dump the house's tables as the transaction at hand sees them, without owners and rights: those are set anew."""
    server = connection.info.server_version // 10000
    path, version = program("pg_dump", server)
    if version != server and connection.execute(MARKED).fetchone():
        # Security updates of some servers mark columns; another version's dump of them cannot be restored anywhere else.
        raise DumpFailed(
            f"This server marks its columns in a way that only its own pg_dump knows: install postgresql-client-{server}."
        )
    command = [path, "--format=custom", "--schema=public", "--no-owner", "--no-privileges", "--no-comments"]
    command += [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    _call([*command, f"--snapshot={snapshot(connection)}", f"--file={target}"], url)


def restore(url: str, source: Path) -> None:
    """Restore a dump in one transaction: all or nothing."""
    with psycopg.connect(url) as connection:
        path, _ = program("pg_restore", connection.info.server_version // 10000)
    listed = _call([path, "--list", str(source)])
    kept = [line for line in listed.splitlines() if not NOT_RESTORED.match(line)]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as contents:
        contents.write("\n".join(kept) + "\n")
        contents.flush()
        command = [path, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        _call([*command, f"--use-list={contents.name}", str(source)], url)


def _call(command: list[str], url: str = "") -> str:
    """Run a program of PostgreSQL; the address is handed over whole, but for the password, which others could see."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if url:
        named = {name: str(value) for name, value in conninfo.conninfo_to_dict(url).items()}
        given |= {"PGPASSWORD": named.pop("password", "")}
        command = [command[0], f"--dbname={conninfo.make_conninfo('', **named)}", *command[1:]]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it gave no reason"])[0]
        raise DumpFailed(f"{Path(command[0]).name} failed: {said}")
    return done.stdout
