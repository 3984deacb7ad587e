"""Reads of standing questions: the list with what the viewer may see of each, one page, and what a record bears on."""

import datetime
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from vedette.agencies.queries import labels
from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sheet
from vedette.incidents.models import Link, Topic
from vedette.kit.errors import Missing
from vedette.kit.time import now
from vedette.search.models import Entry

DUE_SOON = datetime.timedelta(days=14)
ON_TIME, SOON, DUE, CLOSED = "on time", "soon", "due", "closed"


@dataclass(frozen=True)
class TopicRow:
    """A standing question as a list shows it: how many records the viewer sees under it, by kind, and the last of them."""

    topic: Topic
    owner: str
    review: str
    counts: dict[str, int]
    last_at: datetime.datetime | None

    @property
    def linked(self) -> int:
        """How many records the viewer sees under it."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class LinkedRow:
    """A record under a question: its sheet, what it is called, when it happened, who linked it and why."""

    sheet: Sheet
    title: str
    at: datetime.datetime
    by: str
    because: str
    linked_at: datetime.datetime


def topics(viewer: Viewer | None, *, closed: bool = False) -> list[TopicRow]:
    """The standing questions the viewer may see, the one to review first on top; `closed`: those closed as well."""
    chosen = Topic.objects.seen_by(viewer).select_related("sheet")
    if not closed:
        chosen = chosen.filter(closed_at__isnull=True)
    rows = rows_of_topics(viewer, list(chosen.order_by("review_on", "sheet__filed_at")))
    return sorted(rows, key=lambda row: row.review == CLOSED)


def rows_of_topics(viewer: Viewer | None, found: list[Topic]) -> list[TopicRow]:
    """These questions with their owners and counts; three questions to the database, whatever their number."""
    links = Link.objects.seen_by(viewer).filter(topic__in=found, until__isnull=True)
    counts: dict[uuid.UUID, dict[str, int]] = {}
    last: dict[uuid.UUID, datetime.datetime] = {}
    for topic_id, kind, filed in links.values_list("topic_id", "report__kind", "report__filed_at"):
        of_topic = counts.setdefault(topic_id, {})
        of_topic[kind] = of_topic.get(kind, 0) + 1
        last[topic_id] = max(last.get(topic_id, filed), filed)
    owners = labels(topic.owner_id for topic in found)
    return [
        TopicRow(
            topic,
            owners.get(topic.owner_id, ""),
            review_state(viewer, topic),
            counts.get(topic.pk, {}),
            last.get(topic.pk),
        )
        for topic in found
    ]


def review_state(viewer: Viewer | None, topic: Topic) -> str:
    """Whether a question waits for its review: on time, soon (14 days), due, or closed."""
    if topic.closed_at is not None:
        return CLOSED
    today = now().astimezone(ZoneInfo(viewer.zone if viewer else "UTC")).date()
    if topic.review_on <= today:
        return DUE
    return SOON if topic.review_on - today <= DUE_SOON else ON_TIME


def linked_to(viewer: Viewer | None, topic: Topic) -> list[LinkedRow]:
    """The records under a question that the viewer may read, oldest first."""
    links = Link.objects.seen_by(viewer).filter(topic=topic, until__isnull=True).select_related("report")
    found = list(links)
    sheets = [link.report_id for link in found]
    entries = {row.sheet_id: row for row in Entry.objects.seen_by(viewer).filter(sheet__in=sheets)}
    seats = labels(link.by_id for link in found)
    rows = [_linked(link, entries.get(link.report_id), seats) for link in found]
    return sorted(rows, key=lambda row: (row.at, row.sheet.reference))


def _linked(link: Link, entry: Entry | None, seats: dict[uuid.UUID, str]) -> LinkedRow:
    return LinkedRow(
        sheet=link.report,
        title=entry.title if entry else "",
        at=entry.at if entry else link.report.filed_at,
        by=seats.get(link.by_id, "") if link.by_id else "",
        because=link.because,
        linked_at=link.since,
    )


def topics_of(viewer: Viewer | None, sheet_id: uuid.UUID) -> list[Topic]:
    """The standing questions a record bears on, where the viewer may read both."""
    links = Link.objects.seen_by(viewer).filter(report=sheet_id, topic__isnull=False, until__isnull=True)
    rows = Topic.objects.seen_by(viewer).filter(pk__in=list(links.values_list("topic_id", flat=True)))
    return list(rows.select_related("sheet").order_by("title"))


def tasking(viewer: Viewer | None) -> list[Topic]:
    """What every post is asked to keep an eye on: the open standing questions the viewer may see."""
    rows = Topic.objects.seen_by(viewer).filter(closed_at__isnull=True)
    return list(rows.select_related("sheet").order_by("title"))


def topics_due(viewer: Viewer | None) -> int:
    """How many open questions the viewer may see wait for their review."""
    return sum(review_state(viewer, topic) == DUE for topic in tasking(viewer))


def access_topic(viewer: Viewer | None, key: uuid.UUID | None) -> Topic:
    """A question on which a verb is about to act; Missing when there is nothing the viewer may see."""
    row: Topic | None = Topic.objects.seen_by(viewer).select_related("sheet").filter(pk=key).first() if key else None
    if row is None:
        raise Missing
    return row
