"""POST /api/v1/received: file what another agency sent or said."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import ReceivedDraft, file_received

router = Router(tags=["received"])


class ReceivedIn(Schema):
    """Who told us, by which channel, when, under which label, about which record."""

    channel: str
    received_t: datetime.datetime
    text: str
    sender: str = ""
    agency: str = ""
    approximate: bool = False
    label: str = ""
    about: str = ""
    sensitivity: int = 1
    names_person: bool = False


class ReceivedOut(Schema):
    """What was filed."""

    id: uuid.UUID
    reference: str
    filed_at: datetime.datetime


@router.post("", response=ReceivedOut, summary="File what was received")
def file(request: HttpRequest, payload: ReceivedIn) -> ReceivedOut:
    """file_received; serves no records."""
    draft = ReceivedDraft(
        sender=payload.sender,
        agency_key=payload.agency,
        channel=payload.channel,
        received_at=payload.received_t,
        text=payload.text,
        approximate=payload.approximate,
        label=payload.label,
        about=payload.about,
        sensitivity=payload.sensitivity,
        names_person=payload.names_person,
    )
    row = file_received(viewer_of_request(request), draft)
    return ReceivedOut(id=row.pk, reference=row.sheet.reference, filed_at=row.sheet.filed_at)
