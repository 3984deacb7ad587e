"""Missions abroad: who asks, for what, from when; how each stands, and what it needs."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency
from vedette.handling.models import Derived, Governed, Sheet
from vedette.kit.ids import new_id
from vedette.programme.models.agreements import Agreement

OPEN = Q(until__isnull=True)


class Mission(Governed):
    """A journey of a team: asked for by the bureau or a host, after an incident, or offered by officers themselves.

    `basis` is the incident's or report's sheet of a surge; `agreement` is the one that lets it happen.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", "training"
        ADVICE = "advice", "advice"
        SURGE = "surge", "surge after an incident"
        RELIEF = "relief", "disaster relief"

    class Origin(models.TextChoices):
        BUREAU = "bureau", "asked by the bureau"
        HOST = "host", "asked by a host"
        INCIDENT = "incident", "after an incident"
        OFFICERS = "officers", "offered by officers"

    key = models.SlugField(max_length=40, unique=True, null=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    asker = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="missions")
    basis = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="missions_after")
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    wanted_from = models.DateField()
    wanted_days = models.SmallIntegerField(validators=[MinValueValidator(1)])
    team = models.SmallIntegerField(validators=[MinValueValidator(1)])
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="missions")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wanted_days__gte=1, wanted_days__lte=730), name="mission_days"),
            models.CheckConstraint(condition=Q(team__gte=1, team__lte=60), name="mission_team"),
        ]

    def __str__(self) -> str:
        return self.title


class MissionState(Derived):
    """How a mission stands, dated; exactly one row is open. What the chief chose rides on `accepted`: from, days, place."""

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        MATCHING = "matching", "being matched"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        GO = "go", "go"
        NO_GO = "no-go", "no go"
        ABROAD = "abroad", "abroad"
        BACK = "back", "back"
        CLOSED = "closed", "closed"

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("mission__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="states")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    begins = models.DateField(null=True)
    days = models.SmallIntegerField(null=True)
    place = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission"], condition=OPEN, name="mission_state_current"),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=1, days__lte=730), name="mission_state_days"
            ),
        ]


class MissionNeed(Derived):
    """What the team must bring: a skill in so many seats, or a language at a level (ILR) in so many members."""

    class Kind(models.TextChoices):
        LANGUAGE = "language", "language"
        SKILL = "skill", "skill"

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("mission__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=80)
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    number = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "kind", "name"], name="mission_need_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=60), name="mission_need_number"),
            models.CheckConstraint(
                condition=Q(kind="skill", level__isnull=True) | Q(kind="language", level__gte=0, level__lte=5),
                name="mission_need_level",
            ),
        ]
