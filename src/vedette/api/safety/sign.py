"""POST /api/v1/safety/sign: an officer says that all is well, and where."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.programme.actions import give_unasked_sign
from vedette.programme.positions import Position

router = Router(tags=["safety"])


class SignIn(Schema):
    """Where: a place in words, a point with its accuracy, or both; `at` when it was not now."""

    place: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_m: float | None = None
    at: datetime.datetime | None = None


class SignOut(Schema):
    """The receipt of a sign of life."""

    id: uuid.UUID
    reference: str


@router.post("/sign", response=SignOut, summary="Say that all is well")
def sign(request: HttpRequest, payload: SignIn) -> SignOut:
    """give_unasked_sign; serves no records."""
    where = Position(payload.place, payload.lat, payload.lon, payload.precision_m)
    made = give_unasked_sign(viewer_of_request(request), position=where, at=payload.at)
    return SignOut(id=made.pk, reference=made.sheet.reference)
