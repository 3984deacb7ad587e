"""Signing what leaves the house: JWS with Ed25519 over canonical JSON (RFC 7515, RFC 9864). Imports no Django."""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from vedette.kit.canonical import canonical_bytes

ALGORITHM = "Ed25519"


class BadSignature(ValueError):
    """A signature that does not stand; the message says why."""


def encode(raw: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def public_jwk(public: bytes, **members: Any) -> dict[str, Any]:
    """A public Ed25519 key as JWK (RFC 8037 section 2)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": encode(public), **members}


def thumbprint(public: bytes) -> str:
    """The thumbprint of a public key (RFC 7638 with the members of RFC 8037 section 2)."""
    return encode(hashlib.sha256(canonical_bytes(public_jwk(public))).digest())


def new_private() -> tuple[bytes, bytes]:
    """A fresh Ed25519 key: its private and its public 32 bytes."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def sign_raw(private: bytes, message: bytes) -> bytes:
    """An Ed25519 signature over a message (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def sign_document(document: dict[str, Any], private: bytes, kid: str, *, detached: bool = False) -> str:
    """A document as compact JWS over its canonical JSON; detached leaves the payload out (RFC 7515 appendix F)."""
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    key = OKPKey.import_key({**public_jwk(public), "d": encode(private)})
    header = {"alg": ALGORITHM, "kid": kid}
    compact = jws.serialize_compact(header, canonical_bytes(document), key, algorithms=[ALGORITHM])
    first, _, last = compact.split(".")
    return f"{first}..{last}" if detached else compact


def check_document(compact: str, jwks: dict[str, Any], document: dict[str, Any] | None = None) -> dict[str, Any]:
    """The document a JWS holds, when one of the keys signed it; with `document`, the same one, else BadSignature."""
    if not isinstance(compact, str) or compact.count(".") != 2:
        raise BadSignature("It is not a compact JWS.")
    first, middle, last = compact.split(".")
    if not middle and document is not None:
        middle = encode(canonical_bytes(document))
    key = _key_of(first, jwks)
    try:
        read = jws.deserialize_compact(f"{first}.{middle}.{last}", key, algorithms=[ALGORITHM])
        found = json.loads(read.payload)
    except (JoseError, ValueError, RecursionError) as error:
        raise BadSignature("The signature does not belong to this document and key.") from error
    if not isinstance(found, dict):
        raise BadSignature("What was signed is not a document.")
    if document is not None and canonical_bytes(document) != read.payload:
        raise BadSignature("Another document was signed than the one shown.")
    return found


def _key_of(header: str, jwks: dict[str, Any]) -> OKPKey:
    try:
        kid = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["kid"]
        found = [key for key in jwks["keys"] if key.get("kid") == kid]
        public = {name: found[0][name] for name in ("kty", "crv", "x")}
        return OKPKey.import_key(public)
    except IndexError as error:
        raise BadSignature("No key of the set has the id that the signature names.") from error
    except (ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise BadSignature("The signature or its key set is malformed.") from error
