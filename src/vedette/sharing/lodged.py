"""Questions that other agencies lodged here, as their askers may know them: where each stands, and the release it was answered by."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.handling.actions import check_not_auditing, open_one, record_list
from vedette.handling.policy import STRUCK, faces
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.reporting.actions.requests import LODGED_REFUSALS
from vedette.reporting.models import Request, RequestState
from vedette.sharing.models import Release, Reply

LIST = 60
LODGED, IN_HAND, ANSWERED, REFUSED = "lodged", "in-hand", "answered", "refused"
WORDS = {LODGED: "lodged", IN_HAND: "in hand", ANSWERED: "answered", REFUSED: "refused"}


@dataclass(frozen=True)
class LodgedRow:
    """A question as its asker's agency knows it: never to which post it went, who of ours has it, or what was answered to us."""

    request: Request
    state: str
    at: datetime.datetime
    asker: str = ""
    refusal: str = ""
    release: Release | None = None
    struck: bool = False

    @property
    def open(self) -> bool:
        """Whether it waits for the home desk."""
        return self.state in (LODGED, IN_HAND)


def lodged_questions(viewer: Viewer | None) -> list[LodgedRow]:
    """What the viewer's agency lodged here, open ones first, the newest first; one audit entry says which were shown."""
    if viewer is None or viewer.is_home:
        return []
    mine = Request.objects.seen_by(viewer).filter(sheet__lodged_by=viewer.agency_id)
    rows = _rows(viewer, list(mine.select_related("sheet").order_by("-sheet__filed_at", "-pk")[:LIST]))
    record_list(viewer, [row.request.pk for row in rows])
    return sorted(rows, key=lambda row: not row.open)


def open_lodged(viewer: Viewer | None, key: uuid.UUID | None, reason: str = "") -> LodgedRow:
    """One question opened with a trace, as its asker may know it; Missing when there is nothing the viewer may read."""
    check_not_auditing(viewer)
    request = open_one(viewer, Request, key, reason)
    found = _rows(viewer, list(Request.objects.seen_by(viewer).filter(pk=request.pk).select_related("sheet")))
    if not found:
        raise Missing
    return found[0]


def words_before_asker(viewer: Viewer | None, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """In a word where each of these questions stands before its asker, of those the viewer may read."""
    if not keys:
        return {}
    rows = Request.objects.seen_by(viewer).filter(pk__in=keys).select_related("sheet")
    return {row.request.pk: WORDS[row.state] for row in _rows(viewer, list(rows))}


def reply_of(viewer: Viewer | None, request: Request) -> LodgedRow:
    """How a question on the home desk's own screen stands before its asker."""
    return _rows(viewer, [request])[0]


def _rows(viewer: Viewer | None, requests: Sequence[Request]) -> list[LodgedRow]:
    keys = [row.pk for row in requests]
    standing = RequestState.objects.seen_by(viewer).filter(request__in=keys, until__isnull=True)
    states = {row.request_id: row for row in standing}
    replies = {
        row.request_id: row
        for row in Reply.objects.seen_by(viewer).filter(request__in=keys).select_related("release__sheet")
    }
    face = faces(viewer, [row.release_id for row in replies.values()])
    seats = labels(row.sheet.author_id for row in requests)
    return [_row(row, states.get(row.pk), replies.get(row.pk), face, seats) for row in requests]


def _row(
    request: Request,
    standing: RequestState | None,
    reply: Reply | None,
    face: dict[uuid.UUID, str],
    seats: dict[uuid.UUID, str],
) -> LodgedRow:
    author = request.sheet.author_id
    asker = seats.get(author, "") if author else ""
    if standing is None or standing.state == Request.State.ASKED:
        return LodgedRow(request, LODGED, request.sheet.filed_at, asker)
    if standing.state == Request.State.REFUSED:
        refusal = LODGED_REFUSALS.get(standing.reason_code, "")
        return LodgedRow(request, REFUSED, standing.since, asker, refusal)
    if reply is None:
        return LodgedRow(request, IN_HAND, standing.since, asker)
    shown = face.get(reply.release_id)
    release = reply.release if shown else None
    return LodgedRow(request, ANSWERED, reply.at, asker, "", release, shown == STRUCK)


def answerable(viewer: Viewer | None, request: Request) -> list[Release]:
    """The releases in force that the asker's agency, or the asker, was given: only one of these answers its question."""
    agency, author = request.sheet.lodged_by_id, request.sheet.author_id
    if agency is None:
        return []
    theirs = Q(deliveries__recipient__agency=agency) | Q(deliveries__recipient__seat=author)
    standing = Q(expires_at__isnull=True) | Q(expires_at__gt=now())
    rows = Release.objects.seen_by(viewer).filter(
        theirs, standing, recall__isnull=True, sheet__withdrawn_at__isnull=True
    )
    return list(rows.select_related("sheet").distinct().order_by("-signed_at")[:LIST])
