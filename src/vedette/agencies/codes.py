"""Codes of an authenticator app (RFC 6238), recovery codes, and the password that goes with them."""

import base64
import hashlib
import hmac
import os
import secrets
import time
import uuid
from urllib.parse import quote

import qrcode  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from vedette.agencies import keyfile
from vedette.agencies.keys import master_key
from vedette.agencies.models import Person
from vedette.agencies.signin_models import CodeSecret, RecoverySet
from vedette.kit.errors import Refused
from vedette.kit.time import real_now

SECRET_BYTES, DIGITS, STEP_SECONDS = 20, 6, 30
# A code counts one step before and after, because a phone's clock is a little off (RFC 6238 section 5.2).
DRIFT = (-1, 0, 1)
RECOVERY_CODES, RECOVERY_LETTERS = 10, 16
LEAST_PASSWORD = 12
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PURPOSE = "authenticator"


def new_secret() -> bytes:
    """A fresh secret for an authenticator app (160 bits, RFC 4226 section 4)."""
    return secrets.token_bytes(SECRET_BYTES)


def seal(secret: bytes, person: uuid.UUID) -> bytes:
    """A secret under the master key, bound to its person."""
    return keyfile.wrap(master_key(), secret, f"{PURPOSE}:{person}")


def unseal(wrapped: bytes | memoryview, person: uuid.UUID) -> bytes:
    """The secret; KeyProblem when the master key is another one."""
    return keyfile.unwrap(master_key(), bytes(wrapped), f"{PURPOSE}:{person}")


def spelled(secret: bytes) -> str:
    """A secret as an app takes it by hand: base32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def app_address(secret: bytes, account: str, issuer: str) -> str:
    """The otpauth address that a picture carries into an app."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={text}&issuer={quote(issuer)}"


def picture(text: str) -> tuple[int, str]:
    """A text as a QR code: the side of the square in cells, and the path of its dark cells for an SVG."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    cells = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(cells) for x, is_dark in enumerate(row) if is_dark]
    return len(cells), "".join(dark)


def code_at(secret: bytes, step: int) -> str:
    """The code of a time step."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - RFC 6238, what every app computes


def step_now() -> int:
    """The time step of this moment (real time)."""
    return int(time.time()) // STEP_SECONDS


def step_of(secret: bytes, code: str) -> int | None:
    """The time step a code belongs to, near enough to now; every step is compared, whichever fits."""
    typed = "".join(code.split()).encode()
    now = step_now()
    fits = [now + drift for drift in DRIFT if hmac.compare_digest(code_at(secret, now + drift).encode(), typed)]
    return max(fits, default=None)


def record_secret(person: Person, secret: bytes, step: int) -> CodeSecret:
    """Part of a verb: from now on this app's codes count; the step that confirmed it is spent."""
    moment = real_now()
    CodeSecret.objects.filter(person=person, until__isnull=True).update(until=moment)
    return CodeSecret.objects.create(person=person, wrapped=seal(secret, person.id), last_step=step, since=moment)


def spend_code(person: Person | None, code: str) -> str:
    """Take a code of the app or a recovery code, once: `code`, `recovery`, or empty. Costs the same for nobody."""
    key = person.id if person else uuid.UUID(int=0)
    row = CodeSecret.objects.filter(person=key, until__isnull=True).first()
    secret = unseal(row.wrapped, key) if row else unseal(seal(os.urandom(SECRET_BYTES), key), key)
    step = step_of(secret, code)
    given = hash_of(code)
    held = RecoverySet.objects.filter(person=key, until__isnull=True, hashes__contains=[given]).exists()
    if row and step is not None:
        # One statement, so that of two requests with the same code one is refused.
        fresh = CodeSecret.objects.filter(id=row.id, last_step__lt=step, until__isnull=True).update(last_step=step)
        return "code" if fresh else ""
    return "recovery" if held and _take_out(key, given) else ""


@transaction.atomic
def _take_out(person: uuid.UUID, given: str) -> bool:
    row = RecoverySet.objects.select_for_update().filter(person=person, until__isnull=True).first()
    if row is None or given not in row.hashes:
        return False
    row.hashes = [item for item in row.hashes if item != given]
    row.save(update_fields=["hashes"])
    return True


def hash_of(code: str) -> str:
    """SHA-256 of a recovery code as it counts: small letters, without signs between them."""
    return hashlib.sha256("".join(sign for sign in code.lower() if sign.isalnum()).encode()).hexdigest()


@transaction.atomic
def record_recovery(person: Person) -> list[str]:
    """Part of a verb: ten new codes, shown once; the ones before them are worth nothing."""
    plain = ["".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LETTERS)) for _ in range(RECOVERY_CODES)]
    moment = real_now()
    RecoverySet.objects.filter(person=person, until__isnull=True).update(until=moment)
    RecoverySet.objects.create(person=person, hashes=[hash_of(code) for code in plain], since=moment)
    return ["-".join(code[place : place + 4] for place in range(0, RECOVERY_LETTERS, 4)) for code in plain]


def codes_left(person: uuid.UUID) -> int:
    """How many recovery codes a person still has."""
    row = RecoverySet.objects.filter(person=person, until__isnull=True).first()
    return len(row.hashes) if row else 0


def has_app(person: uuid.UUID) -> bool:
    """Whether a person signs in with an authenticator app."""
    return CodeSecret.objects.filter(person=person, until__isnull=True).exists()


def check_new_password(person: Person, password: str) -> None:
    """Refused unless a password is long, not a common one and without the account's name (NIST SP 800-63B 5.1.1)."""
    if len(password) < LEAST_PASSWORD:
        raise Refused("password", f"It has fewer than {LEAST_PASSWORD} characters.", "Three or four words do well.")
    if len(password) > 200:
        raise Refused("password", "It has more than 200 characters.", "Shorten it.")
    common = Refused("password", "It is among the first that are tried.", "Three or four words do well.")
    if person.username in password.casefold():
        raise common
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError as error:
        raise common from error


def record_password(person: Person, password: str) -> None:
    """Part of a verb: set the password (Argon2id)."""
    person.password = make_password(password)
    person.save(update_fields=["password"])


def fits_password(person: Person | None, password: str) -> bool:
    """Whether a password is the person's; the work is the same when there is no person or no password."""
    return check_password(password, person.password if person else "!")
