"""What an auditor looks at every week: refused sign-ins, privileged acts, records that are due for review or purge."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, Q

from vedette.account.scope import sheets_for
from vedette.agencies.models import Person
from vedette.agencies.queries import full_labels, labels
from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.audit.codes import SENTENCES
from vedette.audit.models import Entry
from vedette.handling.models import Sheet
from vedette.handling.policy import require
from vedette.kit.text import clean_line
from vedette.kit.time import now, real_now

WEEK = datetime.timedelta(days=7)
AHEAD = datetime.timedelta(days=30)
MOST = 200
# What the weekly look is for (after the log review of the CJIS policy): access, changes of access, keys, the log itself.
WATCHED = ("person.", "key.", "glass.", "home.", "log.", "account.", "clock.")
WATCHED_CODES = ("sheet.reclassified", "sheet.purged", "sheet.explained", "report.withdrawn", "release.recalled")


@dataclass(frozen=True)
class Due:
    """A record that is due: its reference and kind, when it expires, and whether that has passed."""

    sheet: Sheet
    at: datetime.datetime
    late: bool


@dataclass(frozen=True)
class Refusal:
    """A sign-in that was refused, whose; or an account that somebody locked, and which: when and why."""

    at: datetime.datetime
    whose: str
    text: str
    reason: str
    account: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of act in the week: how often, by how many seats, when last."""

    code: str
    text: str
    times: int
    seats: int
    last: datetime.datetime


@dataclass(frozen=True)
class Week:
    """The week's log as the review shows it, and who reviewed it last."""

    since: datetime.datetime
    refusals: list[Refusal]
    kinds: list[Kind]
    reviewed_at: datetime.datetime | None
    reviewed_by: str
    note: str


def due(by: Viewer | None) -> list[Due]:
    """Records that expire within 30 days or have expired and are not purged, the one due longest first."""
    viewer = require(by, "see_review")
    moment = now()
    # A privacy officer purges, so he hears of every record that is due, by its reference only.
    rows = Sheet.objects.all() if viewer.holds("privacy", "auditor") else sheets_for(viewer)
    rows = rows.filter(expires_at__lte=moment + AHEAD, purged_at__isnull=True).select_related("originator")
    found = list(rows.order_by("expires_at", "id")[:MOST])
    record(viewer, "account.looked", [sheet.id for sheet in found], "what is due")
    return [Due(sheet, sheet.expires_at, sheet.expires_at <= moment) for sheet in found if sheet.expires_at]


def week(by: Viewer | None) -> Week:
    """The last seven days of real time: refusals at sign-in, and every kind of act that changes or uses access."""
    viewer = require(by, "see_review")
    since = real_now() - WEEK
    wanted = Q(code__in=WATCHED_CODES)
    for beginning in WATCHED:
        wanted |= Q(code__startswith=beginning)
    rows = (
        Entry.objects.filter(wanted, real_at__gte=since)
        .values("code")
        .annotate(times=Count("id"), seats=Count("actor", distinct=True), last=Max("real_at"))
    )
    kinds = [
        Kind(row["code"], SENTENCES.get(row["code"], row["code"]), row["times"], row["seats"], row["last"])
        for row in rows.order_by("-times")
    ]
    last = Entry.objects.filter(code="account.reviewed").order_by("-real_at").first()
    who = labels([last.actor]).get(last.actor, "") if last and last.actor else ""
    record(viewer, "account.looked", [], "the week's log")
    return Week(since, refusals(since), kinds, last.real_at if last else None, who, last.reason if last else "")


def refusals(since: datetime.datetime) -> list[Refusal]:
    """Sign-ins that were refused and paths that were locked, newest first."""
    rows = list(
        Entry.objects.filter(code__in=("person.refused", "person.locked"), real_at__gte=since).order_by("-real_at")[
            :MOST
        ]
    )
    seats = full_labels([entry.actor for entry in rows])
    ids: set[uuid.UUID] = {key for entry in rows for key in entry.objects_ids}
    people = dict(Person.objects.filter(id__in=ids).values_list("id", "label"))

    def told(entry: Entry) -> Refusal:
        account = ", ".join(people[key] for key in entry.objects_ids if key in people)
        actor = seats.get(entry.actor, "") if entry.actor else ""
        locked = entry.code == "person.locked"
        who = (actor if locked else account) or actor
        return Refusal(entry.real_at, who, SENTENCES[entry.code], entry.reason, account if locked else "")

    return [told(row) for row in rows]


@transaction.atomic
def review_week(by: Viewer | None, note: str) -> None:
    """Write down that the week's log was looked at, and what was found."""
    viewer = require(by, "review_week")
    said = clean_line("note", note, limit=300, required=True)
    record(viewer, "account.reviewed", [], said)
