"""Incidents and topics, what is linked to them, the facts they hold, and the reference catalogue of past incidents."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.handling.models import Derived, Governed, Sheet
from vedette.kit.ids import new_id
from vedette.reporting.models import Claim

OPEN = Q(until__isnull=True)


class Incident(Governed):
    """The event; reports are linked to it, proposed by the house and confirmed by a person."""

    class State(models.TextChoices):
        ACTIVE = "active", "active"
        WATCHED = "watched", "watched"
        CLOSED = "closed", "closed"
        MERGED = "merged", "merged into another"

    title = models.CharField(max_length=200)
    place_name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    zone = models.CharField(max_length=60, default="UTC")
    city = models.CharField(max_length=120, blank=True)
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Standing(Derived):
    """How an incident stood, dated: its state, its title, and into which it was merged."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("incident__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="standings")
    state = models.CharField(max_length=8, choices=Incident.State.choices)
    title = models.CharField(max_length=200)
    merged_into = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident"], condition=OPEN, name="incident_standing_current")]


class Topic(Governed):
    """A standing question with an owner, what we want to know, and a review date. No person may be a topic."""

    title = models.CharField(max_length=200)
    wanted = models.TextField()
    owner = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    review_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title


class Link(Derived):
    """A report, request or release that belongs to an incident or a topic, dated; with the score and reasons it was proposed with."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Sheet, models.PROTECT, related_name="links")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="links")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="links")
    score = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=OPEN & Q(incident__isnull=False), name="one_incident_a_report"
            ),
            models.UniqueConstraint(
                fields=["topic", "report"], condition=OPEN & Q(topic__isnull=False), name="link_to_a_topic_once"
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=False, topic__isnull=True) | Q(incident__isnull=True, topic__isnull=False),
                name="link_to_one",
            ),
        ]
        indexes = [models.Index(fields=["incident", "-since"], name="link_of_incident", condition=OPEN)]


class Fact(Derived):
    """What an incident holds for one subject and kind, chosen by a person among claims; dated."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("bases__claim__report__sheet__",)

    class Sure(models.TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        PROBABLE = "probable", "probable"
        OPEN = "open", "open"
        CONTRADICTED = "contradicted", "contradicted"

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=300)
    number = models.IntegerField(null=True)
    sure = models.CharField(max_length=12, choices=Sure.choices, default=Sure.OPEN)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "kind", "subject"], condition=OPEN, name="fact_current")
        ]


class Basis(models.Model):
    """A claim that a fact rests on."""

    id = models.UUIDField(primary_key=True, default=new_id)
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="bases")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="supports")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "claim"], name="basis_once")]


class CatalogueEntry(models.Model):
    """A past incident of the public record, as the reference catalogue tells it."""

    id = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    start = models.DateTimeField()
    city = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    lat = models.FloatField()
    lon = models.FloatField()
    methods = ArrayField(models.CharField(max_length=40))
    facts = models.JSONField()


class Measure(models.Model):
    """What somebody did after a past incident, in which horizon, and whether it is still in force."""

    id = models.CharField(primary_key=True, max_length=90)
    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="measures")
    horizon = models.CharField(max_length=8)
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=200)
    what = models.TextField()
    done = models.CharField(max_length=40)
    still_in_force = models.BooleanField(null=True)
    outcome = models.TextField(blank=True)
    source = models.JSONField()
