"""GET /api/v1/inbox: what was released to the asker; POST /api/v1/inbox/{release}/open: read one, which leaves a receipt."""

import datetime
import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.sharing.inbox import InboxRow, inbox, letter

router = Router(tags=["inbox"])


class InboxOut(Schema):
    """One release in the inbox; a struck one has its reference, the reason and what replaces it, and nothing else."""

    id: uuid.UUID
    reference: str
    label: str | None
    title: str | None
    delivered_at: datetime.datetime
    acknowledged_at: datetime.datetime | None
    struck: bool
    because: str
    replaced_by: str
    correction_due: str
    must_note: bool


class LetterOut(InboxOut):
    """A release as it is read: label and handling first."""

    codes: list[str]
    handling_text: str
    closed: bool
    paragraphs: list[str]
    expires_at: datetime.datetime | None
    jws: str


class OpenIn(Schema):
    """`read_handling`: the text that comes first (H3) was read."""

    read_handling: bool = False


def facts_of(row: InboxRow) -> dict[str, Any]:
    """The facts of a row."""
    stub, release = row.stub, row.release
    return {
        "id": row.key,
        "reference": row.reference,
        "label": release.tlp if release else None,
        "title": release.title if release else None,
        "delivered_at": row.delivery.delivered_at,
        "acknowledged_at": row.acknowledged,
        "struck": stub is not None,
        "because": stub.because if stub else "",
        "replaced_by": stub.replaced_by if stub else "",
        "correction_due": row.due.because if row.due else "",
        "must_note": row.must_note,
    }


@router.get("", response=list[InboxOut], summary="What was released to you, newest first")
def read(request: HttpRequest) -> list[InboxOut]:
    """list; serves inbox."""
    return [InboxOut(**facts_of(row)) for row in inbox(viewer_of_request(request)).rows]


@router.post("/{release}/open", response=LetterOut, summary="Open one; the first time leaves a receipt")
def open_one(request: HttpRequest, release: uuid.UUID, payload: OpenIn | None = None) -> LetterOut:
    """open_one; serves inbox."""
    found = letter(viewer_of_request(request), release, opened=bool(payload and payload.read_handling))
    row = found.row.release
    return LetterOut(
        **facts_of(found.row),
        codes=row.codes if row else [],
        handling_text=row.handling_text if row else "",
        closed=found.closed,
        paragraphs=[one.text for one in found.paragraphs],
        expires_at=row.expires_at if row else None,
        jws=row.jws if row and not found.closed else "",
    )
