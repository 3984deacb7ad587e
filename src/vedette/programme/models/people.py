"""What an officer brings: languages, skills, papers, ties; when he is away; what he was honoured for.

These rows are a person's own. No sheet covers them: the verbs that read them let in himself, the programme manager and
the chief.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Person
from vedette.kit.ids import new_id

OPEN = Q(until__isnull=True)


class Qualification(models.Model):
    """One thing an officer can do or holds, dated; it counts once the manager has confirmed it."""

    class Kind(models.TextChoices):
        LANGUAGE = "language", "language"
        SKILL = "skill", "skill"
        CERTIFICATE = "certificate", "certificate or paper"
        COUNTRY = "country", "country known"
        TIE = "tie", "tie"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, models.PROTECT, related_name="qualifications")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=80)
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    tested = models.DateField(null=True)
    expires = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "name"], condition=OPEN, name="qualification_current"),
            models.CheckConstraint(
                condition=~Q(kind="language") & Q(level__isnull=True) | Q(kind="language", level__gte=0, level__lte=5),
                name="qualification_level",
            ),
            models.CheckConstraint(
                condition=Q(expires__isnull=True) | Q(tested__isnull=True) | Q(expires__gte=models.F("tested")),
                name="qualification_dates",
            ),
        ]


class Away(models.Model):
    """Days on which an officer cannot travel: on leave, limited, or on duty elsewhere."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "leave"
        LIMIT = "limit", "limit"
        DUTY = "duty", "duty elsewhere"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, models.PROTECT, related_name="away")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    days = DateRangeField()
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="away_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=OPEN,
            )
        ]


class Honour(models.Model):
    """A distinction an officer received on a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, models.PROTECT, related_name="honours")
    title = models.CharField(max_length=200)
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
