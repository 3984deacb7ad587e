"""POST /api/v1/handsets: set up this phone for the field app; token and key are told once."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.handsets.actions import enrol_handset

router = Router(tags=["phones"])
# How often the phone's PIN is hashed (PBKDF2-SHA256) before it opens what the phone holds.
ROUNDS = 600_000


class HandsetIn(Schema):
    """What the officer calls this phone."""

    label: str


class SealingOut(Schema):
    """The public key that every packet of this phone is sealed to (RFC 7517)."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str
    use: str
    alg: str


class HandsetOut(Schema):
    """The phone's id, the token by which it makes contact without a session, its sealing key."""

    id: uuid.UUID
    token: str
    sealing: SealingOut
    rounds: int = ROUNDS


@router.post("", response=HandsetOut, summary="Set up a phone")
def enrol(request: HttpRequest, payload: HandsetIn) -> HandsetOut:
    """enrol_handset; serves no records."""
    made = enrol_handset(viewer_of_request(request), label=payload.label)
    return HandsetOut(id=made.handset.id, token=made.token, sealing=SealingOut(**made.sealing))
