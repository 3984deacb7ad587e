"""Reads of the response: runs, one order, playbooks, sites; never more than the viewer may read."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Exists, Q, QuerySet

from vedette.agencies.models import Unit
from vedette.agencies.viewer import Viewer
from vedette.handling.policy import delivered_to, readable
from vedette.incidents.models import Incident
from vedette.kit.dated import in_force
from vedette.kit.errors import Missing
from vedette.response.models import Deployment, OrderState, Playbook, Run, Site, Task

Order = Task | Deployment
PARTS = ("sheet", "sheet__access_class", "unit")


def runs_seen(viewer: Viewer | None) -> QuerySet[Run]:
    """The responses whose board the viewer may read; a board tells its incident, so that must be readable as well."""
    rows: QuerySet[Run] = Run.objects.seen_by(viewer).filter(
        readable(viewer, "sheet__"), readable(viewer, "incident__sheet__")
    )
    return rows.select_related("sheet", "sheet__access_class", "incident__sheet", "playbook", "basis__access_class")


def running(viewer: Viewer | None) -> list[Run]:
    """The responses that run, the newest first."""
    return list(runs_seen(viewer).filter(ended_at__isnull=True).order_by("-started_at"))


def ended(viewer: Viewer | None, limit: int = 20) -> list[Run]:
    """The responses that have ended, the newest first."""
    return list(runs_seen(viewer).filter(ended_at__isnull=False).order_by("-ended_at")[:limit])


def runs_of(viewer: Viewer | None, incident: Incident, moment: datetime.datetime | None = None) -> list[Run]:
    """The responses to one incident that had begun at a moment (now when none is given), those then running first."""
    rows = runs_seen(viewer).filter(incident=incident).order_by("-started_at")
    if moment is not None:
        rows = rows.filter(started_at__lte=moment)
    return sorted(rows, key=lambda run: run.over(moment))


def access_run(viewer: Viewer | None, key: uuid.UUID | None) -> Run:
    """A response on which a verb is about to act; Missing when there is nothing the viewer may read."""
    row = runs_seen(viewer).filter(pk=key).first() if key else None
    if row is None:
        raise Missing
    return row


def tasks_seen(viewer: Viewer | None) -> QuerySet[Task]:
    """The tasks a viewer may read: his own unit's, his own, and of the others those whose basis he may read as well."""
    rows: QuerySet[Task] = Task.objects.seen_by(viewer).filter(readable(viewer, "sheet__"))
    if viewer is None:
        return rows
    mine = Q(Exists(delivered_to(viewer, "pk", recalled=False))) | Q(sheet__author=viewer.seat_id)
    return rows.filter(mine | readable(viewer, "basis__")).select_related(*PARTS, "run__incident", "run__playbook")


def deployments_seen(viewer: Viewer | None) -> QuerySet[Deployment]:
    """The deployments a viewer may read."""
    rows: QuerySet[Deployment] = Deployment.objects.seen_by(viewer).filter(readable(viewer, "sheet__"))
    return rows.select_related(*PARTS, "site", "run__incident")


def access_order(viewer: Viewer | None, key: uuid.UUID | None) -> Order:
    """A task or a deployment on which a verb is about to act; Missing when there is nothing the viewer may read."""
    if key is None:
        raise Missing
    row: Order | None = tasks_seen(viewer).filter(pk=key).first() or deployments_seen(viewer).filter(pk=key).first()
    if row is None:
        raise Missing
    return row


def access_deployment(viewer: Viewer | None, key: uuid.UUID | None) -> Deployment:
    """A deployment on which a verb is about to act."""
    row = deployments_seen(viewer).filter(pk=key).first() if key else None
    if row is None:
        raise Missing
    return row


def trail_of(viewer: Viewer | None, order: Order, moment: datetime.datetime | None = None) -> list[OrderState]:
    """Where an order stood, from the first to the last: its receipts; with a moment, those there were by then."""
    rows = OrderState.objects.seen_by(viewer).filter(order=order.sheet).select_related("by", "unit")
    if moment is not None:
        rows = rows.filter(since__lte=moment)
    return list(rows.order_by("since", "id"))


def states_of(
    viewer: Viewer | None, ids: Iterable[uuid.UUID], moment: datetime.datetime | None = None
) -> dict[uuid.UUID, OrderState]:
    """The state that was in force for each of these orders at a moment (now when none is given)."""
    rows = OrderState.objects.seen_by(viewer).filter(in_force(moment), order__in=list(ids))
    return {row.order_id: row for row in rows.select_related("by", "unit")}


def playbooks() -> list[Playbook]:
    """The playbooks in force, by title."""
    return list(Playbook.objects.filter(until__isnull=True).order_by("title"))


def unit_kinds() -> list[str]:
    """The kinds of units that the playbooks in force give their tasks to."""
    return sorted({task.owner_kind for row in playbooks() for task in row.plan.tasks})


def sites(priority: int = 9) -> list[Site]:
    """The protected places at home up to a priority, the first ones first."""
    return list(Site.objects.filter(priority__lte=priority, until__isnull=True).order_by("priority", "name"))


def site_by(key: str) -> Site | None:
    """The site of this key or id."""
    identity = _as_id(key)
    return Site.objects.filter(Q(key=key) | (Q(id=identity) if identity else Q(pk__in=()))).first() if key else None


def unit_by(key: str) -> Unit | None:
    """The home unit of this key or id."""
    identity = _as_id(key)
    return Unit.objects.filter(Q(key=key) | (Q(id=identity) if identity else Q(pk__in=()))).first() if key else None


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
