"""What a funder does not pay of a claim, why, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vedette.funding.models.books import ClaimItem
from vedette.handling.models import Derived
from vedette.kit.ids import new_id

OPEN = Q(until__isnull=True)


class Dispute(Derived):
    """The part of a claimed cost that its funder does not pay, with his reason, dated; it ends paid, written off or claimed again."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("item__allocation__expense__sheet__",)

    class Outcome(models.TextChoices):
        PAID = "paid", "the funder pays it after all"
        WRITTEN_OFF = "written-off", "written off: we bear it ourselves"
        AGAIN = "again", "taken back, to be claimed again"

    id = models.UUIDField(primary_key=True, default=new_id)
    item = models.ForeignKey(ClaimItem, models.PROTECT, related_name="disputes")
    amount = models.BigIntegerField()
    because = models.CharField(max_length=300)
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=OPEN, name="dispute_current"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="dispute_above_nothing"),
            models.CheckConstraint(condition=OPEN ^ ~Q(outcome=""), name="dispute_ended_whole"),
        ]
