"""What a mission will cost, before it is paid; and the order number of a cost, where it came later."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from vedette.funding.models.books import Category, Expense, Grant, PayerRule
from vedette.handling.models import Derived
from vedette.kit.ids import new_id
from vedette.programme.models.journeys import OfMission

OPEN = Q(until__isnull=True)


class Commitment(OfMission):
    """What a mission will cost in a category on these days, as a whole; days of one category never overlap (exclusion).

    It stays what it was; a better estimate ends it and is entered beside it.
    """

    category = models.CharField(max_length=12, choices=Category.choices)
    days = DateRangeField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    rate_day = models.DateField()
    base_amount = models.BigIntegerField()
    order_number = models.CharField(max_length=40, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, base_amount__gt=0, rate__gt=0), name="commitment_above_nothing"
            ),
            ExclusionConstraint(
                name="commitment_no_overlap",
                expressions=[
                    ("mission", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=OPEN,
            ),
        ]


class CommitmentPart(Derived):
    """The part of a commitment that a grant will bear, under the rule that chose it; parts add up to the cent (trigger)."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("commitment__mission__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="parts")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="commitments")
    rule = models.ForeignKey(PayerRule, models.PROTECT, related_name="commitments")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "grant"], name="commitment_part_once_a_grant"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_part_above_nothing"),
        ]


class OrderNumber(Derived):
    """The order number that a cost was given after it was entered, dated, with its reason; the expense holds the one in force."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("expense__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    expense = models.ForeignKey(Expense, models.PROTECT, related_name="order_numbers")
    number = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["expense"], condition=OPEN, name="order_number_current")]
