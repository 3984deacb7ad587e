"""What was opened on a phone, and what was written there as an answer and came too late to be one. Ids and times only."""

from typing import ClassVar

from django.db import models

from vedette.agencies.models import Seat
from vedette.handling.models import Derived, Sheet
from vedette.kit.ids import new_id
from vedette.reporting.models import Report


class Opening(Derived):
    """A seat opened a record on its phone, which may have had no network: when by the corrected clock, when we heard."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)

    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    handset = models.ForeignKey("handsets.Handset", models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "seat"], name="opening_once_a_seat")]


class Carriage(Derived):
    """A record's words reached a phone of a seat for the first time: it holds them from then on, opened or not."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)

    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "seat"], name="carriage_once_a_seat")]


class LateAnswer(Derived):
    """A report written as the answer to a question that no longer waited when it came: kept, with what it was meant for."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)

    class Why(models.TextChoices):
        CLOSED = "closed", "it no longer waited"
        MOVED = "moved", "it was passed to another post"
        GONE = "gone", "it was taken back"

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="late_answer")
    meant = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=8, choices=Why.choices)
    at = models.DateTimeField()
