"""POST /api/v1/packets: one sealed packet of a phone; the same packet again has the same answer."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.handsets.actions import take_packet
from vedette.kit.errors import Refused
from vedette.kit.ids import parse_id

router = Router(tags=["phones"])


class PacketOut(Schema):
    """The receipt: what came of it, since when the server holds it, and how far the phone's clock is ahead."""

    client_id: uuid.UUID
    kind: str
    state: str
    id: uuid.UUID
    reference: str
    note: str = ""
    received_at: datetime.datetime
    server_time: int
    offset_ms: int


@router.post("", response=PacketOut, summary="Send a packet (compact JWE as the body)")
def take(request: HttpRequest) -> PacketOut:
    """file_report, answer, open_on_phone, give_sign, set_safety_check, enter_expense, report_duress; serves no records.

    The verb of the packet's kind asks who may.
    """
    answer = take_packet(
        viewer_of_request(request),
        handset=parse_id(request.headers.get("X-Handset", "")),
        sealed=request.body,
        sent_ms=device_time(request),
    )
    return PacketOut(**answer)


def device_time(request: HttpRequest) -> int:
    """What the phone's clock shows as it sends, in milliseconds since 1970."""
    sent = request.headers.get("X-Device-Time", "")
    if not sent.isdecimal() or len(sent) > 15:
        raise Refused("X-Device-Time", "It does not say what the phone’s clock shows.", "Send milliseconds since 1970.")
    return int(sent)
