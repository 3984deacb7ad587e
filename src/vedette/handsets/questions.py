"""The questions board of the desk: every open question, how far it came, and what is known of the phone it waits on."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vedette.agencies.viewer import Viewer
from vedette.alerts.queries import ClockView, clocks_of
from vedette.handling.actions import record_list
from vedette.handsets.models import Carriage, LateAnswer, Opening
from vedette.handsets.queries import FieldRow, officers_phones
from vedette.kit.errors import Forbidden
from vedette.kit.time import now
from vedette.programme.models import Post
from vedette.reporting.models import Request
from vedette.reporting.requests import OPEN, RequestRow, request_rows

Pair = tuple[datetime.datetime | None, datetime.datetime | None]
CLOCK = "question"
MOST = 200
LATELY = datetime.timedelta(days=2)


@dataclass(frozen=True)
class BoardRow:
    """An open question: its row, its clock, when it reached a phone and was opened there, who can answer it."""

    row: RequestRow
    clock: ClockView | None = None
    carried_at: datetime.datetime | None = None
    opened_at: datetime.datetime | None = None
    officers: list[FieldRow] = field(default_factory=list)

    @property
    def request(self) -> Request:
        """The question itself."""
        return self.row.request

    @property
    def late(self) -> bool:
        """Whether its time has run out."""
        return self.request.due_at <= now()

    @property
    def unsent(self) -> int:
        """How many sealed things wait on the phones of its post: the answer may be among them."""
        return sum(one.phone.handset.waiting for one in self.officers if one.phone)


@dataclass(frozen=True)
class Late:
    """A report that was written as an answer and came when the question no longer waited."""

    answer: LateAnswer
    meant: str = ""


@dataclass(frozen=True)
class Board:
    """What the board shows: the open questions (of one post, when one is chosen), those past due first; answers that came late."""

    rows: list[BoardRow] = field(default_factory=list)
    posts: list[tuple[Post, int]] = field(default_factory=list)
    chosen: str = ""
    late_answers: list[Late] = field(default_factory=list)

    @property
    def late(self) -> int:
        """How many are past due."""
        return sum(row.late for row in self.rows)


def questions_board(viewer: Viewer | None, post: str = "") -> Board:
    """Every open question the viewer may see, for the desk; as many questions to the database for one as for fifty."""
    if viewer is None or not viewer.on_desk:
        raise Forbidden("The board of questions is the desk’s.", "Ask shows your own.")
    chosen = Request.objects.seen_by(viewer).filter(states__state__in=OPEN, states__until__isnull=True)
    rows = request_rows(viewer, chosen.distinct().order_by("due_at", "sheet")[:MOST])
    record_list(viewer, [row.request.pk for row in rows])
    counts = Counter(row.request.to_post for row in rows if row.request.to_post)
    shown = [row for row in rows if not post or (row.request.to_post and row.request.to_post.key == post)]
    return Board(
        rows=_board_rows(viewer, shown),
        posts=sorted(counts.items(), key=lambda pair: pair[0].city),
        chosen=post,
        late_answers=late_answers(viewer),
    )


def on_phones(viewer: Viewer | None, questions: Iterable[uuid.UUID]) -> dict[uuid.UUID, Pair]:
    """For each of these questions when it first reached a phone and when it was first opened on one (None: not yet).

    What was opened there had reached it, whether or not the phone has said so in words.
    """
    keys = list(questions)
    found: dict[uuid.UUID, list[datetime.datetime | None]] = {key: [None, None] for key in keys}
    for table, places in ((Carriage, (0,)), (Opening, (0, 1))):
        for key, at in table.objects.seen_by(viewer).filter(sheet__in=keys).values_list("sheet", "at"):
            for place in places:
                first = found[key][place]
                found[key][place] = at if first is None else min(first, at)
    return {key: (carried, opened) for key, (carried, opened) in found.items()}


def late_answers(viewer: Viewer | None) -> list[Late]:
    """The answers of the last days that came when their question no longer waited, the newest first."""
    rows = (
        LateAnswer.objects.seen_by(viewer)
        .filter(at__gte=now() - LATELY)
        .select_related("report__sheet", "report__post")
    )
    found = list(rows.order_by("-at")[:MOST])
    meant = Request.objects.seen_by(viewer).filter(pk__in=[row.meant_id for row in found if row.meant_id])
    known = dict(meant.values_list("pk", "sheet__reference"))
    return [Late(row, known.get(row.meant_id, "") if row.meant_id else "") for row in found]


def late_answer_of(viewer: Viewer | None, report: uuid.UUID) -> Late | None:
    """What a report was meant to answer, if it came too late to."""
    row = LateAnswer.objects.seen_by(viewer).filter(report=report).select_related("meant").first()
    if row is None:
        return None
    meant = Request.objects.seen_by(viewer).filter(pk=row.meant_id).values_list("sheet__reference", flat=True).first()
    return Late(row, meant or "")


def _board_rows(viewer: Viewer, rows: list[RequestRow]) -> list[BoardRow]:
    keys = [row.request.pk for row in rows]
    clocks, phones = clocks_of(viewer, keys, CLOCK), on_phones(viewer, keys)
    officers: dict[uuid.UUID | None, list[FieldRow]] = defaultdict(list)
    for one in officers_phones() if rows else []:
        officers[one.post.id if one.post else None].append(one)
    found = [
        BoardRow(
            row,
            clocks.get(row.request.pk),
            *phones[row.request.pk],
            officers[row.request.to_post_id] if row.request.to_post_id else [],
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (not row.late, row.request.due_at))
