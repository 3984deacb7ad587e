"""Officers abroad and the signs of life each owes; who said that he is under duress."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.handling.models import Governed

OPEN = Q(until__isnull=True)


class SafetyCheck(Governed):
    """A sign of life one officer owes at a moment (`due`), or gave unasked (no `due`); a missed one climbs its ladder.

    Where he means to be stands in `place`, where he was when he gave it in `told_place`. `done_at` is when he said so
    by his own phone, `told_at` when the house heard of it. Dropped: `until` with `because`.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="safety_checks")
    due = models.DateTimeField(null=True)
    zone = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision_m = models.IntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    told_place = models.CharField(max_length=200, blank=True)
    told_lat = models.FloatField(null=True)
    told_lon = models.FloatField(null=True)
    told_precision_m = models.IntegerField(null=True)
    until = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat", "due"], condition=OPEN & Q(done_at__isnull=True), name="safety_check_once"
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=False) | Q(done_at__isnull=False), name="safety_check_owed_or_given"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["seat", "-since"], name="safety_check_of_seat")]


class Duress(Governed):
    """A seat's phone was unlocked by the duress PIN: when, by which phone, where it was last known to be.

    Its sheet has no author and is kept from the person, so that he never sees it. Closed with what was done.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="duresses")
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    handset = models.UUIDField(null=True)
    handset_label = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision_m = models.IntegerField(null=True)
    position_at = models.DateTimeField(null=True)
    position_from = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    done = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"], name="duress_open", condition=OPEN)]
