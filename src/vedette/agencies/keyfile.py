"""The master key: one file of 32 bytes that wraps every other key; its paper copy. Imports no Django."""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SIZE = 32
NONCE = 12
GROUP = 4
CHECK = 2
# Crockford's letters: none that is taken for another when read from paper.
PAPER = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class KeyProblem(Exception):
    """The master key cannot be used; the message is one sentence with the way out."""


def read_key(path: Path) -> bytes:
    """The master key; KeyProblem when it is missing, open to others, or not a key."""
    try:
        facts = path.stat()
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise KeyProblem(
            f"The master key is not at {path}: bring it back with `vedette key import`, "
            "or name its file in VEDETTE_KEY_FILE."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem(f"The master key at {path} cannot be read ({type(error).__name__}).") from error
    if stat.S_IMODE(facts.st_mode) & 0o077:
        raise KeyProblem(f"The master key at {path} can be read by others: chmod 0600 {path}")
    return _decoded(text, str(path))


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != SIZE:
        raise KeyProblem(f"What lies at {where} is not a master key: it takes {SIZE} bytes in base64.")
    return key


def make_key(path: Path, key: bytes | None = None) -> bytes:
    """Write a master key (a fresh one by default), whole or not at all; one that is there stays and is answered."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(base64.b64encode(key or secrets.token_bytes(SIZE)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link is refused when the name is taken, so of two first starts one wins and both read its key.
        os.link(fresh, path)
    except FileExistsError:
        pass
    except OSError as error:
        raise KeyProblem(f"The master key cannot be written to {path} ({error.strerror}).") from error
    finally:
        os.unlink(fresh)
    return read_key(path)


def wrap(master: bytes, secret: bytes, purpose: str) -> bytes:
    """A secret under the master key (AES-256-GCM), bound to its purpose: nonce and ciphertext."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(master).encrypt(nonce, secret, purpose.encode())


def unwrap(master: bytes, wrapped: bytes, purpose: str) -> bytes:
    """The secret; KeyProblem when it was wrapped under another master key or for another purpose."""
    try:
        return AESGCM(master).decrypt(wrapped[:NONCE], wrapped[NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise KeyProblem(
            "This master key does not open the keys of this database: it belongs to another installation. "
            "Bring the right one back with `vedette key import`."
        ) from error


def mark(master: bytes) -> str:
    """Eight letters that tell two master keys apart and give nothing away."""
    return hmac.new(master, b"vedette master key", hashlib.sha256).hexdigest()[:8]


def paper_copy(master: bytes) -> str:
    """The key for a safe: groups of four letters, each line ending in two that check it."""
    letters = _letters(master)
    width = 7 * GROUP
    lines: list[str] = []
    for start in range(0, len(letters), width):
        part = letters[start : start + width]
        groups = " ".join(part[place : place + GROUP] for place in range(0, len(part), GROUP))
        lines.append(f"{len(lines) + 1}: {groups} {_check(part)}")
    return "\n".join([*lines, f"whole: {mark(master)}"])


def from_paper(text: str) -> bytes:
    """The key from its paper copy as a person typed it; KeyProblem names the line that was mistyped."""
    letters, whole = "", ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, rest = line.rpartition(":")
        typed = "".join(rest.split())
        if name.strip().lower() == "whole":
            whole = typed.lower()
            continue
        typed = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1")
        part, check = typed[:-CHECK], typed[-CHECK:]
        if not part or check != _check(part):
            raise KeyProblem(
                f"Line {name.strip() or '?'} of the paper copy is mistyped: its last two letters do not check."
            )
        letters += part
    try:
        plain = "".join(BASE32[PAPER.index(letter)] for letter in letters)
        key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != SIZE or whole != mark(key):
        raise KeyProblem("The paper copy is not whole: type every line, the last one too.")
    return key


def _letters(raw: bytes) -> str:
    return "".join(PAPER[BASE32.index(letter)] for letter in base64.b32encode(raw).decode().rstrip("="))


def _check(part: str) -> str:
    return _letters(hashlib.sha256(part.encode()).digest())[:CHECK]
