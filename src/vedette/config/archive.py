"""The one file of a backup: manifest first, then the database, then the stored files; read without trusting it."""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORM = "vedette-backup/1"
MANIFEST, DATABASE, FILES = "manifest.json", "database.dump", "files/"
LARGEST_MANIFEST = 256 * 1024 * 1024
PIECE = 1024 * 1024
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class BadArchive(Exception):
    """A file that is no whole backup; the message is one sentence."""


def stored_files(folder: Path, key_file: Path) -> dict[str, Path]:
    """What is carried along of the folder of stored files: not what is still coming in, never the master key."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file() or name.startswith(("incoming/", "coming/")):
            continue
        if key_file.exists() and path.samefile(key_file):
            raise BadArchive(
                f"The master key lies among the stored files ({path}): move it away, a backup never holds it."
            )
        found[name] = path
    return found


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, manifest: dict[str, Any], database: Path, files: dict[str, Path]) -> None:
    """Write the archive whole or not at all, readable by its owner only."""
    part = target.with_name(target.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            body = json.dumps(manifest, indent=1, sort_keys=True).encode()
            _add(tar, MANIFEST, io.BytesIO(body), len(body))
            for name, path in [(DATABASE, database), *((FILES + name, path) for name, path in files.items())]:
                with path.open("rb") as source:
                    _add(tar, name, source, os.fstat(source.fileno()).st_size)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, source)


def read_manifest(archive: Path) -> dict[str, Any]:
    """The manifest, which stands first; BadArchive when this is no backup of ours."""
    with _opened(archive) as tar:
        member = tar.next()
        source = tar.extractfile(member) if member and member.isfile() and member.name == MANIFEST else None
        if member is None or source is None or member.size > LARGEST_MANIFEST:
            raise BadArchive(f"{archive} is not a backup of Vedette.")
        try:
            found = json.loads(source.read())
        except (ValueError, RecursionError) as problem:
            raise BadArchive(f"The manifest of {archive} is damaged.") from problem
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise BadArchive(f"{archive} is not a backup of the form {FORM}.")
    return found


def unpack(archive: Path, manifest: dict[str, Any], into: Path) -> None:
    """Lay database and files into an empty folder; every byte is held against the manifest."""
    wanted = {DATABASE: manifest["database"], **{FILES + name: value for name, value in manifest["files"].items()}}
    with _opened(archive) as tar:
        for member in _members(tar, archive):
            if member.name == MANIFEST:
                continue
            source = tar.extractfile(member) if member.isfile() else None
            name = member.name
            if name not in wanted or source is None or not SAFE.fullmatch(name) or ".." in PurePosixPath(name).parts:
                raise BadArchive(f"{archive} holds {name!r}, which its manifest does not name.")
            if _copy(source, into / name) != wanted.pop(name):
                raise BadArchive(f"In {archive}, {name} is damaged.")
    if wanted:
        raise BadArchive(f"{archive} is not whole: {len(wanted)} parts are missing, among them {min(wanted)}.")


def _opened(archive: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(archive, mode="r:")
    except (OSError, tarfile.TarError) as problem:
        raise BadArchive(f"{archive} cannot be read as a backup ({type(problem).__name__}).") from problem


def _members(tar: tarfile.TarFile, archive: Path) -> Iterator[tarfile.TarInfo]:
    try:
        yield from tar
    except (tarfile.TarError, OSError, EOFError) as problem:
        raise BadArchive(f"{archive} is cut short or damaged.") from problem


def _copy(source: IO[bytes], target: Path) -> str:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        try:
            while piece := source.read(PIECE):
                digest.update(piece)
                out.write(piece)
        except (tarfile.TarError, EOFError) as problem:
            raise BadArchive("The backup is cut short.") from problem
    return digest.hexdigest()
