"""Taking in a file piece by piece (tus 1.0.0), and what becomes of it once it has come whole."""

import base64
import binascii
import hashlib
import hmac
import uuid
from dataclasses import replace

import structlog
from django.db import DatabaseError

from vedette.agencies.viewer import Viewer
from vedette.handsets import landing
from vedette.handsets.actions.finishing import end, finish
from vedette.handsets.models import Upload
from vedette.handsets.uploads import Standing, access_upload, standing
from vedette.kit.errors import Conflict, Refused
from vedette.kit.time import real_now
from vedette.live.actions import announce

log = structlog.get_logger("vedette.handsets")
# A piece is held in memory until it is on the disk; a street's connection carries far smaller ones.
LARGEST_PIECE = 8 * 1024 * 1024
TAKEN_BACK = "It was taken back on the phone."


class BadSum(Refused):
    """A piece whose checksum does not fit: it was altered on its way, and nothing of it was kept."""


def begin_upload(by: Viewer | None, *, file: uuid.UUID | None, packet: uuid.UUID | None, length: int) -> Standing:
    """The phone begins to send a file that its packet announced; beginning again answers how it stands."""
    row = access_upload(by, file, packet)
    if length != row.sealed_size:
        raise Refused("Upload-Length", "It is another length than the packet announced.", "Let the app seal it again.")
    _note_begun(row)
    return standing(row)


def _note_begun(row: Upload) -> None:
    """Before the first byte lies there the row says so: what no row waits for is swept away."""
    if row.began_at is None and row.state == Upload.State.RECEIVING:
        moment = real_now()
        rows = Upload.objects.as_house("its first piece is on its way").filter(id=row.id)
        rows.update(began_at=moment, touched_at=moment)
        row.touched_at = moment
        announce("upload.changed", row.sheet_id)


def take_piece(by: Viewer | None, *, file: uuid.UUID | None, offset: int, piece: bytes, checksum: str = "") -> Standing:
    """Keep one piece at the end of what has come; the last one makes it whole, and it is attached at once where that can be.

    Conflict when it does not begin where the others end. What is whole and was not attached is left to the house's loop.
    """
    row = access_upload(by, file)
    _must_be_open(row)
    if len(piece) > LARGEST_PIECE:
        raise Refused("piece", f"It is larger than {LARGEST_PIECE // 1024 // 1024} MB.", "Send it in smaller pieces.")
    _check_sum(piece, checksum)
    _note_begun(row)
    with landing.held(row.id) as source:
        come = landing.length(row.id)
        # Only now: it may have been attached while this waited for its turn.
        row.refresh_from_db(
            fields=["state", "reason"], from_queryset=Upload.objects.as_house("one piece after the other")
        )
        if row.state != Upload.State.RECEIVING:
            landing.drop(row.id)
            return standing(row)
        if come != offset:
            raise Conflict(
                f"{come} bytes have come; this piece begins at {offset}.", "Ask how it stands, and go on there."
            )
        if come + len(piece) > row.sealed_size:
            raise Refused("piece", "It is more than the packet announced.", "Let the app seal it again.")
        come = landing.append(source, piece)
    moment = real_now()
    Upload.objects.as_house("when the last piece came").filter(id=row.id).update(touched_at=moment)
    row.touched_at = moment
    if come == row.sealed_size:
        _finish_now(row.id)
        row = access_upload(by, file)
    return replace(standing(row), offset=come)


def _finish_now(file: uuid.UUID) -> None:
    """The pieces are all here; whatever keeps them from being attached now, the loop tries again."""
    try:
        finish(file)
    except DatabaseError:
        raise
    except Exception as error:
        log.warning("upload.waits", file=str(file), error=type(error).__name__)


def take_back(by: Viewer | None, *, file: uuid.UUID | None) -> None:
    """The officer took the file off before it had come: what came is dropped. What is attached stays."""
    row = access_upload(by, file)
    if row.state == Upload.State.ATTACHED:
        raise Conflict("It is attached already.", "Ask the desk.")
    with landing.held(row.id):
        end(row.id, Upload.State.REFUSED, reason=TAKEN_BACK)
        landing.drop(row.id)


def _must_be_open(row: Upload) -> None:
    if row.state == Upload.State.REFUSED:
        raise Refused("file", row.reason or "It was refused.", "Attach it anew, in another form.")


def _check_sum(piece: bytes, said: str) -> None:
    if not said:
        return
    algorithm, _, value = said.partition(" ")
    if algorithm != "sha256":
        raise Refused("Upload-Checksum", "Only sha256 is known here.", "Send sha256, or none.")
    try:
        wanted = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        wanted = b""
    if not hmac.compare_digest(hashlib.sha256(piece).digest(), wanted):
        raise BadSum("piece", "It was altered on its way.", "Send it again.")
