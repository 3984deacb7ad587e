"""What stands beside an opened report: statements, proposals, names, nexus, sources, files, its path."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.db.models import Q

from vedette.agencies.viewer import Viewer
from vedette.files.models import StoredFile
from vedette.files.queries import files_of
from vedette.handling.actions import record_list
from vedette.kit.errors import Missing
from vedette.programme.models import Post, Posting
from vedette.programme.queries import post_of_seat, postings_now
from vedette.reporting.crosswalk import crosswalk
from vedette.reporting.extraction import ProposedClaim, propose_claims
from vedette.reporting.models import Claim, Grade, NameMark, NexusAnswer, Placing, Reading, Report, Source
from vedette.reporting.queries import ReportRow, rows_of
from vedette.reporting.sources import independent_roots, is_confirmed_by, root_of, same_fact, sources_near

MINE = 40


@dataclass(frozen=True)
class ClaimRow:
    """One statement: its own grade or the report's, how many independent roots say the same, who they are."""

    claim: Claim
    grade: Grade | None
    own: bool
    roots: int
    confirmed: bool
    others: list[Claim]


@dataclass(frozen=True)
class Proposal:
    """A statement the words make, for a person to confirm: the words themselves stand beside it."""

    kind: str
    value: str
    subject: str
    qualifier: str
    quote: str

    def items(self) -> list[tuple[str, str]]:
        """The columns by name, as a form sends them."""
        return [(name, str(value)) for name, value in vars(self).items()]


@dataclass(frozen=True)
class ReportWork:
    """Everything the work pane of a report shows."""

    row: ReportRow
    claims: list[ClaimRow]
    proposals: list[Proposal]
    names: list[NameMark]
    nexus: list[NexusAnswer]
    sources: list[Source]
    root_known: bool
    files: list[StoredFile] = field(default_factory=list)
    placings: list[Placing] = field(default_factory=list)
    offers: list[Placing] = field(default_factory=list)
    other_schemes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def names_left(self) -> int:
        """How many marked passages nobody has looked at."""
        return sum(mark.state == NameMark.State.SPOTTED for mark in self.names)


def report_work(viewer: Viewer | None, report_id: uuid.UUID | None) -> ReportWork:
    """The work of one report as the viewer may see it; Missing when there is nothing for him."""
    rows = rows_of(viewer, [report_id] if report_id else [])
    if viewer is None or not rows:
        raise Missing
    row, report = rows[0], rows[0].report
    record_list(viewer, [report.pk])
    claims = claim_rows(viewer, report, row.grade)
    marks = NameMark.objects.seen_by(viewer).filter(report=report, until__isnull=True)
    answers = NexusAnswer.objects.seen_by(viewer).filter(report=report).select_related("by").order_by("-since")
    grade = row.grade
    placings = list(
        Placing.objects.seen_by(viewer).filter(report=report).select_related("by", "file").order_by("-since")
    )
    return ReportWork(
        row=row,
        claims=claims,
        proposals=proposals_of(row, [one.claim for one in claims]),
        names=list(marks.select_related("by").order_by("text")),
        nexus=list(answers),
        sources=sources_near(viewer, report),
        root_known=root_of(report.source) is not None,
        files=files_of(viewer, report.pk),
        placings=[one for one in placings if not one.offered],
        offers=[one for one in placings if one.offered and one.until is None],
        other_schemes=crosswalk(grade.scheme, grade.reliability, grade.credibility) if grade else [],
    )


def claim_rows(viewer: Viewer | None, report: Report, report_grade: Grade | None) -> list[ClaimRow]:
    """The statements of a report, oldest first, with the roots that stand behind each."""
    claims = Claim.objects.seen_by(viewer).filter(report=report).select_related("report__source__root", "made_by")
    standing = Grade.objects.seen_by(viewer).filter(report=report, claim__isnull=False, until__isnull=True)
    own = {grade.claim_id: grade for grade in standing}
    rows = []
    for claim in claims.order_by("made_at", "id"):
        others = same_fact(viewer, claim)
        confirmed = is_confirmed_by(claim, others)
        grade = own.get(claim.id, report_grade)
        rows.append(ClaimRow(claim, grade, claim.id in own, independent_roots([claim, *others]), confirmed, others))
    return rows


def proposals_of(row: ReportRow, made: list[Claim]) -> list[Proposal]:
    """What the words of a report say and nobody has written down yet."""
    text = row.english
    known = {(claim.kind, claim.value) for claim in made}
    found: dict[tuple[str, str], Proposal] = {}
    for one in propose_claims(text, kind=row.report.kind, place=row.report.place_name):
        key = (one.kind, str(one.value))
        if key not in known:
            found.setdefault(key, _proposal(one, text))
    return list(found.values())


def _proposal(one: ProposedClaim, text: str) -> Proposal:
    qualifier = one.qualifier if one.qualifier in ("about", "at least", "up to", "denied") else ""
    return Proposal(one.kind, str(one.value), one.subject, qualifier, " ".join(text[slice(*one.span)].split()))


@dataclass(frozen=True)
class Receipt:
    """One dot of a report's path: written, sent, on desk, read; who read it, in which role."""

    words: str
    at: datetime.datetime | None
    who: str = ""


def path_of(report: Report, readings: list[Reading]) -> list[Receipt]:
    """The path of a report to its first reader; `read` has no time until somebody at the desk has read it."""
    first = readings[0] if readings else None
    return [
        Receipt("written", report.observed_at),
        Receipt("received", report.sheet.filed_at),
        Receipt("read", first.at if first else None, f"{first.seat.label} ({first.role})" if first else ""),
    ]


@dataclass(frozen=True)
class MyReport:
    """One of my reports: its row, everyone who read it, whether a clerk's wording waits for me."""

    row: ReportRow
    path: list[Receipt]
    to_confirm: bool
    offers: list[Placing] = field(default_factory=list)


def my_reports(viewer: Viewer | None) -> list[MyReport]:
    """The reports I filed or phoned in, newest first, each with its receipts; one audit entry."""
    if viewer is None:
        return []
    mine = Q(sheet__author=viewer.seat_id) | Q(for_officer=viewer.seat_id)
    rows = Report.objects.seen_by(viewer).filter(mine).order_by("-sheet__filed_at", "-pk")
    found = rows_of(viewer, rows.values_list("pk", flat=True)[:MINE])
    record_list(viewer, [row.report.pk for row in found])
    readings: dict[uuid.UUID, list[Reading]] = {}
    keys = [row.report.pk for row in found]
    for one in Reading.objects.seen_by(viewer).filter(report__in=keys).select_related("seat").order_by("at"):
        readings.setdefault(one.report_id, []).append(one)
    offers: dict[uuid.UUID, list[Placing]] = {}
    open_offers = Placing.objects.seen_by(viewer).filter(report__in=keys, offered=True, until__isnull=True)
    for offer in open_offers.select_related("file").order_by("since"):
        offers.setdefault(offer.report_id, []).append(offer)
    return [
        MyReport(
            row,
            path_of(row.report, readings.get(row.report.pk, [])),
            row.report.for_officer_id == viewer.seat_id and row.report.confirmed_at is None,
            offers.get(row.report.pk, []),
        )
        for row in found
    ]


def access_report(viewer: Viewer | None, key: uuid.UUID | None) -> Report:
    """A report on which a verb is about to act; Missing when there is nothing the viewer may see."""
    rows = rows_of(viewer, [key] if key else [])
    if not rows:
        raise Missing
    return rows[0].report


def access_claim(viewer: Viewer | None, key: uuid.UUID | None) -> Claim:
    """A statement on which a verb is about to act; Missing when there is nothing the viewer may see."""
    rows = Claim.objects.seen_by(viewer).select_related("report__sheet", "report__source__root")
    row: Claim | None = rows.filter(pk=key).first() if key else None
    if row is None:
        raise Missing
    return row


def access_source(viewer: Viewer | None, report: Report, key: uuid.UUID | None) -> Source | None:
    """One of the sources a report's source may go back to; None when it is not among them."""
    return next((source for source in sources_near(viewer, report) if source.id == key), None)


def posted_today() -> list[Posting]:
    """Who is posted abroad now, by city: whose call a clerk may type in."""
    return [row for row in postings_now() if row.post.status != Post.Status.HOME]


def post_of(viewer: Viewer | None) -> Post | None:
    """Where the viewer is posted today."""
    return post_of_seat(viewer.seat_id) if viewer else None
