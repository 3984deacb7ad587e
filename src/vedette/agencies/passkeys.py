"""Passkeys (WebAuthn level 2): registering one, and proving oneself with one. The challenge is good once.

The ceremony's arithmetic is python-fido2's; which origin, whose key and how often is ours.
"""

import ipaddress
import uuid
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vedette.agencies.models import Person
from vedette.agencies.signin_models import Passkey
from vedette.kit.errors import Refused
from vedette.kit.text import clean_line
from vedette.kit.time import real_now

CHALLENGE = "challenge"
log = structlog.get_logger("vedette.signin")
NOT_TAKEN = "This passkey was not taken."


def party(request: HttpRequest) -> str:
    """The name that passkeys are bound to; empty where the address is a number, which no passkey can be bound to."""
    public, here = urlsplit(settings.PUBLIC_URL).hostname or "", urlsplit(f"//{request.get_host()}").hostname or ""
    for name in (public, here if here == "localhost" else ""):
        if name and not _is_number(name):
            return name
    return ""


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _server(request: HttpRequest) -> Fido2Server:
    name = party(request)
    if not name:
        raise Refused("passkey", "Passkeys need an address with a name.", "Use the code instead.")
    ours = {settings.PUBLIC_URL.rstrip("/"), f"{request.scheme}://{request.get_host()}"}
    # Subdomains are not us: only the very origin that people come by.
    return Fido2Server(PublicKeyCredentialRpEntity(name="Vedette", id=name), verify_origin=lambda it: it in ours)


def _data(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.data))


def passkeys_of(person: uuid.UUID) -> list[Passkey]:
    """The passkeys of a person that count, newest first."""
    return list(Passkey.objects.filter(person=person, until__isnull=True).order_by("-since"))


def begin_registration(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey for this person; a device that holds one already says so."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(name=person.username, id=person.id.bytes, display_name=person.label),
        [_data(passkey) for passkey in passkeys_of(person.id)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[CHALLENGE] = dict(state, person=str(person.id))
    return dict(options)


def finish_registration(request: HttpRequest, person: Person, answer: dict[str, Any], label: str) -> Passkey:
    """Part of a verb: keep the passkey the browser made; Refused when it does not fit what was asked."""
    state = request.session.pop(CHALLENGE, None) or {}
    if state.get("person") != str(person.id):
        raise Refused("passkey", NOT_TAKEN, "Start again: a request is good once.")
    try:
        made = _server(request).register_complete(state, answer)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("passkey.refused", step="register", error=type(error).__name__)
        raise Refused("passkey", NOT_TAKEN, "Try again, or use another device.") from error
    data = made.credential_data
    if data is None or Passkey.objects.filter(credential=data.credential_id).exists():
        raise Refused("passkey", "This passkey is known already.", "Use another device.")
    return Passkey.objects.create(
        person=person,
        credential=data.credential_id,
        data=bytes(data),
        counter=made.counter,
        label=clean_line("label", label, limit=80) or "Passkey",
        since=real_now(),
    )


def begin_proof(request: HttpRequest, person: uuid.UUID | None = None) -> dict[str, Any]:
    """What the browser needs to prove who is there: with any passkey of ours, or with one of this person's."""
    known = [_data(passkey) for passkey in passkeys_of(person)] if person else None
    if known == []:
        raise Refused("passkey", "Your account has no passkey.", "Use the code instead.")
    options, state = _server(request).authenticate_begin(known, UserVerificationRequirement.REQUIRED)
    request.session[CHALLENGE] = dict(state, person=str(person or ""))
    return dict(options)


def finish_proof(request: HttpRequest, answer: dict[str, Any]) -> Passkey:
    """Part of a verb: the passkey that proved itself; Refused says the same for every fault."""
    state = request.session.pop(CHALLENGE, None) or {}
    try:
        given = AuthenticationResponse.from_dict(answer)
        passkey = Passkey.objects.select_related("person").get(credential=given.raw_id, until__isnull=True)
        handle = given.response.user_handle
        if state["person"] not in ("", str(passkey.person_id)) or handle not in (None, passkey.person_id.bytes):
            raise ValueError("another person's")
        _server(request).authenticate_complete(state, [_data(passkey)], given)
        _count(passkey, given.response.authenticator_data.counter)
    except (ValueError, TypeError, KeyError, AttributeError, Passkey.DoesNotExist) as error:
        log.warning("passkey.refused", step="prove", error=type(error).__name__)
        raise Refused("passkey", NOT_TAKEN, "Try again, or use the code instead.") from error
    return passkey


def _count(passkey: Passkey, counter: int) -> None:
    """A counter that does not go up means a copy (WebAuthn 7.2 step 21); synced passkeys always say 0."""
    if (counter or passkey.counter) and counter <= passkey.counter:
        raise ValueError("counter")
    kept = Passkey.objects.filter(id=passkey.id, counter=passkey.counter, until__isnull=True)
    if not kept.update(counter=counter, used_at=real_now()):
        raise ValueError("used at the same moment")


def record_revocation(passkey: Passkey, *, by: uuid.UUID | None, because: str) -> None:
    """Part of a verb: this passkey opens nothing any more."""
    passkey.until, passkey.by, passkey.because = real_now(), by, because
    passkey.save(update_fields=["until", "by", "because"])
