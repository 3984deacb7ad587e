"""What the desk did with an officer's reports, of what he himself may see: asked for all of them at once."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import visible_sheets
from vedette.handsets.models import LateAnswer
from vedette.incidents.models import Incident, Link, Topic
from vedette.kit.dated import in_force
from vedette.reporting.models import Grade, Report, Request, RequestState
from vedette.response.models import Decision, Deployment, Task
from vedette.sharing.models import Rest


@dataclass(frozen=True)
class Deed:
    """One thing that was done: its kind, when, and what it is about (a reference, a title, a grade, a reason)."""

    kind: str
    at: datetime.datetime
    about: str = ""
    words: str = ""


Found = dict[uuid.UUID, list[Deed]]


def deeds_of(viewer: Viewer | None, reports: Iterable[Report]) -> Found:
    """For each of these reports what was done with it, the first first; as many questions for one as for forty."""
    rows = {row.pk: row for row in reports}
    found: Found = defaultdict(list)
    if not rows:
        return found
    _links(viewer, rows, found)
    _grades(viewer, rows, found)
    _answers(viewer, rows, found)
    _rests(viewer, rows, found)
    for row in rows.values():
        if row.sheet.withdrawn_at is not None:
            found[row.pk].append(Deed("withdrawn", row.sheet.withdrawn_at, words=row.sheet.withdrawn_because))
    for deeds in found.values():
        deeds.sort(key=lambda deed: deed.at)
    return found


def _links(viewer: Viewer | None, rows: dict[uuid.UUID, Report], found: Found) -> None:
    """To which incident and standing questions it was linked, where he may read them."""
    links = list(Link.objects.seen_by(viewer).filter(in_force(), report__in=rows))
    tables = ((Incident, "incident_id", "linked"), (Topic, "topic_id", "topic"))
    for table, column, kind in tables:
        wanted = {getattr(link, column) for link in links} - {None}
        known = {row.pk: row for row in table.objects.seen_by(viewer).filter(pk__in=wanted).select_related("sheet")}
        for link in links:
            one = known.get(getattr(link, column))
            if one is not None:
                found[link.report_id].append(Deed(kind, link.since, one.sheet.reference, one.title))


def _grades(viewer: Viewer | None, rows: dict[uuid.UUID, Report], found: Found) -> None:
    """How the desk graded it: the grade in force, where it is not his own first one."""
    graded = Grade.objects.seen_by(viewer).filter(in_force(), report__in=rows, claim__isnull=True)
    for row in graded:
        if row.by_id != rows[row.report_id].sheet.author_id:
            found[row.report_id].append(Deed("graded", row.since, f"{row.reliability} {row.credibility}", row.because))


def _answers(viewer: Viewer | None, rows: dict[uuid.UUID, Report], found: Found) -> None:
    """Which question it answered, and what was said in thanks; or that it came when the question no longer waited."""
    asked = Request.objects.seen_by(viewer).filter(answer__in=rows).select_related("sheet")
    by_key = {row.pk: row for row in asked}
    wanted = (Request.State.ANSWERED, Request.State.THANKED)
    for state in RequestState.objects.seen_by(viewer).filter(request__in=by_key, state__in=wanted):
        row = by_key[state.request_id]
        kind = "thanked" if state.state == Request.State.THANKED else "answered"
        if row.answer_id:
            found[row.answer_id].append(Deed(kind, state.since, row.sheet.reference, state.because))
    late = list(LateAnswer.objects.seen_by(viewer).filter(report__in=rows))
    meant = visible_sheets(viewer, [row.meant_id for row in late if row.meant_id]) if late else {}
    for one in late:
        sheet = meant.get(one.meant_id) if one.meant_id else None
        found[one.report_id].append(Deed(f"late-{one.why}", one.at, sheet.reference if sheet else ""))


def _rests(viewer: Viewer | None, rows: dict[uuid.UUID, Report], found: Found) -> None:
    """What was done because of it: orders, deployments, decisions, signed releases."""
    for basis, moment, title in (
        Task.objects.seen_by(viewer).filter(basis__in=rows).values_list("basis", "given_at", "title")
    ):
        found[basis].append(Deed("order", moment, words=title))
    sent = Deployment.objects.seen_by(viewer).filter(basis__in=rows)
    for basis, moment, site, place in sent.values_list("basis", "since", "site__name", "place"):
        found[basis].append(Deed("deployment", moment, words=site or place))
    decided = Decision.objects.seen_by(viewer).filter(basis__in=rows)
    for basis, moment, chosen in decided.values_list("basis", "sheet__filed_at", "chosen"):
        found[basis].append(Deed("decision", moment, words=chosen))
    rests = Rest.objects.seen_by(viewer).filter(sheet__in=rows, paragraph__release__signed_at__isnull=False)
    signed = {
        (sheet, release): moment
        for sheet, release, moment in rests.values_list(
            "sheet", "paragraph__release__sheet", "paragraph__release__signed_at"
        )
    }
    known = visible_sheets(viewer, [release for _sheet, release in signed])
    for (sheet, release), moment in signed.items():
        if release in known:
            found[sheet].append(Deed("released", moment, known[release].reference))
