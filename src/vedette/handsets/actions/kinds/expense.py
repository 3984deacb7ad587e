"""`expense`: what the officer paid at his post, with the photo of the receipt; who bears it is said by the rules at home."""

import datetime
import uuid

from vedette.agencies.viewer import Viewer
from vedette.files.actions import Stream
from vedette.files.models import StoredFile
from vedette.funding.actions import attach_receipt, enter_expense
from vedette.funding.money import amount_of, currency_of
from vedette.funding.queries import expense_by_id
from vedette.handsets.opened import Opened, Taken
from vedette.kit.errors import Missing, Refused
from vedette.programme.queries import posts_stood


def take(by: Viewer | None, packet: Opened) -> Taken:
    """Enter the cost of the post where the officer stood when he wrote it; nothing is in the books before it is approved."""
    body, clocks = packet.body, packet.clocks
    written_at = clocks.moment("written_at", clocks.written_ms)
    currency = currency_of(body.text("currency"))
    made = enter_expense(
        by,
        post=next(iter(posts_stood(by.seat_id, written_at)), None) if by else None,
        item=body.text("kind"),
        day=_day(body.text("day")),
        amount=amount_of(body.text("amount"), currency),
        currency=currency,
        note=body.text("note"),
        written_at=written_at,
    )
    return Taken(made.pk, made.sheet.reference, made.sheet)


def attach(by: Viewer, subject: uuid.UUID, stream: Stream, name: str) -> StoredFile:
    """The receipt: one paper proves one cost."""
    expense = expense_by_id(by, subject)
    if expense is None:
        raise Missing
    return attach_receipt(by, expense=expense, stream=stream, name=name)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Refused("day", "It is not a day.", "Send it as 2015-11-13.") from error
