"""Storing a file under a sheet, and opening one with a trace."""

import contextlib
import hashlib
import os
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.files import vault
from vedette.files.cleaning import NO_ROOM, clean
from vedette.files.models import StoredFile
from vedette.files.names import clean_name
from vedette.files.sniffing import Kind, NotTaken, kind_of
from vedette.handling.actions import open_one
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Missing, NoRoom, Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.live.actions import announce

LARGEST = 25 * 1024 * 1024
MOST_A_SHEET = 20
PIECE = 64 * 1024


class Stream(Protocol):
    """Anything that hands over bytes a piece at a time."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Stored:
    """A file that was stored, and the place its picture named: offered to the person, kept nowhere in the file."""

    file: StoredFile
    offered_place: tuple[float, float] | None = None


def store(by: Viewer | None, sheet: Sheet, stream: Stream, name: str) -> Stored:
    """Attach a file to a sheet: sniffed, cleaned, encrypted; the same content twice on one sheet is one file.

    Refused (field `file`) when it is too large, of a kind not taken, or carries what may run, and when the sheet is full;
    what a full sheet holds already is taken again as the file it is.
    """
    viewer = require(by, "store_file", sheet)
    name_of_landing = secrets.token_hex(16)
    try:
        landed = vault.incoming() / name_of_landing
        tidy = landed.with_suffix(".clean")
        _land(stream, landed)
        kind, place = _look_over(landed, tidy, name)
        return Stored(_keep(viewer, sheet, tidy, clean_name(name, kind), kind), place)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise NoRoom(
            "file",
            "The server’s disk has no room for this file. Nothing of it was stored; the record and its other files are kept.",
            "Tell the administrator to make room, then attach it again.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            vault.sweep(name_of_landing)


def _land(stream: Stream, place: Path) -> None:
    """Write the stream to disk, piece by piece, and stop at the limit; never more than a piece in memory."""
    size = 0
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > LARGEST:
                raise Refused(
                    "file", f"It is larger than {LARGEST // 1024 // 1024} MB.", "Send a smaller copy, or part of it."
                )
            out.write(piece)


def _look_over(landed: Path, tidy: Path, name: str) -> tuple[Kind, tuple[float, float] | None]:
    try:
        kind = kind_of(landed, name)
        # The child tells a table from other text by this ending.
        seen = landed.rename(landed.with_suffix(f".{kind.ending}"))
        place = clean(kind.care, seen, tidy)
    except NotTaken as error:
        raise Refused("file", error.reason, error.way_out) from error
    return kind, (place["lat"], place["lon"]) if "lat" in place else None


def _keep(viewer: Viewer, sheet: Sheet, tidy: Path, name: str, kind: Kind) -> StoredFile:
    with tidy.open("rb") as source:
        fingerprint = hashlib.file_digest(source, "sha256").digest()
    known = _known(sheet, fingerprint)
    if known:
        return known
    with tidy.open("rb") as source:
        address, key = vault.put(source)
    try:
        row = _write(
            viewer, sheet, name, kind, size=tidy.stat().st_size, fingerprint=fingerprint, address=address, key=key
        )
    except BaseException:
        vault.drop(address)
        raise
    if row.address != address:
        vault.drop(address)
    return row


def _known(sheet: Sheet, fingerprint: bytes) -> StoredFile | None:
    rows = StoredFile.objects.as_house("the same content twice on one sheet is one file")
    found: StoredFile | None = rows.filter(sheet=sheet, sha256=fingerprint).first()
    return found


@transaction.atomic
def _write(
    viewer: Viewer, sheet: Sheet, name: str, kind: Kind, *, size: int, fingerprint: bytes, address: str, key: bytes
) -> StoredFile:
    """The row, once no other is written to this sheet: it may have been purged or filled while the file was looked over."""
    standing = Sheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    if standing.purged_at is not None:
        raise Missing
    known = _known(sheet, fingerprint)
    if known:
        return known
    _check_room(sheet)
    number = new_id()
    row: StoredFile = StoredFile.objects.create(
        id=number,
        sheet=sheet,
        name=name,
        kind=kind.media,
        size=size,
        sha256=fingerprint,
        address=address,
        wrapped_key=vault.wrap(key, number.bytes),
        by_id=viewer.seat_id,
        at=now(),
    )
    record(viewer, "file.stored", [sheet.id, row.id])
    announce("file.stored", sheet.id)
    return row


def _check_room(sheet: Sheet) -> None:
    held = StoredFile.objects.as_house("a sheet holds so many files").filter(sheet=sheet).count()
    if held >= MOST_A_SHEET:
        raise Refused(
            "file", f"This record holds {MOST_A_SHEET} files already.", "File a second report and attach it there."
        )


def open_file(by: Viewer | None, *, file_id: uuid.UUID | None, reason: str = "") -> tuple[StoredFile, Iterator[bytes]]:
    """Open a stored file: audited as any record is, then its text piece by piece; Missing tells nothing."""
    row = open_one(by, StoredFile, file_id, reason)
    if row.state != StoredFile.State.STORED:
        raise Missing
    try:
        pieces = vault.take(row.address, vault.unwrap(bytes(row.wrapped_key), row.id.bytes))
        first = next(pieces)
    except vault.Damaged as error:
        raise Conflict(
            f"It cannot be opened: {error}.", "Bring the folder of files and the key back from a backup."
        ) from error
    return row, chain([first], pieces)
