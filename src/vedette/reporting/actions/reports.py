"""Filing, amending, confirming and reading reports."""

import datetime
import uuid

from django.db import IntegrityError, transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet
from vedette.handling.names import spot_names
from vedette.handling.policy import require
from vedette.kit.canonical import digest
from vedette.kit.errors import Conflict, Refused
from vedette.kit.statements import fetch
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.missions import post_of_team
from vedette.programme.models import HostCaveat, Post
from vedette.programme.queries import post_of_seat
from vedette.programme.standing import then_and_now
from vedette.reporting.drafts import ReportDraft, check_grade, check_language, check_report, check_wording
from vedette.reporting.models import Grade, NameMark, Reading, Report, Source, Version
from vedette.search.actions import index

TITLE_LENGTH = 120
SENT = "SELECT FROM reporting_report WHERE client_id = %(client_id)s"
SOURCE = "SELECT id FROM reporting_source WHERE post_id = %(post)s AND label = %(label)s AND kind = %(kind)s"
OFFICERS_MARK = "marked by the officer as naming a person"
# A seat with several roles reads in the first of these that it holds.
READS_AS = ("commander", "watch", "analyst", "releasing", "clerk")
HOST_KINDS = frozenset({"host-police", "host-government", "host-partner"})


def file_report(by: Viewer | None, draft: ReportDraft) -> Report:
    """Store a report with sheet, wording, grade, index, trace and announcement, all or nothing.

    The same client id with the same body answers the first report again; with another body it is a Conflict.
    """
    viewer = require(by, "file_report")
    columns, wording, grade = check_report(draft), check_wording(draft), check_grade(draft.grade)
    post = _post_for(viewer, draft)
    fingerprint = digest(
        [columns, wording, [grade.scheme, grade.reliability, grade.credibility], post.key, draft.source_label]
    )
    known = _filed_before(draft.client_id, fingerprint)
    if known:
        return known
    try:
        with transaction.atomic():
            return _store(viewer, draft, post, columns=columns, wording=wording, fingerprint=fingerprint)
    except IntegrityError as error:
        # Two copies of one report came at the same moment: the other one won, and this is its answer.
        known = _filed_before(draft.client_id, fingerprint)
        if known is None:
            raise error
        return known


def _filed_before(client_id: uuid.UUID, fingerprint: bytes) -> Report | None:
    if not fetch(SENT, {"client_id": client_id}):
        return None
    row: Report | None = (
        Report.objects.as_house("the same report sent twice is one")
        .select_related("sheet")
        .filter(client_id=client_id)
        .first()
    )
    if row and bytes(row.client_digest) != fingerprint:
        raise Conflict("Another report was already filed under this id.", "Send it under a new id.")
    return row


def _posts_for(viewer: Viewer, written_at: datetime.datetime | None) -> list[Post]:
    """From where a seat files: where it stood when it wrote, before where it stands now."""
    found = [post_of_seat(viewer.seat_id, at) or post_of_team(viewer, at) for at in then_and_now(written_at)]
    return [post for post in found if post is not None]


def _post_for(viewer: Viewer, draft: ReportDraft) -> Post:
    if viewer.on_desk and draft.post_key:
        post = Post.objects.filter(key=draft.post_key).first()
        if post is None:
            raise Refused("post", f"There is no post “{draft.post_key}”.", "Choose one of the posts on the list.")
        return post
    own = _posts_for(viewer, draft.written_at)
    if not own:
        raise Refused("post", "Your seat is posted nowhere today.", "Ask the programme manager to enter your posting.")
    chosen = next((post for post in own if draft.post_key in ("", post.key)), None)
    if chosen is None:
        raise Refused(
            "post", "You are not posted there.", f"File it from {own[0].city}, or ask the desk to file it for you."
        )
    return chosen


def _store(
    viewer: Viewer,
    draft: ReportDraft,
    post: Post,
    *,
    columns: dict[str, object],
    wording: dict[str, str],
    fingerprint: bytes,
) -> Report:
    moment = now()
    source = _source(post, draft)
    from_host = source.kind in HOST_KINDS and post.host is not None
    rules = list(HostCaveat.objects.filter(post=post, until__isnull=True)) if from_host else []
    spotted = spot_names(f"{wording['text']}\n{wording['gloss']}", [str(columns["place_name"]), post.city])
    sheet = new_sheet(
        viewer,
        kind="report",
        prefix=post.prefix,
        originator=post.host if from_host else None,
        sensitivity=draft.sensitivity,
        named_subject=draft.names_person or bool(spotted),
        codes=[rule.code for rule in rules if rule.code],
        caveats=[rule.text for rule in rules],
    )
    report: Report = Report.objects.create(
        sheet=sheet,
        post=post,
        client_id=draft.client_id,
        client_digest=fingerprint,
        observed_zone=post.zone,
        source=source,
        phoned_to_id=viewer.seat_id if draft.phoned_by else None,
        for_officer_id=draft.phoned_by,
        **columns,
    )
    record_version(report, viewer, wording, number=1)
    _record_first_grade(report, viewer, draft, moment)
    for name in {span.text: span for span in spotted}.values():
        NameMark.objects.create(
            report=report, text=name.text[:200], state=NameMark.State.SPOTTED, reason=name.reason[:200], since=moment
        )
    if draft.names_person:
        # The officer's own word stands beside what was spotted, so that clearing the spotted marks never widens it.
        NameMark.objects.create(report=report, text=OFFICERS_MARK, state=NameMark.State.CONFIRMED, since=moment)
    record(viewer, "report.filed", [sheet.id])
    announce("report.filed", sheet.id)
    return report


def _source(post: Post, draft: ReportDraft) -> Source:
    label = clean_line("source_ref", draft.source_label) or "not stated"
    kind = clean_line("source_kind", draft.source_kind, limit=40) or "unknown"
    known = fetch(SOURCE, {"post": post.pk, "label": label, "kind": kind})
    if known:
        return Source(known[0][0], post_id=post.pk, label=label, kind=kind)
    return Source.objects.get_or_create(post=post, label=label, kind=kind)[0]


def record_version(report: Report, by: Viewer, wording: dict[str, str], *, number: int, because: str = "") -> Version:
    """Part of filing and amending: add a wording and renew the index."""
    version: Version = Version.objects.create(
        report=report, number=number, by_id=by.seat_id, at=now(), because=because, **wording
    )
    index_report(report, wording)
    return version


def index_report(report: Report, wording: dict[str, str]) -> None:
    """Part of every change of words or place: the one entry of a report in the index."""
    english = wording["gloss"] or wording["text"]
    point = (report.lat, report.lon) if report.lat is not None and report.lon is not None else None
    index(
        report.sheet,
        title=title_of(english),
        texts=[(wording["language"], wording["text"]), ("en", wording["gloss"])],
        at=report.observed_at,
        place_name=report.place_name,
        point=point,
    )


def title_of(text: str) -> str:
    """The first sentence of a text, cut at a word, as a title."""
    first = text.strip().split("\n")[0]
    if len(first) <= TITLE_LENGTH:
        return first
    return first[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def _record_first_grade(report: Report, by: Viewer, draft: ReportDraft, moment: datetime.datetime) -> None:
    grade = check_grade(draft.grade)
    Grade.objects.create(
        report=report,
        scheme=grade.scheme,
        reliability=grade.reliability,
        credibility=grade.credibility,
        since=moment,
        by_id=by.seat_id,
        because="the officer's own grade",
    )


@transaction.atomic
def amend_report(by: Viewer | None, *, report: Report, text: str, language: str, gloss: str, because: str) -> Version:
    """A new version of a report beside the older ones, with its reason; the first wording is never changed."""
    viewer = require(by, "amend_report", report.sheet)
    wording = {
        "text": clean_text("text", text, required=True),
        "language": check_language(language),
        "gloss": clean_text("gloss", gloss),
    }
    reason = clean_line("because", because, limit=300, required=True)
    Report.objects.as_house("versions of one report are numbered one after the other").select_for_update().get(
        pk=report.pk
    )
    last = (
        Version.objects.as_house("versions of one report are numbered one after the other")
        .filter(report=report)
        .count()
    )
    version = record_version(report, viewer, wording, number=last + 1, because=reason)
    record(viewer, "report.amended", [report.pk], reason)
    announce("report.amended", report.pk)
    return version


@transaction.atomic
def confirm_phoned_report(by: Viewer | None, *, report: Report) -> Report:
    """The officer who phoned a report in confirms the clerk's wording; only he can."""
    viewer = require(by, "confirm_phoned_report", report.sheet)
    if report.for_officer_id != viewer.seat_id:
        raise Refused("report", "This report was not phoned in by you.", "The officer who phoned it in confirms it.")
    if report.confirmed_at is None:
        report.confirmed_at = now()
        report.save(update_fields=["confirmed_at"])
        record(viewer, "report.confirmed", [report.pk])
        announce("report.confirmed", report.pk)
    return report


@transaction.atomic
def read_at_desk(by: Viewer | None, *, report: Report) -> Reading:
    """The first reading by a desk seat: the officer sees "read", by which role, when; a second one changes nothing."""
    viewer = require(by, "read_at_desk", report.sheet)
    known: Reading | None = (
        Reading.objects.as_house("a seat reads a report once").filter(report=report, seat_id=viewer.seat_id).first()
    )
    if known:
        return known
    reading: Reading = Reading.objects.create(report=report, seat_id=viewer.seat_id, role=_role_of(viewer), at=now())
    record(viewer, "sheet.read", [report.pk])
    announce("report.read", report.pk)
    return reading


def _role_of(viewer: Viewer) -> str:
    return next((role for role in READS_AS if viewer.holds(role)), sorted(viewer.roles)[0])
