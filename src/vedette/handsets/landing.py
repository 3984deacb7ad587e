"""Where the pieces of a file lie until it has come whole: ciphertext only, under the file's own id, one writer at a time.

How much has come is the length of what lies there, so a server that dies between two pieces, or in one, forgets nothing and
counts nothing twice: what was written is the beginning of the file, and the phone goes on from its end.
"""

import errno
import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from vedette.files.cleaning import NO_ROOM
from vedette.files.vault import folder
from vedette.kit.errors import NoRoom
from vedette.kit.ids import parse_id

FULL = "The server’s disk has no room for this piece. What came before is kept."
WAIT = "Keep the file; it goes on from where it was once the administrator has made room."


class Busy(Exception):
    """Another request writes to this file, or it is being attached, at this moment."""


def coming() -> Path:
    """The folder of files on their way; on the same disk as the store, never in a backup."""
    with _room():
        place = folder() / "coming"
        place.mkdir(mode=0o700, exist_ok=True)
    return place


@contextmanager
def _room() -> Iterator[None]:
    """A disk without room is said as such."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise NoRoom("piece", FULL, WAIT) from error


def place_of(file: uuid.UUID) -> Path:
    """Where the pieces of a file lie."""
    return coming() / str(file)


def length(file: uuid.UUID) -> int:
    """How many bytes of a file have come."""
    try:
        return place_of(file).stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def held(file: uuid.UUID) -> Iterator[BinaryIO]:
    """The file, for one writer at a time among all processes of the house; Busy when another has it."""
    with _room():
        handle = os.open(place_of(file), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "r+b") as source:
        try:
            fcntl.flock(source, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            raise Busy from error
        # Whoever held it before may have removed it: what would be written now would be lost.
        if not _is_there(source, file):
            raise Busy
        yield source


def _is_there(source: BinaryIO, file: uuid.UUID) -> bool:
    try:
        return os.path.samestat(os.fstat(source.fileno()), place_of(file).stat())
    except FileNotFoundError:
        return False


def append(source: BinaryIO, piece: bytes) -> int:
    """Write a piece to the end, down to the disk: the length now. Of a piece for which there is no room nothing stays."""
    end = source.seek(0, os.SEEK_END)
    with _room():
        try:
            source.write(piece)
            source.flush()
            os.fsync(source.fileno())
        except OSError:
            with suppress(OSError):
                os.ftruncate(source.fileno(), end)
            raise
    return end + len(piece)


def drop(file: uuid.UUID) -> None:
    """Remove what lies there; by whoever holds it."""
    place_of(file).unlink(missing_ok=True)


def lying() -> list[uuid.UUID]:
    """The files of which something lies here; what the disk itself keeps there (`lost+found`) is none."""
    return [file for place in coming().iterdir() if (file := parse_id(place.name))]
