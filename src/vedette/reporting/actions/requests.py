"""Questions with a clock: asked, passed to a post, answered or refused with a reason, thanked."""

import datetime
from dataclasses import dataclass, replace

from django.db import transaction

from vedette.agencies.models import Agency
from vedette.agencies.viewer import Viewer
from vedette.alerts.actions import acknowledge_clock, start_clock
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet, record_address
from vedette.handling.names import spot_names
from vedette.handling.policy import require
from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Post
from vedette.programme.queries import postings_now, posts_stood
from vedette.reporting.actions.reports import file_report, title_of
from vedette.reporting.drafts import ReportDraft
from vedette.reporting.models import Report, Request, RequestState
from vedette.search.actions import index

State = Request.State
OPEN = (State.ASKED, State.ROUTED, State.TAKEN)
# The clock of a question, and the ladder that tells who is told when it has run out.
CLOCK, LADDER = "question", "questions"
# From receipt, after Directive (EU) 2023/977 Art. 5(1): 8 hours, 3 days, 7 days.
CLOCKS = {"8h": datetime.timedelta(hours=8), "3d": datetime.timedelta(days=3), "7d": datetime.timedelta(days=7)}
# Why a question may be refused, after Art. 6(1) of the same, and what a post meets besides.
REFUSALS = {
    "not-held": "neither we nor the host hold it",
    "host-declines": "the host declines",
    "law": "the law of the place forbids it",
    "harms-case": "it would harm a case that runs",
    "danger": "it would put a person in danger",
    "not-proportionate": "it asks for more than the purpose needs",
    "not-clear": "it is not clear enough to be asked",
}
# What another agency is told of a refusal: one of these and no word more, for words would be a release nobody agreed to.
LODGED_REFUSALS = {
    "cannot-say": "we can neither confirm nor deny that we hold anything on it",
    "law": "the law forbids it",
    "not-proportionate": "it asks for more than the purpose needs",
    "not-clear": "it is not clear enough to be answered",
}


@dataclass(frozen=True)
class QuestionDraft:
    """A lead in two minutes: what, where, why, by when; the post when it is known."""

    question: str
    why: str
    where: str = ""
    urgency: str = "7d"
    post_key: str = ""
    sensitivity: int = 1
    names_person: bool = False


@transaction.atomic
def ask(by: Viewer | None, draft: QuestionDraft) -> Request:
    """Ask a post, or the desk to find one; the clock runs from this moment."""
    viewer = require(by, "ask")
    question = clean_text("question", draft.question, limit=4000, required=True)
    why = clean_text("why", draft.why, limit=2000, required=True)
    where, post = clean_line("where", draft.where), post_to_ask(draft.post_key) if draft.post_key else None
    if draft.urgency not in CLOCKS:
        raise Refused("urgency", f"“{draft.urgency}” is not a clock.", f"Use one of: {', '.join(CLOCKS)}.")
    if draft.sensitivity not in (1, 2, 3):
        raise Refused("sensitivity", f"{draft.sensitivity} is not a sensitivity.", "Choose 1 routine to 3 restricted.")
    sheet = new_sheet(
        viewer,
        kind="request",
        prefix="ASK",
        sensitivity=draft.sensitivity,
        named_subject=draft.names_person or bool(spot_names(f"{question}\n{why}", [where, post.city if post else ""])),
    )
    request: Request = Request.objects.create(
        sheet=sheet,
        to_post=post,
        from_unit_id=viewer.unit_id,
        question=question,
        why=why,
        where=where,
        urgency=draft.urgency,
        due_at=sheet.filed_at + CLOCKS[draft.urgency],
    )
    index(sheet, title=title_of(question), texts=[("en", f"{question}\n{why}")], at=sheet.filed_at, place_name=where)
    _begin(request, State.ROUTED if post else State.ASKED, viewer)
    if post:
        _deliver(request, post)
    record(viewer, "request.asked", [sheet.id])
    announce("request.asked", sheet.id)
    return request


def post_to_ask(key: str) -> Post:
    """The post with this key, when it can be asked; Refused otherwise."""
    post = Post.objects.filter(key=key).exclude(status__in=(Post.Status.CLOSED, Post.Status.HOME)).first()
    if post is None:
        raise Refused("post", "There is no post of that name to ask.", "Choose another, or leave it to the desk.")
    return post


@transaction.atomic
def route(by: Viewer | None, *, request: Request, post_key: str, because: str = "") -> Request:
    """Pass a question to a post (or from one post to another); its clock goes on running."""
    viewer = require(by, "route_request", request.sheet)
    post, reason = post_to_ask(post_key), clean_line("because", because, limit=300)
    _leave(request, OPEN)
    request.to_post = post
    request.save(update_fields=["to_post"])
    # What another agency lodged it sees as well, so that our reason stays in the log.
    _enter(request, State.ROUTED, viewer, because="" if request.sheet.lodged_by_id else reason)
    _deliver(request, post)
    record(viewer, "request.routed", [request.pk, post.id], reason)
    announce("request.routed", request.pk)
    return request


@transaction.atomic
def answer(
    by: Viewer | None, *, request: Request, report: Report, written_at: datetime.datetime | None = None
) -> Request:
    """Link a report of the asked post as the answer; the asker sees it. Of another agency's question the desk sees it first.

    `written_at`: when it was written on a phone, by an officer who stood at the post then.
    """
    viewer = require(by, "answer", request.sheet)
    _must_be_the_post(viewer, request, written_at)
    if report.kind != Report.Kind.ANSWER or report.post_id != request.to_post_id:
        raise Refused("report", "It is not an answer of the post that was asked.", "File the answer from that post.")
    require(by, "open_one", report.sheet)
    _leave(request, OPEN)
    request.answer = report
    request.save(update_fields=["answer"])
    _enter(request, State.TAKEN if request.sheet.lodged_by_id else State.ANSWERED, viewer)
    record(viewer, "request.answered", [request.pk, report.pk])
    announce("request.answered", request.pk)
    return request


@transaction.atomic
def file_answer(by: Viewer | None, *, request: Request, draft: ReportDraft) -> Request:
    """File a report of kind answer and link it: two deeds, both or neither."""
    viewer = require(by, "answer", request.sheet)
    _must_be_the_post(viewer, request, draft.written_at)
    if request.to_post and not draft.post_key and not viewer.on_desk:
        draft = replace(draft, post_key=request.to_post.key)
    return answer(by, request=request, report=file_report(by, draft), written_at=draft.written_at)


@transaction.atomic
def refuse(by: Viewer | None, *, request: Request, reason_code: str, text: str) -> Request:
    """Refuse a question: never without a reason of the list and a sentence that the asker reads.

    Another agency's question is refused by the desk, by the reason alone: no word crosses but in a release.
    """
    viewer = require(by, "refuse", request.sheet)
    lodged = request.sheet.lodged_by_id is not None
    reasons = LODGED_REFUSALS if lodged else REFUSALS
    if lodged and not viewer.on_desk:
        raise Forbidden("The desk replies to another agency.", "Answer it; the desk decides what it may say.")
    if not viewer.on_desk:
        _must_be_the_post(viewer, request)
    if reason_code not in reasons:
        raise Refused("reason_code", "A refusal needs one of the reasons.", f"Use one of: {', '.join(reasons)}.")
    if lodged and text:
        raise Refused("text", "Another agency reads the reason alone.", "What else there is to say is released to it.")
    words = "" if lodged else clean_text("text", text, limit=500, required=True)
    _leave(request, OPEN)
    _enter(request, State.REFUSED, viewer, because=words, reason_code=reason_code)
    record(viewer, "request.refused", [request.pk], reason_code)
    announce("request.refused", request.pk)
    return request


@transaction.atomic
def take_in_hand(by: Viewer | None, *, request: Request) -> Request:
    """The desk tells another agency that its question has arrived and is worked on; it says nothing else."""
    viewer = require(by, "take_in_hand", request.sheet)
    if request.sheet.lodged_by_id is None:
        raise Refused("request", "It was not lodged by another agency.", "Pass it to a post.")
    _leave(request, (State.ASKED,))
    _enter(request, State.TAKEN, viewer)
    record(viewer, "request.taken", [request.pk])
    announce("request.taken", request.pk)
    return request


def record_answered(request: Request, by: Viewer) -> None:
    """Part of a reply by a release: the question waits no more."""
    _leave(request, OPEN)
    _enter(request, State.ANSWERED, by)


def record_lodged(by: Viewer, agency: Agency | None, *, question: str, why: str, where: str, urgency: str) -> Request:
    """Part of asking the home desk: the question under a sheet that its asker's agency lodged, with its clock."""
    sheet = new_sheet(
        by,
        kind="request",
        prefix="ASK",
        originator=agency,
        lodged_by=agency,
        named_subject=bool(spot_names(f"{question}\n{why}", [where])),
    )
    request: Request = Request.objects.create(
        sheet=sheet, question=question, why=why, where=where, urgency=urgency,
        due_at=sheet.filed_at + CLOCKS[urgency], from_unit_id=by.unit_id,
    )  # fmt: skip
    index(sheet, title=title_of(question), texts=[("en", f"{question}\n{why}")], at=sheet.filed_at, place_name=where)
    _begin(request, State.ASKED, by)
    return request


@transaction.atomic
def thank(by: Viewer | None, *, request: Request, text: str = "") -> Request:
    """Thank for an answer; whoever asked does, or his unit."""
    viewer = require(by, "thank", request.sheet)
    asked_it = request.sheet.author_id == viewer.seat_id
    if not asked_it and (viewer.unit_id is None or request.from_unit_id != viewer.unit_id):
        raise Forbidden("Only who asked, or his unit, thanks for an answer.")
    words = clean_text("text", text, limit=500)
    _leave(request, (State.ANSWERED,))
    _enter(request, State.THANKED, viewer, because=words)
    record(viewer, "request.thanked", [request.pk])
    announce("request.thanked", request.pk)
    return request


def _must_be_the_post(viewer: Viewer, request: Request, written_at: datetime.datetime | None = None) -> None:
    """The officer posted there today, or when he wrote it on his phone; or a clerk who writes for him."""
    if viewer.on_desk:
        return
    if request.to_post_id not in [post.id for post in posts_stood(viewer.seat_id, written_at)]:
        raise Forbidden("This question was not asked of your post.", "The desk can pass it to you.")


def _leave(request: Request, states: tuple[State, ...]) -> None:
    """Close the state it stands in; Conflict when it has moved on meanwhile."""
    rows = RequestState.objects.as_house("a question stands in one state at a time").select_for_update()
    standing = rows.filter(request=request, until__isnull=True).first()
    if standing is None or standing.state not in states:
        words = standing.get_state_display() if standing else "unknown"
        raise Conflict(f"This question is {words} by now.", "Load it anew.")
    standing.until = now()
    standing.save(update_fields=["until"])


def _begin(request: Request, state: State, by: Viewer) -> None:
    _enter(request, state, by)
    start_clock(request.sheet, CLOCK, request.pk, request.due_at, LADDER, started_at=request.sheet.filed_at)


def _enter(request: Request, state: State, by: Viewer, because: str = "", reason_code: str = "") -> None:
    RequestState.objects.create(
        request=request, state=state, since=now(), by_id=by.seat_id, because=because, reason_code=reason_code
    )
    if state not in OPEN:
        acknowledge_clock(request.pk, CLOCK, by.seat_id)


def _deliver(request: Request, post: Post) -> None:
    """Whoever stands there now reads the question, however narrow it is; nobody of another agency does."""
    for row in postings_now():
        theirs = row.post_id == post.id and row.seat.agency.kind == Agency.Kind.HOME
        if theirs and not request.sheet.addressees.filter(seat=row.seat_id).exists():
            record_address(request.sheet, seat=row.seat_id)
