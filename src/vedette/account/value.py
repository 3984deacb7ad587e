"""What the programme is worth: what came in, what was done with it, how much sooner, who was told, what it cost. Figures only.

A report is acted on when a task, an order or a deployment rests on it or on its incident, or a signed release does. Small
numbers are cases, not rates: every figure carries how many it rests on.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Count, Max, Min, Q, Sum

from vedette.agencies.models import Agency
from vedette.funding.models import Line
from vedette.incidents.models import Link
from vedette.programme.models import Post
from vedette.reporting.models import Received, Report, Request, RequestState
from vedette.response.models import Decision, Deployment, Task
from vedette.sharing.models import Delivery, Receipt, Release, Rest

REASON = "the statement counts records of a span and shows none of them"
# Below this many cases a share is not given as one.
FEW = 10
Moment = datetime.datetime


@dataclass(frozen=True)
class Lead:
    """How many minutes before another channel a report came; below nothing when that channel was first."""

    report: uuid.UUID
    post: uuid.UUID
    channel: str
    minutes: int


@dataclass(frozen=True)
class PostValue:
    """One post over a span: reports, those acted on, questions, minutes ahead, cost in minor units of the books."""

    post: Post
    reports: int = 0
    acted_on: int = 0
    asked: int = 0
    answered: int = 0
    leads: tuple[Lead, ...] = ()
    cost: int = 0
    waits: tuple[int, ...] = ()

    @property
    def median_wait(self) -> int | None:
        """The middle of the minutes until a question was answered; None where none was."""
        return round(median(self.waits)) if self.waits else None

    @property
    def median_lead(self) -> int | None:
        """The middle of its leads in minutes; None where nothing could be compared."""
        return round(median(one.minutes for one in self.leads)) if self.leads else None

    @property
    def cost_per_report(self) -> int | None:
        """What one report cost; None without reports."""
        return round(self.cost / self.reports) if self.reports else None

    @property
    def cost_per_acted_on(self) -> int | None:
        """What one report that was acted on cost; None where none was."""
        return round(self.cost / self.acted_on) if self.acted_on else None


@dataclass(frozen=True)
class Value:
    """The programme over a span of days."""

    begins: Moment
    ends: Moment
    posts: list[PostValue] = field(default_factory=list)
    releases: int = 0
    told: int = 0
    acknowledged: int = 0
    told_ours: int = 0
    acknowledged_ours: int = 0
    missions_cost: int = 0

    @property
    def reports(self) -> int:
        """All reports of the span."""
        return sum(row.reports for row in self.posts)

    @property
    def acted_on(self) -> int:
        """Those that something rests on."""
        return sum(row.acted_on for row in self.posts)

    @property
    def leads(self) -> list[Lead]:
        """Every comparison with another channel."""
        return [lead for row in self.posts for lead in row.leads]

    @property
    def not_compared(self) -> int:
        """Acted-on reports that no other channel could be set against."""
        return self.acted_on - len({lead.report for lead in self.leads})

    @property
    def few(self) -> bool:
        """Whether there are too few cases for rates."""
        return self.acted_on < FEW


def value_of(begins: Moment, ends: Moment) -> Value:
    """The value of the span from `begins` up to, not including, `ends`; a fixed number of questions, however long it is."""
    reports = list(
        Report.objects.as_house(REASON)
        .filter(sheet__filed_at__gte=begins, sheet__filed_at__lt=ends, sheet__withdrawn_at__isnull=True)
        .values_list("pk", "post", "sheet__filed_at")
    )
    acted = acted_on({key: at for key, _post, at in reports})
    leads = leads_of(reports, acted)
    by_post: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for key, post, _at in reports:
        by_post[post].append(key)
    asked, answered, waits = _questions(begins, ends)
    cost = _costs(begins, ends)
    rows = [
        PostValue(
            post,
            len(by_post[post.id]),
            sum(key in acted for key in by_post[post.id]),
            asked.get(post.id, 0),
            answered.get(post.id, 0),
            tuple(lead for lead in leads if lead.post == post.id),
            cost.get(post.id, 0),
            tuple(waits.get(post.id, ())),
        )
        for post in Post.objects.order_by("city", "key")
    ]
    told, acknowledged, told_ours, acknowledged_ours = _informed(begins, ends)
    signed = Release.objects.as_house(REASON).filter(signed_at__gte=begins, signed_at__lt=ends)
    return Value(
        begins,
        ends,
        [row for row in rows if row.reports or row.cost or row.asked],
        signed.count(),
        told,
        acknowledged,
        told_ours,
        acknowledged_ours,
        cost.get(None, 0),
    )


def acted_on(filed: Mapping[uuid.UUID, Moment]) -> set[uuid.UUID]:
    """Those of these reports (with when each was filed) that something done at home, or something released, rests on.

    By themselves; or by their incident, when something was done for it after the report had come: what was done before
    it cannot have been done because of it.
    """
    links = Link.objects.as_house(REASON).filter(report__in=filed, incident__isnull=False, until__isnull=True)
    incident_of = dict(links.values_list("report", "incident"))
    last = _last_deeds({*filed, *incident_of.values()})
    signed = Rest.objects.as_house(REASON).filter(sheet__in=filed, paragraph__release__signed_at__isnull=False)
    found = set(signed.values_list("sheet", flat=True)) | (filed.keys() & last.keys())
    return found | {key for key, one in incident_of.items() if one in last and filed[key] <= last[one]}


def _last_deeds(bases: set[uuid.UUID]) -> dict[uuid.UUID, Moment]:
    """When something was last done because of each of these records."""
    last: dict[uuid.UUID, Moment] = {}
    for model, moment in ((Task, "given_at"), (Decision, "sheet__filed_at"), (Deployment, "since")):
        rows = model.objects.as_house(REASON).filter(basis__in=bases)
        for basis, at in rows.values_list("basis").annotate(last=Max(moment)).order_by():
            last[basis] = max(at, last.get(basis, at))
    return last


def leads_of(reports: list[tuple[uuid.UUID, uuid.UUID, Moment]], acted: set[uuid.UUID]) -> list[Lead]:
    """Each acted-on report against the first word of each channel about it; an incident's first report against what is about it."""
    filed = {key: (post, at) for key, post, at in reports if key in acted}
    firsts = _first_of_incident(filed)
    rows = Received.objects.as_house(REASON).filter(about__in=[*filed, *firsts])
    found = []
    for channel, sheet, first in rows.values_list("channel", "about").annotate(first=Min("received_at")):
        key = firsts.get(sheet, sheet)
        post, at = filed[key]
        found.append(Lead(key, post, channel, round((first - at).total_seconds() / 60)))
    return found


def _first_of_incident(filed: dict[uuid.UUID, tuple[uuid.UUID, Moment]]) -> dict[uuid.UUID, uuid.UUID]:
    links = Link.objects.as_house(REASON).filter(report__in=filed, incident__isnull=False, until__isnull=True)
    firsts: dict[uuid.UUID, uuid.UUID] = {}
    for report, incident in links.values_list("report", "incident"):
        if incident not in firsts or filed[report][1] < filed[firsts[incident]][1]:
            firsts[incident] = report
    return firsts


def _questions(
    begins: Moment, ends: Moment
) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, int], dict[uuid.UUID, list[int]]]:
    """By post: questions of the span, those answered by their time, and after how many minutes each answer came."""
    rows = Request.objects.as_house(REASON).filter(
        sheet__filed_at__gte=begins, sheet__filed_at__lt=ends, to_post__isnull=False
    )
    asked = dict(rows.values_list("to_post").annotate(n=Count("pk")))
    states = RequestState.objects.as_house(REASON).filter(request__in=rows, state=Request.State.ANSWERED)
    first = states.values_list("request", "request__to_post", "request__sheet__filed_at", "request__due_at")
    answered: dict[uuid.UUID, int] = defaultdict(int)
    waits: dict[uuid.UUID, list[int]] = defaultdict(list)
    for _request, post, filed, due, at in first.annotate(at=Min("since")).order_by():
        answered[post] += at <= due
        waits[post].append(round((at - filed).total_seconds() / 60))
    return asked, dict(answered), dict(waits)


def _costs(begins: Moment, ends: Moment) -> dict[uuid.UUID | None, int]:
    """What each post cost in the span, in minor units of the books; all missions together under None."""
    lines = Line.objects.filter(account=Line.Account.COST, day__gte=begins.date(), day__lt=ends.date())
    rows = lines.values_list("post").annotate(sum=Sum("amount")).order_by()
    return dict(rows)


def _informed(begins: Moment, ends: Moment) -> tuple[int, int, int, int]:
    """Deliveries of the span and those acknowledged, all and our own commands'."""
    rows = Delivery.objects.as_house(REASON).filter(delivered_at__gte=begins, delivered_at__lt=ends)
    known = (
        Receipt.objects.as_house(REASON).filter(delivery__in=rows, kind=Receipt.Kind.ACKNOWLEDGED).values("delivery")
    )
    ours = Q(recipient__unit__isnull=False) | Q(recipient__seat__agency__kind=Agency.Kind.HOME)
    counts = rows.aggregate(
        all=Count("pk"),
        known=Count("pk", filter=Q(pk__in=known)),
        ours=Count("pk", filter=ours),
        ours_known=Count("pk", filter=ours & Q(pk__in=known)),
    )
    return counts["all"], counts["known"], counts["ours"], counts["ours_known"]
