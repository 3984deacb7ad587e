"""Ciphertext on disk: AES-256-GCM in chunks under one key a file, so that a large file streams in and out.

Form: 8 bytes `VEDF0001`, then for each 64 KiB of text its ciphertext and 16-byte tag. The nonce of a chunk is its
number (11 bytes) and 1 for the last one, else 0: a chunk moved, dropped or added does not open.
"""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from vedette.kit.time import real_now

MAGIC = b"VEDF0001"
CHUNK = 64 * 1024
TAG = 16
STALE_SECONDS = 3600


class Damaged(Exception):
    """The ciphertext on disk is not what was written, or the key does not fit."""


def folder() -> Path:
    """The folder of stored files; only the application's own account reads it."""
    place = Path(settings.VEDETTE_FILES)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def incoming() -> Path:
    """The folder where a file lies while it is looked over; on the same disk as the store."""
    place = folder() / "incoming"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def sweep(name: str) -> None:
    """Remove what was being looked over under a name, and whatever a process that died left there an hour ago."""
    for left in incoming().iterdir():
        with contextlib.suppress(FileNotFoundError):
            if left.name.startswith(name) or real_now().timestamp() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink()


def path_of(address: str) -> Path:
    """Where the ciphertext with this address lies; an address is 64 hexadecimal digits and nothing else."""
    if len(address) != 64 or not set(address) <= set("0123456789abcdef"):
        raise Damaged("not an address")
    return folder() / address[:2] / address[2:4] / address


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(source: BinaryIO) -> Iterator[tuple[int, bool, bytes]]:
    number, piece = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        yield number, not following, piece
        if not following:
            return
        number, piece = number + 1, following


def put(source: BinaryIO) -> tuple[str, bytes]:
    """Encrypt a file under a fresh key and keep it under the SHA-256 of its ciphertext: (address, key)."""
    key = secrets.token_bytes(32)
    cipher, digest = AESGCM(key), hashlib.sha256(MAGIC)
    draft = incoming() / secrets.token_hex(16)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(MAGIC)
            for number, last, piece in _pieces(source):
                sealed = cipher.encrypt(_nonce(number, last), piece, MAGIC)
                digest.update(sealed)
                out.write(sealed)
            out.flush()
            os.fsync(out.fileno())
        address = digest.hexdigest()
        place = path_of(address)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.rename(place)
    finally:
        draft.unlink(missing_ok=True)
    return address, key


def drop(address: str) -> bool:
    """Remove a ciphertext (a store that was not committed, or a purge); whether one lay there."""
    place = path_of(address)
    lay = place.exists()
    place.unlink(missing_ok=True)
    return lay


def unsealed(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The text of a ciphertext in this form, piece by piece; Damaged when a piece was altered, moved or is missing."""
    cipher = AESGCM(key)
    try:
        if source.read(len(MAGIC)) != MAGIC:
            raise Damaged("not a stored file")
        number, piece = 0, source.read(CHUNK + TAG)
        while True:
            following = source.read(CHUNK + TAG)
            yield cipher.decrypt(_nonce(number, not following), piece, MAGIC)
            if not following:
                return
            number, piece = number + 1, following
    except (InvalidTag, ValueError) as error:
        raise Damaged("the stored file is damaged or gone") from error


def take(address: str, key: bytes) -> Iterator[bytes]:
    """The text of a stored file, piece by piece; Damaged when a piece was altered, moved or is missing."""
    try:
        with path_of(address).open("rb") as source:
            yield from unsealed(source, key)
    except FileNotFoundError as error:
        raise Damaged("the stored file is damaged or gone") from error


def wrap(key: bytes, file_id: bytes) -> bytes:
    """A file's key under the master key (AES-256-GCM, bound to the file's id): 12-byte nonce, ciphertext, tag."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_master()).encrypt(nonce, key, file_id)


def unwrap(wrapped: bytes, file_id: bytes) -> bytes:
    """A file's key; Damaged when the master key is another one."""
    try:
        return AESGCM(_master()).decrypt(wrapped[:12], wrapped[12:], file_id)
    except InvalidTag as error:
        raise Damaged("the master key does not open this file") from error


def _master() -> bytes:
    from vedette.agencies.keys import master_key

    return master_key()
