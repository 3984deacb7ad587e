"""POST /api/v1/handsets/{id}/revoke: a phone is lost; it wipes itself at its next contact."""

import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.handsets.actions import revoke as revoke_handset_or_own

router = Router(tags=["phones"])


class RevokeIn(Schema):
    """Why."""

    because: str


class RevokedOut(Schema):
    """Whether it is revoked: not while a second watch seat has not confirmed."""

    revoked: bool


@router.post("/{handset}/revoke", response=RevokedOut, summary="Revoke a phone")
def revoke(request: HttpRequest, handset: uuid.UUID, payload: RevokeIn) -> RevokedOut:
    """revoke_handset, revoke_own_handset; serves no records."""
    row = revoke_handset_or_own(viewer_of_request(request), handset=handset, because=payload.because)
    return RevokedOut(revoked=row is not None)
