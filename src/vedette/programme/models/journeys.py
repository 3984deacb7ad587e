"""Who goes on a mission, what must be clear before, what is done there, and what was learned."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from vedette.agencies.models import Seat
from vedette.handling.models import Derived
from vedette.kit.ids import new_id
from vedette.programme.models.missions import Mission, MissionNeed

OPEN = Q(until__isnull=True)


class OfMission(Derived):
    """A dated row under a mission's sheet."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("mission__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="%(class)ss")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class MissionMember(OfMission):
    """A seat on the team over a span of days, and the skill it fills; nobody is on two missions (exclusion)."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="missions")
    role = models.ForeignKey(MissionNeed, models.PROTECT, null=True, related_name="members")
    days = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="member_no_overlap",
                expressions=[("seat", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                condition=OPEN,
            )
        ]


class MissionCheck(OfMission):
    """One line of the list before travel, dated; vettings carry a case number and counts, never a name."""

    class Kind(models.TextChoices):
        INVITATION = "host-invitation", "host's invitation"
        CLEARANCE = "country-clearance", "country clearance by the embassy"
        LIAISON = "federal-liaison", "notice to the federal liaison"
        UNITS = "unit-vetting", "human-rights vetting of the units"
        TRAINEES = "trainee-vetting", "human-rights vetting of the trainees"
        STATUS = "status", "status and immunities"
        THREAT = "threat", "threat level and security briefing"
        INSURANCE = "insurance", "insurance"
        MEDICAL = "medical", "medical"
        TRAINING = "training", "training of the team"
        BACKFILL = "backfill", "backfill at home"
        FUNDING = "funding", "funding"

    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"
        REFUSED = "refused", "refused"
        NOT_NEEDED = "not-needed", "not needed"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    valid_until = models.DateField(null=True)
    case_number = models.CharField(max_length=40, blank=True)
    vetted_on = models.DateField(null=True)
    cleared = models.IntegerField(null=True)
    suspended = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "kind"], condition=OPEN, name="mission_check_current"),
            models.CheckConstraint(
                condition=(Q(cleared__isnull=True) | Q(cleared__gte=0))
                & (Q(suspended__isnull=True) | Q(suspended__gte=0)),
                name="mission_check_counts",
            ),
        ]


class MissionTask(OfMission):
    """What the team is to do; outside its mandate only with the chief's and the bureau's recorded leave."""

    title = models.CharField(max_length=300)
    day = models.DateField(null=True)
    outside_mandate = models.BooleanField(default=False)
    leave_by = models.UUIDField(null=True)
    leave_at = models.DateTimeField(null=True)
    leave_because = models.CharField(max_length=300, blank=True)
    bureau_leave = models.CharField(max_length=200, blank=True)
    bureau_leave_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outside_mandate=False)
                | (
                    ~Q(leave_because="")
                    & ~Q(bureau_leave="")
                    & Q(leave_by__isnull=False, bureau_leave_on__isnull=False)
                ),
                name="mission_task_mandate",
            )
        ]


class MissionSession(OfMission):
    """One session of the curriculum: title, day, hours; trainees counted, never named."""

    title = models.CharField(max_length=300)
    day = models.DateField()
    hours = models.DecimalField(max_digits=3, decimal_places=1)
    trainees = models.SmallIntegerField()
    vetted = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(trainees__gte=1, vetted__gte=0, vetted__lte=F("trainees"), hours__gt=0, hours__lte=24),
                name="mission_session_counts",
            )
        ]


class CheckIn(OfMission):
    """A sign of life the team owes at a moment; one that is missed climbs its ladder."""

    due = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    told_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision_m = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "due"], condition=OPEN, name="check_in_once"),
        ]


class Debrief(OfMission):
    """The report after a mission; a new wording closes the one before."""

    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mission"], condition=OPEN, name="debrief_current")]


class Observation(OfMission):
    """One thing seen on a mission that others may learn from; lessons begin with these rows."""

    class Element(models.TextChoices):
        PLANNING = "planning", "planning"
        ORGANISATION = "organisation", "organisation"
        EQUIPMENT = "equipment", "equipment"
        TRAINING = "training", "training"
        EXERCISE = "exercise", "exercise"

    element = models.CharField(max_length=12, choices=Element.choices)
    text = models.TextField()
    suggestion = models.TextField(blank=True)
