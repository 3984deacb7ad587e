"""The one Clock of the house: due, ladder, acknowledgements needed; and who is on duty now."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, Seat, Unit
from vedette.handling.models import Sheet
from vedette.kit.ids import new_id


class Ladder(models.Model):
    """Escalation steps: after so many minutes, this duty is told; names duties, never persons."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    steps = models.JSONField()


class Duty(models.Model):
    """Who is on a duty from when to when, and how to reach that seat."""

    id = models.UUIDField(primary_key=True, default=new_id)
    duty = models.SlugField(max_length=40)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="duties")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reach = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["duty", "-since"], name="duty_now")]


class Clock(models.Model):
    """Something is due; it escalates along its ladder until enough have acknowledged."""

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
    step = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(state="running", subject__isnull=False), name="one_open_clock"
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="clock_due", condition=Q(state="running"))]


class Escalation(models.Model):
    """One step taken: which duty was told, whom that was, when."""

    id = models.UUIDField(primary_key=True, default=new_id)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="escalations")
    step = models.SmallIntegerField()
    duty = models.CharField(max_length=40)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "step"], name="escalation_once")]
