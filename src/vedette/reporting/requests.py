"""Reads of questions: mine, my post's, the open ones; their line of states; who knows something like it already."""

import datetime
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.funding.queries import shares_of_post
from vedette.handling.actions import check_not_auditing, open_one, record_list
from vedette.handling.policy import may
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.places.distance import distance_km
from vedette.places.queries import find as find_places
from vedette.programme.models import Post
from vedette.programme.queries import post_of_seat, posts
from vedette.reporting.actions.requests import LODGED_REFUSALS, REFUSALS
from vedette.reporting.fairness import Place, Waiting, queue
from vedette.reporting.models import Report, Request, RequestState
from vedette.reporting.queries import rows_of
from vedette.search.queries import find

State = Request.State
OPEN = (State.ASKED, State.ROUTED, State.TAKEN)
# What the desk must see to: a post is to be chosen, or another agency waits for its reply.
AT_DESK = (State.ASKED, State.TAKEN)
LIST = 50
WORD = re.compile(r"[^\W_]{4,}")
# Words that say nothing about what is asked.
PLAIN = re.compile(
    r"^(?:about|after|again|also|any\w+|been|before|being|could|does|from|ha[sv]\w*|into|kn\w+|more|other|over|same|"
    r"should|some|than|th[aeio]\w{1,3}|under|wh[aeio]\w+|will|with|would|your)$"
)


@dataclass(frozen=True)
class Step:
    """One dot of the line: its word, when it was reached (None: not yet), whether it is where the question stands."""

    state: str
    words: str
    at: datetime.datetime | None
    here: bool = False
    because: str = ""
    who: str = ""


@dataclass(frozen=True)
class RequestRow:
    """A question as a list shows it: the row, its line of states, its answer when the viewer may see that."""

    request: Request
    steps: list[Step]
    state: str
    asker: str = ""
    answer: Report | None = None
    answer_text: str = ""
    refusal_code: str = ""
    refusal: str = ""
    place: Place | None = None

    @property
    def refusal_words(self) -> str:
        """The reason of the list, in words."""
        return (LODGED_REFUSALS if self.lodged else REFUSALS).get(self.refusal_code, self.refusal_code)

    @property
    def lodged(self) -> bool:
        """Whether another agency lodged it: the desk replies, by a release or by a bare reason."""
        return self.request.sheet.lodged_by_id is not None

    @property
    def open(self) -> bool:
        """Whether it waits for the desk or the post."""
        return self.state in OPEN


@dataclass(frozen=True)
class Known:
    """Something like it is known or asked already: whom to call, never what it says."""

    reference: str
    kind: str
    call: str
    at: datetime.datetime


@dataclass(frozen=True)
class RequestLists:
    """The lists of the ask screen: what I asked, what my post was asked, what waits at the desk, what else is open."""

    mine: list[RequestRow] = field(default_factory=list)
    to_me: list[RequestRow] = field(default_factory=list)
    waiting: list[RequestRow] = field(default_factory=list)
    others: list[RequestRow] = field(default_factory=list)
    post: Post | None = None


def request_lists(viewer: Viewer | None) -> RequestLists:
    """Every list of the ask screen, open ones first, and one audit entry that says which ids were shown."""
    if viewer is None:
        return RequestLists()
    post = post_of_seat(viewer.seat_id)
    mine = Q(sheet__author=viewer.seat_id) | (Q(from_unit=viewer.unit_id) if viewer.unit_id else Q())
    about = mine | (Q(to_post=post) if post else Q())
    if viewer.on_desk:
        about |= Q(states__state__in=OPEN, states__until__isnull=True)
    chosen = Request.objects.seen_by(viewer).filter(about).distinct().order_by("-sheet__filed_at")[: 4 * LIST]
    rows = _rows(viewer, chosen)
    record_list(viewer, [row.request.pk for row in rows])
    lists = RequestLists(post=post)
    for row in sorted(rows, key=lambda one: not one.open):
        _list_of(row, lists, viewer).append(row)
    if post is not None:
        lists.to_me[:] = queued(lists.to_me, post)
    return lists


def queued(rows: Iterable[RequestRow], post: Post) -> list[RequestRow]:
    """The questions to one post: those that wait in their fair order, each with its place and why; then the others as they were."""
    listed = list(rows)
    waiting = [
        Waiting(
            row.request.pk, row.request.sheet.lodged_by_id, row.request.urgency, row.request.sheet.filed_at,
            row.request.due_at,
        )
        for row in listed
        if row.state == State.ROUTED
    ]  # fmt: skip
    places = queue(waiting, shares_of_post(post), now()) if waiting else {}
    placed = [replace(row, place=places.get(row.request.pk)) for row in listed]
    return sorted(placed, key=lambda row: row.place.number if row.place else len(listed) + 1)


def _list_of(row: RequestRow, lists: RequestLists, viewer: Viewer) -> list[RequestRow]:
    request = row.request
    if lists.post and request.to_post_id == lists.post.id:
        return lists.to_me
    if viewer.on_desk and row.state in AT_DESK:
        return lists.waiting
    own = request.sheet.author_id == viewer.seat_id or (viewer.unit_id and request.from_unit_id == viewer.unit_id)
    return lists.mine if own else lists.others


def open_request(viewer: Viewer | None, key: uuid.UUID | None, reason: str = "") -> RequestRow:
    """One question, opened with a trace; Missing when there is nothing the viewer may see."""
    check_not_auditing(viewer)
    request = open_one(viewer, Request, key, reason)
    rows = _rows(viewer, Request.objects.seen_by(viewer).filter(pk=request.pk))
    if not rows:
        raise Missing
    return rows[0]


def questions_waiting(viewer: Viewer | None) -> int:
    """How many open questions wait for the viewer's post, or (at the desk) for a post to be chosen."""
    if viewer is None:
        return 0
    post = post_of_seat(viewer.seat_id)
    standing = Q(states__state=State.ROUTED, to_post=post) if post else Q(pk__in=())
    if viewer.on_desk:
        standing |= Q(states__state__in=AT_DESK)
    return Request.objects.seen_by(viewer).filter(standing, states__until__isnull=True).distinct().count()


def open_at(viewer: Viewer | None, post: Post) -> list[RequestRow]:
    """The questions that wait for this post, of those the viewer may see, the first due on top."""
    waiting = Q(to_post=post, states__state=State.ROUTED, states__until__isnull=True)
    return queued(_rows(viewer, Request.objects.seen_by(viewer).filter(waiting).distinct().order_by("due_at")), post)


def request_rows(viewer: Viewer | None, chosen: QuerySet[Request]) -> list[RequestRow]:
    """These questions as a list shows them, in the order they were chosen; as many questions for one as for fifty."""
    return _rows(viewer, chosen)


def _rows(viewer: Viewer | None, chosen: QuerySet[Request]) -> list[RequestRow]:
    requests = list(chosen.select_related("sheet__access_class", "sheet__lodged_by", "to_post", "from_unit"))
    states: dict[uuid.UUID, list[RequestState]] = {}
    for state in RequestState.objects.seen_by(viewer).filter(request__in=requests).order_by("since", "id"):
        states.setdefault(state.request_id, []).append(state)
    answers = {
        row.pk: row
        for row in Report.objects.seen_by(viewer)
        .filter(pk__in=[row.answer_id for row in requests if row.answer_id])
        .select_related("sheet", "post")
    }
    texts = _texts(viewer, answers)
    seats = labels([row.sheet.author_id for row in requests] + [one.by_id for some in states.values() for one in some])
    return [_row(row, states.get(row.pk, []), answers, texts, seats) for row in requests]


def _texts(viewer: Viewer | None, answers: dict[uuid.UUID, Report]) -> dict[uuid.UUID, str]:
    return {row.report.pk: row.english for row in rows_of(viewer, answers)} if answers else {}


def _row(
    request: Request,
    states: list[RequestState],
    answers: dict[uuid.UUID, Report],
    texts: dict[uuid.UUID, str],
    seats: dict[uuid.UUID, str],
) -> RequestRow:
    standing = next((one for one in states if one.until is None), None)
    refused = next((one for one in states if one.state == State.REFUSED), None)
    author = request.sheet.author_id
    return RequestRow(
        request=request,
        steps=steps_of(request, states, seats),
        state=standing.state if standing else State.ASKED,
        asker=seats.get(author, "") if author else "",
        answer=answers.get(request.answer_id) if request.answer_id else None,
        answer_text=texts.get(request.answer_id, "") if request.answer_id else "",
        refusal_code=refused.reason_code if refused else "",
        refusal=refused.because if refused else "",
    )


def steps_of(request: Request, states: Iterable[RequestState], seats: dict[uuid.UUID, str]) -> list[Step]:
    """The line of dots: asked, with the post, answered (or refused), thanked; those not reached have no time."""
    reached = {one.state: one for one in states}
    standing = next((one.state for one in reached.values() if one.until is None), State.ASKED)
    end = State.REFUSED if State.REFUSED in reached else State.ANSWERED
    if request.sheet.lodged_by_id:
        between = [State.ROUTED, State.TAKEN] if standing in OPEN else []
        line = [State.ASKED, *(state for state in (State.ROUTED, State.TAKEN) if state in (*reached, *between)), end]
    else:
        line = [State.ASKED, State.ROUTED, end, *([] if end == State.REFUSED else [State.THANKED])]
    steps = []
    for state in line:
        row = reached.get(state)
        at = row.since if row else request.sheet.filed_at if state == State.ASKED else None
        who = seats.get(row.by_id, "") if row and row.by_id else ""
        steps.append(Step(state, State(state).label, at, state == standing, row.because if row else "", who))
    return steps


def similar(viewer: Viewer | None, text: str, limit: int = 5) -> list[Known]:
    """Questions and holdings like a new question, of those the viewer may see: whom to call."""
    words = list(dict.fromkeys(word for word in WORD.findall(text.casefold()) if not PLAIN.match(word)))[:12]
    if len(words) < 2:
        return []
    hits = []
    for kind in ("request", "report"):
        hits += [hit for hit in find(viewer, " or ".join(words), kind=kind, limit=12) if _shared(hit, words) >= 2]
    return _whom_to_call(viewer, [hit.sheet_id for hit in hits])[:limit]


def _shared(hit: object, words: list[str]) -> int:
    """How many of the words stand in what was found, by their first letters (an ending changes nothing)."""
    found = f"{getattr(hit, 'title', '')} {getattr(hit, 'excerpt', '')}".casefold()
    return sum(word[: max(4, len(word) - 2)] in found for word in words)


def _whom_to_call(viewer: Viewer | None, ids: list[uuid.UUID]) -> list[Known]:
    requests = Request.objects.seen_by(viewer).filter(pk__in=ids).select_related("sheet", "to_post", "from_unit")
    reports = Report.objects.seen_by(viewer).filter(pk__in=ids).select_related("sheet", "post")
    seats = labels(row.sheet.author_id for row in requests)
    found: dict[uuid.UUID, Known] = {}
    for row in requests:
        call = seats.get(row.sheet.author_id, "") if row.sheet.author_id else ""
        found[row.pk] = Known(row.sheet.reference, "request", call, row.sheet.filed_at)
    for report in reports:
        found[report.pk] = Known(report.sheet.reference, "report", f"LO {report.post.city}", report.sheet.filed_at)
    return [found[key] for key in ids if key in found]


def suggest_posts(where: str, limit: int = 3) -> list[tuple[Post, int]]:
    """The posts nearest to a place that a text names, nearest first, with kilometres."""
    asked = where.strip()
    if len(asked) < 2:
        return []
    standing = [post for post in posts() if post.status not in (Post.Status.HOME, Post.Status.CLOSED)]
    places = find_places(asked, limit=1)
    if not places:
        return [(post, 0) for post in standing if asked.casefold() in post.city.casefold()][:limit]
    point = places[0].place.point
    near = [(post, round(distance_km(point, (post.lat, post.lon)))) for post in standing]
    return sorted(near, key=lambda pair: pair[1])[:limit]


def posts_to_ask() -> list[Post]:
    """Every post that can be asked, by city."""
    return [post for post in posts() if post.status not in (Post.Status.HOME, Post.Status.CLOSED)]


def deeds_of(viewer: Viewer | None, row: RequestRow) -> set[str]:
    """What the viewer may do with a question now: answer, refuse, route, thank; take in hand, reply to another agency."""
    if viewer is None:
        return set()
    request, post = row.request, post_of_seat(viewer.seat_id)
    at_post = post is not None and post.id == request.to_post_id and may(viewer, "answer").allowed
    deeds = set()
    if row.open:
        if request.to_post_id and (at_post or viewer.holds("clerk")):
            deeds.add("answer")
        if viewer.on_desk or (at_post and not row.lodged):
            deeds.add("refuse")
        if may(viewer, "route_request").allowed:
            deeds.add("route")
        if row.lodged and viewer.on_desk:
            deeds |= {"take", "reply"} if row.state == State.ASKED else {"reply"}
    mine = request.sheet.author_id == viewer.seat_id
    if row.state == State.ANSWERED and (mine or (viewer.unit_id and viewer.unit_id == request.from_unit_id)):
        deeds.add("thank")
    return deeds


def access_request(viewer: Viewer | None, key: uuid.UUID | None) -> Request:
    """A question on which a verb is about to act; Missing when there is nothing the viewer may see."""
    rows = Request.objects.seen_by(viewer).select_related("sheet", "sheet__access_class", "to_post")
    row: Request | None = rows.filter(pk=key).first() if key else None
    if row is None:
        raise Missing
    return row
