"""What a phone sends is sealed to a key of its own: compact JWE, ECDH-ES over P-256 and A256GCM (RFC 7516, RFC 7518)."""

import json
import uuid
import zlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from vedette.agencies import keyfile
from vedette.agencies.keys import master_key
from vedette.kit.errors import Refused

# The library takes at most 64 kB sealed and opens at most 250 kB, whatever a packet claims to hold.
LARGEST = 64 * 1024
ALGORITHMS = ["ECDH-ES", "A256GCM", "DEF"]
DAMAGED = "The packet does not open: it was altered on its way, or sealed for another phone."
SEAL_AGAIN = "Keep it on the phone and let the app seal it again."


def new_sealing_key(handset: uuid.UUID) -> tuple[dict[str, Any], bytes]:
    """A fresh key for a phone: the public half as JWK, and the private half under the master key, bound to the phone."""
    key = ec.generate_private_key(ec.SECP256R1())
    secret = key.private_numbers().private_value.to_bytes(32, "big")
    return public_half(key, handset), keyfile.wrap(master_key(), secret, _purpose(handset))


def public_half(key: ec.EllipticCurvePrivateKey, handset: uuid.UUID) -> dict[str, Any]:
    """The JWK that the phone seals to."""
    public = ECKey.import_key(key.public_key()).as_dict(private=False)
    members = {name: public[name] for name in ("kty", "crv", "x", "y")}
    return {**members, "kid": str(handset), "use": "enc", "alg": "ECDH-ES"}


def open_packet(handset: uuid.UUID, wrapped: bytes, sealed: bytes) -> dict[str, Any]:
    """The JSON that a packet holds; Refused when it is not sealed to this phone's key, was altered, or is too large."""
    if len(sealed) > LARGEST:
        raise Refused("packet", f"It is larger than {LARGEST // 1024} kB.", "Shorten the text; files go by themselves.")
    secret = int.from_bytes(keyfile.unwrap(master_key(), wrapped, _purpose(handset)), "big")
    key = ECKey.import_key(ec.derive_private_key(secret, ec.SECP256R1()))
    try:
        opened = jwe.decrypt_compact(sealed, key, algorithms=ALGORITHMS)
        _check_header(opened.protected, handset)
        found = json.loads(opened.plaintext or b"")
    # The library lets slip what the arithmetic below it raises (a bad tag, a point off the curve, a broken stream).
    except (
        JoseError,
        ValueError,
        TypeError,
        AssertionError,
        KeyError,
        RecursionError,
        ArithmeticError,
        zlib.error,
    ) as error:
        raise Refused("packet", DAMAGED, SEAL_AGAIN) from error
    if not isinstance(found, dict):
        raise Refused("packet", "What it holds is not a packet.", SEAL_AGAIN)
    return found


def _check_header(header: dict[str, Any], handset: uuid.UUID) -> None:
    if header.get("kid") != str(handset) or (header.get("alg"), header.get("enc")) != ("ECDH-ES", "A256GCM"):
        raise ValueError("sealed for another phone, or in another way")


def _purpose(handset: uuid.UUID) -> str:
    return f"handset:{handset}"
