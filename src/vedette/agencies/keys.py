"""The agency's keys: made at first use, signing, rotated, published; the master key that opens them."""

import datetime
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from vedette.agencies import keyfile
from vedette.agencies.key_models import AgencyKey
from vedette.agencies.keyfile import KeyProblem
from vedette.agencies.models import Agency
from vedette.audit.actions import record
from vedette.audit.checkpoints import EVERY, make_checkpoint
from vedette.audit.models import Checkpoint
from vedette.audit.notes import LogKey
from vedette.kit.queries import installation
from vedette.kit.signing import check_document, new_private, public_jwk, sign_document, sign_raw, thumbprint
from vedette.kit.time import real_now

SIGNING, CHECKPOINT = AgencyKey.Purpose.SIGNING, AgencyKey.Purpose.CHECKPOINT


def key_path() -> Path:
    """Where the master key lies."""
    return Path(settings.VEDETTE_KEY_FILE)


def master_key() -> bytes:
    """The master key; made at the first start, never when keys already wait for the one that is missing."""
    path = key_path()
    if path.exists():
        return keyfile.read_key(path)
    if AgencyKey.objects.exclude(wrapped=b"").exists():
        raise KeyProblem(f"The master key is not at {path}. {what_is_lost()}")
    return keyfile.make_key(path)


def what_is_lost() -> str:
    """What cannot be done without the master key, and the way out."""
    return (
        "Without it the agency can sign no release and no checkpoint, stored files and second factors stay closed; "
        "reports, trails and everything already signed stand. Bring it back with `vedette key import`; if it is lost "
        "for good, `vedette key rotate --abandon` starts new keys under a new one, and stored files stay closed."
    )


def _home() -> Agency:
    """The agency whose keys these are; KeyProblem before set-up."""
    agency = Agency.objects.filter(kind=Agency.Kind.HOME).first()
    if agency is None:
        raise KeyProblem("There is no home agency yet, so there is nothing to sign for: set up the installation first.")
    return agency


def current_key(purpose: str) -> AgencyKey:
    """The home agency's key in force for a purpose; the first one is made when it is first needed."""
    key = AgencyKey.objects.filter(agency__kind=Agency.Kind.HOME, purpose=purpose, until__isnull=True).first()
    if key is not None:
        return key
    try:
        with transaction.atomic():
            return _add_key(_home(), purpose, real_now())
    except IntegrityError:
        # Another process made the first key at the same moment.
        return AgencyKey.objects.get(agency__kind=Agency.Kind.HOME, purpose=purpose, until__isnull=True)


def _add_key(agency: Agency, purpose: str, moment: datetime.datetime) -> AgencyKey:
    private, public = new_private()
    kid = _key_id(agency, public)
    wrapped = keyfile.wrap(master_key(), private, f"{purpose}:{kid}")
    return AgencyKey.objects.create(
        agency=agency, purpose=purpose, kid=kid, public=public, wrapped=wrapped, since=moment
    )


def _key_id(agency: Agency, public: bytes) -> str:
    """The agency and the key's thumbprint; a demonstration's, exercise's or test's says so in front."""
    row = installation()
    kind = "" if row is None or row.kind == "real" else f"{row.kind.upper()}-"
    return f"{kind}{agency.key}-{thumbprint(public)[:16]}"


def private_half(key: AgencyKey) -> bytes:
    """The private key; KeyProblem when the master key is missing or another one."""
    return keyfile.unwrap(master_key(), bytes(key.wrapped), f"{key.purpose}:{key.kid}")


def sign(document: dict[str, Any], *, detached: bool = False) -> str:
    """A document as compact JWS by the agency's key in force (RFC 7515, alg Ed25519 of RFC 9864)."""
    key = current_key(SIGNING)
    return sign_document(document, private_half(key), key.kid, detached=detached)


def verify(compact: str, jwks: dict[str, Any], document: dict[str, Any] | None = None) -> dict[str, Any]:
    """The signed document, when a key of the set signed it; kit.signing.BadSignature says why not."""
    return check_document(compact, jwks, document)


def jwks(agency_id: uuid.UUID | None = None) -> dict[str, Any]:
    """An agency's public signing keys (the home agency's by default), old ones too, with their dates (RFC 7517)."""
    of = {"agency": agency_id} if agency_id else {"agency__kind": Agency.Kind.HOME}
    return {"keys": [_published(key) for key in AgencyKey.objects.filter(**of, purpose=SIGNING).order_by("since")]}


def _published(key: AgencyKey) -> dict[str, Any]:
    dates = {"since": key.since.isoformat(), **({"until": key.until.isoformat()} if key.until else {})}
    return public_jwk(bytes(key.public), kid=key.kid, use="sig", alg="Ed25519", **dates)


def origin() -> str:
    """The log's name in checkpoints: the agency and this installation, the same wherever it is restored."""
    row = installation()
    return f"vedette/{_home().key}/{row.id if row else 'new'}"


def log_keys() -> list[LogKey]:
    """Every public key that signed or signs checkpoints of this log, the one in force last."""
    name = origin()
    rows = AgencyKey.objects.filter(agency__kind=Agency.Kind.HOME, purpose=CHECKPOINT).order_by("since")
    return [LogKey(name, bytes(row.public)) for row in rows]


def checkpoint_now(every: datetime.timedelta = EVERY) -> Checkpoint | None:
    """Sign the log as it stands when there is something new; nothing before set-up."""
    if not Agency.objects.filter(kind=Agency.Kind.HOME).exists():
        return None
    key = current_key(CHECKPOINT)
    return make_checkpoint(
        LogKey(origin(), bytes(key.public)), lambda text: sign_raw(private_half(key), text), every=every
    )


@transaction.atomic
def record_rotation(purpose: str) -> AgencyKey:
    """Part of a verb: close the key in force and start a new one; the old public key stays published."""
    moment = real_now()
    current = AgencyKey.objects.select_for_update().filter(
        agency__kind=Agency.Kind.HOME, purpose=purpose, until__isnull=True
    )
    current.update(until=moment)
    return _add_key(_home(), purpose, moment)


@transaction.atomic
def rotate_at_the_machine(purpose: str, because: str) -> AgencyKey:
    """Replace a key from the machine's own terminal, where nobody is signed in; the log says so."""
    key = record_rotation(purpose)
    record(None, "key.rotated", [key.id], f"at the machine: {because}" if because else "at the machine")
    return key


def abandon_keys(because: str) -> list[AgencyKey]:
    """The master key is lost for good: a new one, and new keys under it; what the old ones signed still verifies."""
    if key_path().exists():
        raise KeyProblem(f"There is a master key at {key_path()}: abandoning is for one that is lost.")
    keyfile.make_key(key_path())
    return [rotate_at_the_machine(purpose, because or "the master key was lost") for purpose in (SIGNING, CHECKPOINT)]


def every_key() -> list[AgencyKey]:
    """The home agency's keys, oldest first."""
    return list(AgencyKey.objects.filter(agency__kind=Agency.Kind.HOME).order_by("since", "purpose"))


def record_partner_key(agency: Agency, public: bytes, kid: str) -> AgencyKey:
    """Part of a verb: take a partner's new signing key; the one before it is closed and kept."""
    moment = real_now()
    AgencyKey.objects.filter(agency=agency, purpose=SIGNING, until__isnull=True).update(until=moment)
    return AgencyKey.objects.create(agency=agency, purpose=SIGNING, kid=kid, public=public, since=moment)
