"""POST /api/v1/requests: ask a post, or the desk to find one."""

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.requests.out import RequestOut, shown
from vedette.handling.doors import viewer_of_request
from vedette.reporting.actions import QuestionDraft, ask

router = Router(tags=["requests"])


class QuestionIn(Schema):
    """What, where, why, by when (8h, 3d, 7d); `post` when it is known."""

    question: str
    why: str
    where: str = ""
    urgency: str = "7d"
    post: str = ""
    names_person: bool = False


@router.post("", response=RequestOut, summary="Ask a post")
def make(request: HttpRequest, payload: QuestionIn) -> RequestOut:
    """ask; serves no records."""
    draft = QuestionDraft(
        question=payload.question,
        why=payload.why,
        where=payload.where,
        urgency=payload.urgency,
        post_key=payload.post,
        names_person=payload.names_person,
    )
    row = ask(viewer_of_request(request), draft)
    return shown(row, "routed" if row.to_post_id else "asked")
