"""How a team travels and where it stays."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from vedette.programme.models.journeys import OPEN, OfMission


class Leg(OfMission):
    """One way of a team from a place to another, or one stay; each end in the time of its own place.

    A stay has no origin. A team is on one way at a time (exclusion); a stay may overlap the way that ends or leaves it.
    """

    class Means(models.TextChoices):
        FLIGHT = "flight", "flight"
        RAIL = "rail", "rail"
        ROAD = "road", "road"
        SEA = "sea", "sea"
        STAY = "stay", "lodging"

    means = models.CharField(max_length=8, choices=Means.choices)
    origin = models.CharField(max_length=120, blank=True)
    destination = models.CharField(max_length=120)
    begins = models.DateTimeField()
    begins_zone = models.CharField(max_length=60)
    ends = models.DateTimeField()
    ends_zone = models.CharField(max_length=60)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="leg_forward"),
            ExclusionConstraint(
                name="leg_one_way_at_a_time",
                expressions=[
                    ("mission", RangeOperators.EQUAL),
                    (
                        Func(F("begins"), F("ends"), function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=OPEN & ~Q(means="stay"),
            ),
        ]
