"""POST /api/v1/inbox/{release}/acknowledge, /act, /ask, /feedback, /note: what a recipient answers."""

import datetime
import uuid

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.handling.doors import viewer_of_request
from vedette.sharing.actions import acknowledge_release, act_on_release, ask_about_release, give_feedback, take_note
from vedette.sharing.models import Receipt

router = Router(tags=["inbox"])


class TextIn(Schema):
    """A text."""

    text: str


class QuestionIn(Schema):
    """A question."""

    question: str


class ReceiptOut(Schema):
    """The receipt that stands; `request` is the reference under which a question waits at the desk."""

    kind: str
    at: datetime.datetime
    request: str | None = None


def _out(receipt: Receipt) -> ReceiptOut:
    return ReceiptOut(kind=receipt.kind, at=receipt.at, request=receipt.request.reference if receipt.request else None)


@router.post("/{release}/acknowledge", response=ReceiptOut, summary="Acknowledge; twice is once")
def acknowledge(request: HttpRequest, release: uuid.UUID) -> ReceiptOut:
    """acknowledge_release; serves no records."""
    return _out(acknowledge_release(viewer_of_request(request), release=release))


@router.post("/{release}/act", response=ReceiptOut, summary="Say what was done")
def act(request: HttpRequest, release: uuid.UUID, payload: TextIn) -> ReceiptOut:
    """act_on_release; serves no records."""
    return _out(act_on_release(viewer_of_request(request), release=release, text=payload.text))


@router.post("/{release}/ask", response=ReceiptOut, summary="Ask the desk")
def ask(request: HttpRequest, release: uuid.UUID, payload: QuestionIn) -> ReceiptOut:
    """ask_about_release; serves no records."""
    return _out(ask_about_release(viewer_of_request(request), release=release, question=payload.question))


@router.post("/{release}/feedback", response=ReceiptOut, summary="Give feedback")
def feedback(request: HttpRequest, release: uuid.UUID, payload: TextIn) -> ReceiptOut:
    """give_feedback; serves no records."""
    return _out(give_feedback(viewer_of_request(request), release=release, text=payload.text))


@router.post("/{release}/note", response=ReceiptOut, summary="Say that you took note of a recall or correction due")
def note(request: HttpRequest, release: uuid.UUID) -> ReceiptOut:
    """take_note; serves no records."""
    return _out(take_note(viewer_of_request(request), release=release))
