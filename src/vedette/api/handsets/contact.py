"""POST /api/v1/handsets/contact: a phone asks how it stands, by its token; POST .../wiped: it says that it wiped itself."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Schema

from vedette.api.handsets.token import token_of
from vedette.handling.doors import viewer_of_request
from vedette.handsets.actions import note_contact, note_wiped
from vedette.handsets.actions.contacts import Standing
from vedette.kit.time import shown_clock

# Whoever holds the token is the phone; a session is looked at, never asked for.
router = Router(tags=["phones"], auth=None)


class ContactIn(Schema):
    """The phone's clock in milliseconds, what waits on it and since when by that clock, its version."""

    device_time: int
    waiting: int = 0
    oldest_waiting: int | None = None
    version: str = ""


class ClockOut(Schema):
    """The clock that the house shows, where it shows one of its own: seconds since 1970, its speed, whether it stands."""

    shown: float
    speed: float
    paused: bool


class ContactOut(Schema):
    """`ok`, `sign-in` (nobody of this phone's seat is signed in here) or `wipe`; real time of the server in milliseconds."""

    state: str
    server_time: int
    clock: ClockOut | None
    csrf: str
    seat: str


class WipedOut(Schema):
    """The word was taken."""

    wiped: bool = True


@router.post("/contact", response=ContactOut, summary="Make contact")
def contact(request: HttpRequest, payload: ContactIn) -> ContactOut:
    """public; serves no records."""
    handset, token = token_of(request)
    said = Standing(payload.device_time, payload.waiting, payload.oldest_waiting, payload.version)
    found = note_contact(handset=handset, token=token, session=viewer_of_request(request), said=said)
    clock = shown_clock()
    shown: dict[str, Any] | None = (
        {"shown": clock.shown(found.at).timestamp(), "speed": clock.speed, "paused": clock.paused} if clock else None
    )
    return ContactOut(
        state=found.state,
        server_time=int(found.at.timestamp() * 1000),
        clock=ClockOut(**shown) if shown else None,
        csrf=get_token(request),
        seat=found.handset.seat.label,
    )


@router.post("/wiped", response=WipedOut, summary="Say that this phone wiped itself")
def wiped(request: HttpRequest) -> WipedOut:
    """public; serves no records."""
    handset, token = token_of(request)
    note_wiped(handset=handset, token=token)
    return WipedOut()
