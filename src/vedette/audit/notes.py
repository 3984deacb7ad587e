"""Checkpoints as signed notes (C2SP tlog-checkpoint and signed-note). Imports no Django."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# The signature type of Ed25519 in a signed note (C2SP signed-note, "Signatures").
ED25519 = b"\x01"
DASH = "— "
LONGEST = 64 * 1024


class BadNote(ValueError):
    """A note that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class LogKey:
    """A public key that signs checkpoints, under the log's name."""

    name: str
    public: bytes

    @property
    def mark(self) -> bytes:
        """The four bytes by which a signature names its key (C2SP signed-note, "Verifier keys")."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def text(self) -> str:
        """The key as one line: name, mark and key (C2SP signed-note, "Verifier keys")."""
        return f"{self.name}+{self.mark.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    def signed(self, body: str, signature: bytes) -> bool:
        """Whether this key made a signature over a note's text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, body.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint as it was read: the log's name, its size and root, the signed text, the signatures."""

    origin: str
    size: int
    root: bytes
    body: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def signed_by(self, key: LogKey) -> bool:
        """Whether this key signed it; the log's name and the key's must be the same."""
        return self.origin == key.name and any(
            name == key.name and mark == key.mark and key.signed(self.body, signature)
            for name, mark, signature in self.signatures
        )


def read_key(text: str) -> LogKey:
    """A key written as one line; BadNote when the mark does not belong to it."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise BadNote("This is not a log key: it has the form name+mark+key.")
    raw = _decode(parts[2], "the key")
    if len(raw) != 33 or raw[:1] != ED25519:
        raise BadNote("The log key is not an Ed25519 key.")
    key = LogKey(parts[0], raw[1:])
    if key.mark.hex() != parts[1]:
        raise BadNote("The log key does not match its mark.")
    return key


def write_checkpoint(key: LogKey, size: int, root: bytes, sign: Callable[[bytes], bytes]) -> str:
    """A signed checkpoint: name, size, root, an empty line, the signature line."""
    body = f"{key.name}\n{size}\n{base64.b64encode(root).decode()}\n"
    signature = base64.b64encode(key.mark + sign(body.encode())).decode()
    return f"{body}\n{DASH}{key.name} {signature}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint; BadNote says what is wrong. Nothing is proved by reading: ask `signed_by`."""
    if len(text) > LONGEST or not text.endswith("\n") or "\n\n" not in text or "\r" in text:
        raise BadNote("The checkpoint is not a signed note.")
    above, _, below = text.rpartition("\n\n")
    lines = above.split("\n")
    if len(lines) < 3 or not lines[0] or "+" in lines[0] or any(char.isspace() for char in lines[0]):
        raise BadNote("The checkpoint has no name, size and root.")
    if not lines[1].isascii() or not lines[1].isdigit() or len(lines[1]) > 18 or str(int(lines[1])) != lines[1]:
        raise BadNote("The checkpoint's size is not a number.")
    root = _decode(lines[2], "the root")
    if len(root) != 32:
        raise BadNote("The checkpoint's root is not 32 bytes.")
    signatures = tuple(_signature(line) for line in below.rstrip("\n").split("\n"))
    return Checkpoint(lines[0], int(lines[1]), root, above + "\n", signatures)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, space, value = line.removeprefix(DASH).rpartition(" ")
    if not line.startswith(DASH) or not space or not name:
        raise BadNote("A signature line of the checkpoint is malformed.")
    raw = _decode(value, "a signature")
    return name, raw[:4], raw[4:]


def _decode(text: str, what: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote(f"In the checkpoint, {what} is not base64.") from error
    if base64.b64encode(raw).decode() != text:
        raise BadNote(f"In the checkpoint, {what} is not in its one base64 form.")
    return raw
