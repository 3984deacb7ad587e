"""A file has come whole: opened with the key its packet brought, held against its hash, cleaned and attached like any other."""

import hashlib
import uuid
from collections.abc import Iterator
from typing import BinaryIO

import structlog
from django.db import transaction

from vedette.agencies.keyfile import KeyProblem
from vedette.agencies.queries import viewer_that_was, viewers_of
from vedette.files import vault
from vedette.files.models import StoredFile
from vedette.handsets import landing
from vedette.handsets.actions.kinds import KINDS
from vedette.handsets.models import Upload
from vedette.handsets.uploads import KEPT
from vedette.kit.errors import Conflict, Forbidden, Missing, NoRoom, Refused
from vedette.kit.time import real_now
from vedette.live.actions import announce

log = structlog.get_logger("vedette.handsets")
HOUSE = "what has come whole is attached, whoever looks"
NOT_WHOLE = "It does not open, or is not what the phone said it was."
State = Upload.State


class Pieces:
    """The pieces of a text as a stream, for the one reader of attachments."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces

    def read(self, size: int, /) -> bytes:
        """The next piece; empty at the end. No piece is larger than a reader asks for (64 KiB)."""
        return next(self.pieces, b"")


def finish(file: uuid.UUID) -> str:
    """Attach a file that has come whole, or refuse it with the reason; how it stands then. Safe to repeat at any moment.

    Nothing is lost or doubled where a process dies in between: the record keeps one file of the same content, and the pieces
    are dropped only once the upload says what became of them. Without room, or while its seat is suspended, it goes on waiting.
    """
    with landing.held(file) as source:
        rows = Upload.objects.as_house(HOUSE).select_related("packet__handset")
        row: Upload | None = rows.filter(id=file).first()
        if row is None or row.state != State.RECEIVING:
            landing.drop(file)
            return row.state if row else State.REFUSED
        if landing.length(file) != row.sealed_size:
            return State.RECEIVING
        try:
            stored = _attach(row, source)
        except NoRoom:
            raise
        except vault.Damaged:
            return _over(file, State.REFUSED, reason=NOT_WHOLE)
        except Missing:
            return _over(file, State.REFUSED, reason="The record it belongs to is not there any more.")
        except (Refused, Forbidden, Conflict) as error:
            return _over(file, State.REFUSED, reason=str(error))
        return _over(file, State.ATTACHED, stored=stored) if stored else State.RECEIVING


def _over(file: uuid.UUID, state: str, *, stored: StoredFile | None = None, reason: str = "") -> str:
    end(file, state, stored=stored, reason=reason)
    landing.drop(file)
    return state


def _attach(row: Upload, source: BinaryIO) -> StoredFile | None:
    """Hold the text against its size and hash first, then hand it on as its officer; None while his seat is suspended.

    A seat that has ended since stood when the packet came, which fixed by its hash what may come: it is handed on as that seat was.
    """
    attach, seat = KINDS[row.packet.kind].attach, row.packet.handset.seat_id
    viewer = viewers_of([seat]).get(seat) or viewer_that_was(seat)
    if viewer is None:
        return None
    if attach is None:
        raise Refused("file", "No file goes with this.", "Send it with a report.")
    key = _key_of(row)
    size, fingerprint = 0, hashlib.sha256()
    source.seek(0)
    for piece in vault.unsealed(source, key):
        size += len(piece)
        fingerprint.update(piece)
    if size != row.size or fingerprint.digest() != bytes(row.sha256):
        raise vault.Damaged(NOT_WHOLE)
    source.seek(0)
    return attach(viewer, row.sheet_id, Pieces(vault.unsealed(source, key)), row.name)


def _key_of(row: Upload) -> bytes:
    try:
        return vault.unwrap(bytes(row.wrapped_key), row.id.bytes)
    except vault.Damaged as error:
        # Another master key says nothing of the file: it waits until the right one is back.
        raise KeyProblem(str(error)) from error


@transaction.atomic
def end(file: uuid.UUID, state: str, *, stored: StoredFile | None = None, reason: str = "") -> None:
    """Part of finishing and of taking back: what became of a file, once; its key is needed no more."""
    rows = Upload.objects.as_house(HOUSE).filter(id=file, state=State.RECEIVING)
    moment = real_now()
    ended = rows.update(state=state, reason=reason[:300], file=stored, ended_at=moment, wrapped_key=b"")
    if ended:
        sheet = Upload.objects.as_house(HOUSE).values_list("sheet", flat=True).get(id=file)
        announce("upload.changed", sheet)


def step_uploads() -> int:
    """The house's own loop: attach what has come whole, drop what came and was not gone on with, and what nobody waits for."""
    rows = Upload.objects.as_house(HOUSE).filter(state=State.RECEIVING, began_at__isnull=False)
    waiting = {row.id: row for row in rows.only("id", "sealed_size", "touched_at")}
    done, failed = 0, None
    for file, row in waiting.items():
        try:
            if landing.length(file) == row.sealed_size:
                done += finish(file) != State.RECEIVING
            elif real_now() - row.touched_at > KEPT:
                done += _expire(file)
        except landing.Busy:
            continue
        except Exception as error:
            # One file that cannot be attached keeps no other from it; the loop's own row says what is wrong.
            log.error("upload.failed", file=str(file), error=type(error).__name__)
            failed = error
    done += sweep()
    if failed is not None:
        raise failed
    return done


def _expire(file: uuid.UUID) -> int:
    """Drop what came of a file nobody goes on with; it stays announced, and the phone may begin anew."""
    with landing.held(file):
        landing.drop(file)
        return Upload.objects.as_house(HOUSE).filter(id=file, state=State.RECEIVING).update(began_at=None)


def sweep() -> int:
    """Drop what lies there of files that nobody waits for: attached, refused or purged, and a process died before it could."""
    swept = 0
    for file in landing.lying():
        rows = Upload.objects.as_house(HOUSE).filter(id=file, state=State.RECEIVING, began_at__isnull=False)
        if not rows.exists():
            landing.drop(file)
            swept += 1
    return swept
