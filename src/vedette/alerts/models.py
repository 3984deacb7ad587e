"""The one Clock of the house: due, ladder, acknowledgements needed; who is on duty; each step that was taken."""

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, Seat, Unit
from vedette.handling.models import Derived, Sheet
from vedette.kit.ids import new_id

OPEN = Q(until__isnull=True)
# What an order asks for, one after the other: first that it is acknowledged, then that it is done.
ACKNOWLEDGE, DEED = "acknowledge", "deed"


class Ladder(models.Model):
    """Escalation steps, dated: after so many minutes past due this duty is told; names duties, never persons.

    `minutes` is how long one has to answer. A clock keeps the ladder it was started with when a new one is written.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    minutes = models.IntegerField(default=0)
    steps = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], condition=OPEN, name="ladder_current")]


class Duty(models.Model):
    """Who is on a duty (of the desk, or of one unit) from when to when, and how to reach that seat."""

    id = models.UUIDField(primary_key=True, default=new_id)
    duty = models.SlugField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="duties")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reach = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=OPEN & Q(unit__isnull=True), name="one_on_duty"),
            models.UniqueConstraint(
                fields=["duty", "unit"], condition=OPEN & Q(unit__isnull=False), name="one_on_duty_of_unit"
            ),
        ]
        indexes = [models.Index(fields=["duty", "-since"], name="duty_now")]


class Clock(Derived):
    """Something is due; it escalates along its ladder until enough have acknowledged."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)

    class State(models.TextChoices):
        RUNNING = "running", "running"
        MET = "met", "met"
        STOPPED = "stopped", "stopped"

    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=24)
    subject = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    ladder = models.ForeignKey(Ladder, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    needed = models.SmallIntegerField(default=1)
    acknowledged = ArrayField(models.UUIDField(), default=list, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    met_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=300, blank=True)
    step = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    # A step that failed is tried again at this real time; the shown clock may stand still.
    attempts = models.SmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(state="running", subject__isnull=False), name="one_open_clock"
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state="running", subject__isnull=False, kind__in=(ACKNOWLEDGE, DEED)),
                name="one_open_clock_an_order",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="clock_due", condition=Q(state="running"))]

    def ran_at(self, moment: datetime.datetime) -> bool:
        """Whether an answer was still due at a moment."""
        if self.state == self.State.RUNNING:
            return self.started_at <= moment
        ended = self.met_at or self.stopped_at
        return ended is not None and self.started_at <= moment < ended


class Escalation(Derived):
    """One step taken: which duty, whom that was, whether he could be told; when it was due and when it was done."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("clock__sheet__",)

    class Outcome(models.TextChoices):
        TOLD = "told", "told"
        NOBODY = "nobody", "nobody on duty"
        NOT_CLEARED = "not-cleared", "on duty, but may not see this"

    id = models.UUIDField(primary_key=True, default=new_id)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="escalations")
    step = models.SmallIntegerField()
    duty = models.CharField(max_length=40)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.TOLD)
    at = models.DateTimeField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "step"], name="escalation_once")]
