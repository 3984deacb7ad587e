"""Verifying a bundle without the server and without its database. Imports no Django."""

import datetime
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vedette.audit.leaves import leaf_of
from vedette.audit.notes import BadNote, Checkpoint, LogKey, read_checkpoint, read_key
from vedette.audit.proofs import inclusion_holds
from vedette.kit.canonical import canonical_bytes, digest
from vedette.kit.signing import BadSignature, check_document

FORM = "vedette-bundle/1"
LARGEST = 20 * 1024 * 1024
MOST_ITEMS = 10_000
MEMBERS = {"id", "real_at", "shown_at", "actor", "code", "objects", "reason", "document"}


class BadBundle(ValueError):
    """A bundle that does not stand; the message names what and where."""


@dataclass
class Proved:
    """What a bundle proves, sentence by sentence; `trusted` when its keys are the ones the reader already held."""

    origin: str = ""
    size: int = 0
    sentences: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    trusted: bool = False


def read_bundle(raw: bytes) -> dict[str, Any]:
    """A bundle from its file; BadBundle for anything but one JSON object without doubled names."""
    if len(raw) > LARGEST:
        raise BadBundle(f"The bundle is larger than {LARGEST // 1024**2} MB.")
    try:
        found = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadBundle(f"The bundle is not JSON: {error}") from error
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise BadBundle(f"The bundle is not of the form {FORM}.")
    return found


def check_bundle(bundle: dict[str, Any], trusted: Sequence[LogKey] = ()) -> Proved:
    """Check checkpoint, proofs, entries, documents and signatures; BadBundle at the first thing that does not stand."""
    try:
        return _check(bundle, trusted)
    except (BadNote, BadSignature) as error:
        raise BadBundle(str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        if isinstance(error, BadBundle):
            raise
        raise BadBundle(f"The bundle is malformed ({type(error).__name__}: {error}).") from error


def _check(bundle: dict[str, Any], trusted: Sequence[LogKey]) -> Proved:
    note = read_checkpoint(_text(bundle["checkpoint"]))
    key = _signer(note, [read_key(_text(line)) for line in bundle["log_keys"]], trusted)
    proved = Proved(note.origin, note.size, keys=[key.text()], trusted=key in trusted)
    proved.sentences.append(f"The checkpoint of {note.size} entries is signed by {key.name}.")
    items = bundle["items"]
    if not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
        raise BadBundle("The bundle holds no entries, or too many.")
    for number, item in enumerate(items, 1):
        proved.sentences.append(_check_item(number, item, note, bundle.get("keys") or {"keys": []}))
    return proved


def _signer(note: Checkpoint, offered: list[LogKey], trusted: Sequence[LogKey]) -> LogKey:
    """The key that signed; when the reader holds keys of his own, only those count."""
    for key in trusted or offered:
        if note.signed_by(key):
            return key
    if trusted:
        raise BadBundle("The checkpoint is not signed by the key you named: this bundle is another log's, or forged.")
    raise BadBundle("The checkpoint is signed by none of the bundle's own keys.")


def _check_item(number: int, item: dict[str, Any], note: Checkpoint, jwks: dict[str, Any]) -> str:
    body, index = item["entry"], item["index"]
    if not isinstance(body, dict) or set(body) != MEMBERS or not isinstance(index, int) or isinstance(index, bool):
        raise BadBundle(f"Item {number}: the entry is malformed.")
    path = [_hash(step) for step in item["path"]]
    if not inclusion_holds(leaf_of(body), index, note.size, path, note.root):
        raise BadBundle(f"Item {number}: entry {index} is not in the log that the checkpoint signs, or was altered.")
    moment = datetime.datetime.fromisoformat(_text(body["real_at"]))
    said = f"Entry {index}: {_text(body['code'])} at {moment:%Y-%m-%d %H:%M:%S} UTC stands in the log"
    document = item.get("document")
    if document is None:
        return f"{said}."
    return f"{said}; {_check_document(number, item, body, document, jwks)}."


def _check_document(
    number: int, item: dict[str, Any], body: dict[str, Any], document: Any, jwks: dict[str, Any]
) -> str:
    """The document belongs to the entry by its digest, or by its id alone; and its signature stands."""
    if not isinstance(document, dict):
        raise BadBundle(f"Item {number}: the document is malformed.")
    if body["document"]:
        if digest(document).hex() != body["document"]:
            raise BadBundle(f"Item {number}: the document is not the one that the entry tells of.")
        bound = "its document is the one written there"
    else:
        if str(uuid.UUID(_text(document["id"]))) not in body["objects"]:
            raise BadBundle(f"Item {number}: the document is not the one that the entry tells of.")
        bound = "its document is named there by id"
    if not item.get("jws"):
        return f"{bound}, unsigned"
    signed = check_document(_text(item["jws"]), jwks, document)
    if canonical_bytes(signed) != canonical_bytes(document):
        raise BadBundle(f"Item {number}: another document was signed.")
    return f"{bound} and its signature stands"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadBundle("The bundle is malformed: a text is missing.")
    return value


def _hash(value: Any) -> bytes:
    raw = bytes.fromhex(_text(value))
    if len(raw) != 32:
        raise BadBundle("The bundle is malformed: a hash is not 32 bytes.")
    return raw


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
