"""How a question is answered to who asked over JSON: its reference, where it stands, its clock."""

import datetime
import uuid

from ninja import Schema

from vedette.reporting.models import Request


class RequestOut(Schema):
    """A question as it stands after the deed."""

    id: uuid.UUID
    reference: str
    state: str
    due_at: datetime.datetime
    post: str
    answer: uuid.UUID | None


def shown(request: Request, state: str) -> RequestOut:
    """A question in the state it was just put in."""
    return RequestOut(
        id=request.pk,
        reference=request.sheet.reference,
        state=state,
        due_at=request.due_at,
        post=request.to_post.key if request.to_post else "",
        answer=request.answer_id,
    )
