"""Playbooks as data, runs over five horizons, tasks and deployments as orders, decisions, sites, the watch's log."""

import datetime
from functools import cached_property
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat, Unit
from vedette.handling.models import Derived, Governed, Sheet
from vedette.incidents.models import Incident
from vedette.kit.ids import new_id
from vedette.response.plans import Plan, plan_of

OPEN = Q(until__isnull=True)


class Horizon(models.TextChoices):
    """The five horizons of a response."""

    MINUTES = "minutes", "minutes"
    DAYS = "days", "days"
    WEEK = "week", "week"
    WEEKS = "weeks", "weeks"
    ONGOING = "ongoing", "ongoing"


class Playbook(models.Model):
    """A plan as versioned data, dated: horizons and tasks; a run keeps the version it was started from."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=60)
    version = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="playbook_version"),
            models.UniqueConstraint(fields=["key"], condition=OPEN, name="playbook_current"),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def plan(self) -> Plan:
        """Its horizons and tasks as typed values."""
        return plan_of(self.content)


class Run(Governed):
    """A playbook run for an incident; `basis` is the report it was started on."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="runs")
    playbook = models.ForeignKey(Playbook, models.PROTECT, related_name="runs")
    basis = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "playbook"], condition=Q(ended_at__isnull=True), name="one_run_of_a_playbook"
            )
        ]

    def over(self, moment: datetime.datetime | None = None) -> bool:
        """Whether it had ended at a moment (now when none is given)."""
        return self.ended_at is not None and (moment is None or self.ended_at <= moment)


class Task(Governed):
    """One action: its owner, when it is given and due, what it rests on, what evidence is wanted."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=20, blank=True)
    position = models.SmallIntegerField(default=0)
    horizon = models.CharField(max_length=8, choices=Horizon.choices)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    evidence_wanted = models.CharField(max_length=300, blank=True)
    owner_kind = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    basis = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "key"], condition=~Q(key=""), name="task_of_run_once")]


class Site(models.Model):
    """A protected place at home: station, hotel, venue, mission."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    sector = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=120, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    priority = models.SmallIntegerField(default=3)
    until = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Deployment(Governed):
    """A unit stands at a site (or a place in words) from when to when, by order; acknowledged like any order."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="deployments")
    place = models.CharField(max_length=200, blank=True)
    strength = models.CharField(max_length=80, blank=True)
    order = models.TextField()
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="deployments")
    basis = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    @property
    def where(self) -> str:
        """The site's name, or the place in words."""
        return self.site.name if self.site else self.place


class OrderState(Derived):
    """Where an order (a task or a deployment) stands, dated: who had it, who answered, why; these are its receipts."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("order__",)

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        OPEN = "open", "nobody has it"
        GIVEN = "given", "given"
        OPENED = "opened", "opened"
        ACKNOWLEDGED = "acknowledged", "acknowledged"
        DONE = "done", "done"
        CANNOT = "cannot", "cannot"
        ENDED = "ended", "ended"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.ForeignKey(Sheet, models.PROTECT, related_name="order_states")
    state = models.CharField(max_length=12, choices=State.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order"], condition=OPEN, name="order_state_current")]
        indexes = [
            models.Index(fields=["since"], name="order_planned", condition=OPEN & Q(state="planned")),
            models.Index(fields=["order", "since"], name="order_states"),
        ]


class Decision(Governed):
    """What a commander decided: the question, the choices there were, the one taken, on what basis."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=300)
    options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    chosen = models.CharField(max_length=300)
    because = models.TextField(blank=True)
    basis = models.ForeignKey(Sheet, models.PROTECT, related_name="+")


class ShiftEntry(Governed):
    """A free line of the watch's log."""

    text = models.TextField()


class Handover(Governed):
    """A watch handed over: from whom to whom, what was open then (as ids), and a note."""

    duty = models.SlugField(max_length=40)
    from_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    to_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    open_items = models.JSONField(default=dict)
