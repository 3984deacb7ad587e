"""Summaries that draft themselves: the desk's day and a post's week, in counts, times and references; no report is quoted."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db import transaction

from vedette.agencies.queries import home_agency
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet, record_list
from vedette.handling.policy import require
from vedette.incidents.models import Standing
from vedette.kit.errors import Refused
from vedette.kit.ids import new_id
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Post
from vedette.programme.queries import post_of_seat, posts
from vedette.reporting.actions import file_report
from vedette.reporting.drafts import ReportDraft
from vedette.reporting.models import Report, Request, RequestState
from vedette.reporting.queries import ReportRow, rows_of
from vedette.reporting.requests import OPEN
from vedette.sharing import phrases
from vedette.sharing.actions.drafting import IN_FORCE, LABEL, Address, narrow, record_paragraphs, record_recipients
from vedette.sharing.models import Recall, Release
from vedette.sharing.queries import silent
from vedette.sharing.wording import Drafted

DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


@dataclass(frozen=True)
class Summary:
    """A summary: its title, its sentences with what they rest on, the reports of its time."""

    title: str
    since: datetime.datetime
    until: datetime.datetime
    lines: list[Drafted]
    rows: list[ReportRow] = field(default_factory=list)
    post: Post | None = None

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return "\n".join(line.text for line in self.lines)


def daily(viewer: Viewer | None) -> Summary:
    """The desk's last 24 hours, of what the viewer may see."""
    until = now()
    rows = _reports(viewer, until - DAY)
    home = home_agency()
    title = f"Daily summary, {phrases.day(until, home.zone)}, to {until.astimezone(ZoneInfo(home.zone)):%H:%M}"
    lines = [
        _filed(rows, "the posts"),
        *_incidents(viewer, until - DAY),
        *_asked(viewer, until - DAY, None),
        *_released(viewer, until - DAY),
    ]
    return Summary(title, until - DAY, until, [line for line in lines if line], rows)


def weekly(viewer: Viewer | None, post: Post) -> Summary:
    """A post's last seven days, of what the viewer may see."""
    until = now()
    rows = [row for row in _reports(viewer, until - WEEK) if row.report.post_id == post.id]
    title = f"{post.city}: week to {phrases.day(until, post.zone)}"
    lines = [_filed(rows, f"the {post.city} post"), *_nexus(rows), *_asked(viewer, until - WEEK, post)]
    return Summary(title, until - WEEK, until, [line for line in lines if line], rows, post)


def posts_of_summaries(viewer: Viewer | None) -> list[Post]:
    """The posts whose week the viewer may look at: his own for an officer, every one at the desk."""
    if viewer is None or not viewer.is_home:
        return []
    if viewer.on_desk:
        return [post for post in posts() if post.status != Post.Status.HOME]
    own = post_of_seat(viewer.seat_id)
    return [own] if own else []


def _reports(viewer: Viewer | None, since: datetime.datetime) -> list[ReportRow]:
    found = Report.objects.seen_by(viewer).filter(sheet__filed_at__gt=since, sheet__filed_at__lte=now())
    ids = list(found.order_by("-sheet__filed_at").values_list("pk", flat=True)[:300])
    if viewer:
        record_list(viewer, ids)
    return rows_of(viewer, ids)


def _count(count: int) -> str:
    """A count that stands by itself: "none", where a word before a noun would be "no"."""
    return phrases.number(count) if count else "none"


def _filed(rows: Sequence[ReportRow], who: str) -> Drafted:
    if not rows:
        return Drafted("filed", f"Nothing came from {who}.", frozenset(), "own")
    kinds = Counter(row.report.get_kind_display() for row in rows)
    said = phrases.listed([f"{phrases.number(n)} {kind}" for kind, n in kinds.most_common()])
    places = list(dict.fromkeys(row.report.place_name for row in rows if row.report.place_name))[:6]
    text = f"{phrases.number(len(rows)).capitalize()} report{'' if len(rows) == 1 else 's'} from {who}: {said}."
    if places:
        text += f" Places: {'; '.join(places)}."
    return Drafted("filed", text, frozenset(row.report.pk for row in rows))


def _nexus(rows: Sequence[ReportRow]) -> list[Drafted]:
    linked = [row for row in rows if row.report.nexus in ("possible", "confirmed")]
    if not linked:
        return (
            [Drafted("nexus", f"No link to {home_agency().city or 'our city'} was reported.", frozenset(), "own")]
            if rows
            else []
        )
    named = [row.report.sheet.reference for row in linked[:6]]
    more = [f"{phrases.number(len(linked) - len(named))} more"] if len(linked) > len(named) else []
    references = phrases.listed([*named, *more])
    text = f"A link to our city is possible or stated in {phrases.number(len(linked))}: {references}."
    return [Drafted("nexus", text, frozenset(row.report.pk for row in linked))]


def _incidents(viewer: Viewer | None, since: datetime.datetime) -> list[Drafted]:
    rows = Standing.objects.seen_by(viewer).filter(until__isnull=True).select_related("incident__sheet")
    standing = [row for row in rows if row.state in ("active", "watched")]
    opened = [row for row in standing if row.incident.sheet.filed_at > since]
    if not standing:
        return [Drafted("incidents", "No incident is open.", frozenset(), "own")]
    text = f"Incidents open: {phrases.number(len(standing))}, of which {_count(len(opened))} opened in this time"
    text += (
        f": {'; '.join(f'{row.incident.sheet.reference} {row.incident.title}' for row in opened[:6])}."
        if opened
        else "."
    )
    return [Drafted("incidents", text, frozenset(row.incident_id for row in standing))]


def _asked(viewer: Viewer | None, since: datetime.datetime, post: Post | None) -> list[Drafted]:
    states = RequestState.objects.seen_by(viewer).filter(since__gt=since)
    waiting = Request.objects.seen_by(viewer).filter(states__until__isnull=True, states__state__in=OPEN)
    if post:
        states, waiting = states.filter(request__to_post=post), waiting.filter(to_post=post)
    answered = states.filter(state="answered").values("request").distinct().count()
    open_ones = list(waiting.distinct().select_related("sheet"))
    late = [row for row in open_ones if row.due_at <= now()]
    if not answered and not open_ones:
        return []
    text = f"Questions: {_count(answered)} answered, {_count(len(open_ones))} open"
    text += f", {phrases.number(len(late))} past {'its' if len(late) == 1 else 'their'} time." if late else "."
    return [Drafted("asked", text, frozenset(row.pk for row in open_ones))]


def _released(viewer: Viewer | None, since: datetime.datetime) -> list[Drafted]:
    signed = list(Release.objects.seen_by(viewer).filter(signed_at__gt=since).select_related("sheet"))
    if not signed:
        return [Drafted("released", "Nothing was released.", frozenset(), "own")]
    recalled = Recall.objects.seen_by(viewer).filter(at__gt=since, by_correction=False).count()
    waits = len(silent(viewer))
    text = f"Released: {phrases.number(len(signed))} ({phrases.listed([row.sheet.reference for row in signed[:6]])})"
    text += f"; recalled: {_count(recalled)}; recipients silent now: {_count(waits)}."
    return [Drafted("released", text, frozenset(), "own")]


@transaction.atomic
def file_summary(by: Viewer | None, summary: Summary) -> Report:
    """File a summary as a situation report, of the post whose week it is or of the desk."""
    viewer = require(by, "file_summary")
    if summary.post is not None:
        key = summary.post.key
    else:
        home = next((post for post in posts() if post.status == Post.Status.HOME), None)
        if home is None:
            raise Refused("post", "There is no home desk among the posts.", "Ask the programme manager to enter it.")
        key = home.key
    text = f"{summary.title}\n{summary.text}"
    draft = ReportDraft(
        client_id=new_id(),
        kind="situation",
        text=text,
        observed_at=now(),
        post_key=key,
        source_label="own summary",
        source_kind="home",
    )
    return file_report(viewer, draft)


@transaction.atomic
def draft_summary(by: Viewer | None, summary: Summary, recipients: Sequence[Address]) -> Release:
    """Draft a summary as a bulletin for our own commands; pre-flight and signature as for any other."""
    viewer = require(by, "draft_release")
    if not recipients:
        raise Refused("recipients", "Nobody is chosen.", "Tick at least one command.")
    moment = now()
    release: Release = Release.objects.create(
        sheet=new_sheet(viewer, kind="release", prefix="REL", because="a summary"),
        version=Release.Version.BULLETIN,
        title=summary.title,
        label=LABEL["bulletin"],
        expires_at=moment + IN_FORCE,
        drafted_by_id=viewer.seat_id,
        drafted_at=moment,
        facts_at=moment,
    )
    record_paragraphs(release, summary.lines)
    record_recipients(release, recipients)
    narrow(release, viewer)
    record(viewer, "release.drafted", [release.pk])
    announce("release.drafted", release.pk)
    return release
