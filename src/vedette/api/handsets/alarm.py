"""POST /api/v1/handsets/alarm: an alarm of duress, by the phone's token; nobody need be signed in."""

from django.http import HttpRequest
from ninja import Router

from vedette.api.handsets.token import token_of
from vedette.api.packets.take import PacketOut, device_time
from vedette.handsets.actions import take_alarm

# Whoever holds the token is the phone: a session that ran out in a pocket must not keep an alarm back.
router = Router(tags=["phones"], auth=None)


@router.post("/alarm", response=PacketOut, summary="Send an alarm of duress (compact JWE as the body)")
def alarm(request: HttpRequest) -> PacketOut:
    """public; serves no records."""
    handset, token = token_of(request)
    answer = take_alarm(handset=handset, token=token, sealed=request.body, sent_ms=device_time(request))
    return PacketOut(**answer)
