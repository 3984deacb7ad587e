"""What an officer's phone may hold, all of it, each part as he may read it; what is no longer in it the phone forgets."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from vedette.agencies.viewer import Viewer
from vedette.alerts.models import Duty
from vedette.alerts.queries import roster
from vedette.audit.actions import record
from vedette.funding.models import Rate
from vedette.funding.money import currency_of_country
from vedette.funding.queries import RATE_HOLDS_DAYS, books
from vedette.handling.actions import record_list
from vedette.handling.policy import given_to, require
from vedette.handling.queries import Stub, stubs
from vedette.handsets.deeds import Deed, deeds_of
from vedette.handsets.models import Carriage, Upload
from vedette.incidents.models import Topic
from vedette.incidents.topics import tasking
from vedette.kit.dated import in_force
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.missions import post_of_team
from vedette.programme.models import CheckIn, HostCaveat, Mission, MissionMember, MissionState, Post, SafetyCheck
from vedette.programme.queries import post_of_seat
from vedette.programme.safety import own_checks, own_team_checks
from vedette.reporting.models import Reading, Report, Request
from vedette.reporting.queries import ReportRow, rows_of
from vedette.reporting.requests import RequestRow, open_at, request_rows
from vedette.reporting.surges import Carried, carried
from vedette.sharing.inbox import InboxRow, released_to
from vedette.sharing.models import Paragraph

State = Request.State
MINE, MOST_STUBS, MOST_ORDERS = 40, 100, 40
# What was answered stays on the phone for a while, so that its officer sees that it arrived; what was closed is told as long.
RECENT = datetime.timedelta(days=7)
GOING = (MissionState.State.ACCEPTED, MissionState.State.GO, MissionState.State.ABROAD)


@dataclass(frozen=True)
class Team:
    """A mission the officer is on, and the questions it carries."""

    mission: Mission
    questions: list[Carried] = field(default_factory=list)


@dataclass(frozen=True)
class Filed:
    """One of his reports: its newest wording, who read it, what was done with it, its files on their way."""

    row: ReportRow
    readings: list[Reading] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)


@dataclass(frozen=True)
class Order:
    """A release delivered to him: its row, and its words unless a handling text has to be read first."""

    row: InboxRow
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True)
class Bundle:
    """Everything the phone of one seat may hold now."""

    viewer: Viewer
    at: datetime.datetime
    post: Post | None = None
    questions: list[RequestRow] = field(default_factory=list)
    closed: list[RequestRow] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    caveats: list[HostCaveat] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    reports: list[Filed] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    recalled: list[Stub] = field(default_factory=list)
    checks: list[SafetyCheck] = field(default_factory=list)
    team_checks: list[CheckIn] = field(default_factory=list)
    currencies: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[uuid.UUID]:
        """The records whose words are in it."""
        return [
            *(row.request.pk for row in (*self.questions, *self.closed)),
            *(team.mission.pk for team in self.teams),
            *(topic.pk for topic in self.topics),
            *(filed.row.report.pk for filed in self.reports),
            *(order.row.key for order in self.orders),
            *(check.pk for check in self.checks),
            *{check.mission_id for check in self.team_checks},
        ]


def bundle_of(viewer: Viewer | None) -> Bundle:
    """The bundle of a seat that may carry a phone; Forbidden otherwise. Nothing is written down: see `record_taken`."""
    asker = require(viewer, "take_bundle")
    post = post_of_seat(asker.seat_id)
    questions, closed = _questions(asker, post)
    # A member of a team files from the post where his mission is; the questions of that post are its own officer's.
    files_from = post or post_of_team(asker)
    caveats = HostCaveat.objects.filter(in_force(), post=files_from).order_by("since") if files_from else ()
    return Bundle(
        viewer=asker,
        at=now(),
        post=files_from,
        questions=questions,
        closed=closed,
        teams=_teams(asker),
        caveats=list(caveats),
        topics=tasking(asker),
        duties=[row for row in roster() if row.unit is None],
        reports=_reports(asker),
        orders=_orders(asker),
        recalled=_recalled(asker),
        checks=own_checks(asker),
        team_checks=own_team_checks(asker),
        currencies=_currencies(files_from),
    )


@transaction.atomic
def record_taken(bundle: Bundle) -> None:
    """Part of the door: that this was sent to a phone, and which records are in it."""
    record(bundle.viewer, "phone.bundled", [])
    record_list(bundle.viewer, bundle.shown)


@transaction.atomic
def record_held(bundle: Bundle) -> None:
    """Part of the door: the phone says that it holds this, so what waits in it has reached him; the first time is kept."""
    viewer = bundle.viewer
    waited = {row.request.pk for row in bundle.questions} | {check.pk for check in bundle.checks}
    known = Carriage.objects.seen_by(viewer).filter(seat=viewer.seat_id, sheet__in=waited)
    fresh = waited - set(known.values_list("sheet", flat=True))
    rows = [Carriage(sheet_id=key, seat_id=viewer.seat_id, at=bundle.at) for key in fresh]
    Carriage.objects.bulk_create(rows, ignore_conflicts=True)
    for key in fresh:
        announce("phone.carried", key)


def _questions(viewer: Viewer, post: Post | None) -> tuple[list[RequestRow], list[RequestRow]]:
    """The questions that wait for his post in their fair order, with those it answered lately; and those taken from it."""
    since = now() - RECENT
    mine = Q(sheet__addressees__seat=viewer.seat_id) | (Q(to_post=post) if post else Q())
    moved = Q(states__until__isnull=True, states__since__gte=since)
    ended = Q(states__state__in=(State.ANSWERED, State.THANKED, State.REFUSED, State.TAKEN))
    elsewhere = Q(states__state=State.ROUTED) & (~Q(to_post=post) if post else Q())
    rows = Request.objects.seen_by(viewer).filter(mine & moved & (ended | elsewhere)).distinct()
    found = request_rows(viewer, rows.order_by("-sheet__filed_at")[:MINE])
    here = {row.pk for row in (one.request for one in found) if post and row.to_post_id == post.id and row.answer_id}
    waiting = open_at(viewer, post) if post else []
    answered = [row for row in found if row.request.pk in here]
    return [*waiting, *answered], [row for row in found if row.request.pk not in here]


def _teams(viewer: Viewer) -> list[Team]:
    on = MissionMember.objects.seen_by(viewer).filter(in_force(), seat=viewer.seat_id).values("mission")
    going = MissionState.objects.seen_by(viewer).filter(in_force(), state__in=GOING, mission__in=on)
    missions = Mission.objects.seen_by(viewer).filter(pk__in=going.values("mission")).select_related("sheet", "basis")
    rows = list(missions.order_by("sheet__filed_at"))
    asked = carried(viewer, rows)
    return [Team(row, asked[row.pk]) for row in rows]


def _reports(viewer: Viewer) -> list[Filed]:
    mine = Q(sheet__author=viewer.seat_id) | Q(for_officer=viewer.seat_id)
    keys = Report.objects.seen_by(viewer).filter(mine).order_by("-sheet__filed_at", "-pk").values_list("pk", flat=True)
    rows = rows_of(viewer, keys[:MINE])
    reports = [row.report for row in rows]
    deeds = deeds_of(viewer, reports)
    readings: dict[uuid.UUID, list[Reading]] = {row.pk: [] for row in reports}
    for reading in Reading.objects.seen_by(viewer).filter(report__in=reports).order_by("at"):
        readings[reading.report_id].append(reading)
    uploads: dict[uuid.UUID, list[Upload]] = {row.pk: [] for row in reports}
    for upload in Upload.objects.seen_by(viewer).filter(sheet__in=list(uploads)).order_by("since"):
        uploads[upload.sheet_id].append(upload)
    return [Filed(row, readings[row.report.pk], deeds.get(row.report.pk, []), uploads[row.report.pk]) for row in rows]


def _orders(viewer: Viewer) -> list[Order]:
    rows = [row for row in released_to(viewer, MOST_ORDERS) if row.release is not None]
    words: dict[uuid.UUID, list[Paragraph]] = {row.key: [] for row in rows}
    kept = Paragraph.objects.seen_by(viewer).filter(release__in=list(words), state=Paragraph.State.KEPT)
    for paragraph in kept.order_by("position"):
        words[paragraph.release_id].append(paragraph)
    # A handling text comes before the words (H3): until it was read at home, the phone holds no word of it.
    shut = {row.key for row in rows if row.release and row.release.handling_text and row.first("opened") is None}
    return [Order(row, [] if row.key in shut else words[row.key]) for row in rows]


def _recalled(viewer: Viewer) -> list[Stub]:
    """The stubs of what he was sent and what was taken back since."""
    taken = Q(recalled_at__isnull=False) | Q(sheet__withdrawn_at__isnull=False)
    rows = given_to(viewer).filter(taken).order_by("-filed_at", "-sheet")
    found = stubs(viewer, list(rows.values_list("sheet", flat=True)[:MOST_STUBS]))
    return sorted(found.values(), key=lambda stub: stub.reference)


def _currencies(post: Post | None) -> list[str]:
    """The currencies in which a cost may be entered today: the books' own and those with a rate that holds; the post's first."""
    own, oldest = books().currency, now().date() - datetime.timedelta(days=RATE_HOLDS_DAYS)
    known = Rate.objects.filter(day__gte=oldest, day__lte=now().date()).values_list("currency", flat=True)
    here = currency_of_country(post.country) if post else ""
    return sorted({own, *known}, key=lambda code: (code != here, code != own, code))
