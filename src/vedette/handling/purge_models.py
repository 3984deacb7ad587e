"""Purge orders: who asked for it and who decided, two persons; of which records; what was done. All append-only."""

from django.db import models

from vedette.agencies.models import Seat
from vedette.kit.ids import new_id


class PurgeOrder(models.Model):
    """That records be purged: on which legal basis, why (never their words), asked by whom, when."""

    class Basis(models.TextChoices):
        RETENTION = "retention", "its time is over and it was not validated (28 CFR 23.20(h))"
        UNLAWFUL = "unlawful", "it should not have been collected or kept (28 CFR 23.20(b) to (d))"
        COURT = "court", "a court ordered it"
        PERSON = "person", "a person’s right to erasure (modelled on Directive (EU) 2016/680, Art. 16)"
        ORIGINATOR = "originator", "its originator asks for it"

    id = models.UUIDField(primary_key=True, default=new_id)
    reference = models.CharField(max_length=40, unique=True)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class PurgeItem(models.Model):
    """A record an order speaks of: taken with it, or left because the asker said so; and how it came to be there."""

    class Why(models.TextChoices):
        ASKED = "asked", "the record itself"
        RESTS = "rests", "rests on it"
        ANSWERED = "answered", "was answered by it"
        ABOUT = "about", "was sent about it"
        LINKED = "linked", "it is linked to this"
        QUOTES = "quotes", "repeats its words"
        HOLDS = "holds", "holds the words that were looked for"

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.ForeignKey(PurgeOrder, models.PROTECT, related_name="items")
    sheet = models.ForeignKey("handling.Sheet", models.PROTECT, related_name="purge_items")
    why = models.CharField(max_length=8, choices=Why.choices)
    taken = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "sheet"], name="purge_item_once")]


class PurgeDecision(models.Model):
    """What a second person decided of an order, once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.OneToOneField(PurgeOrder, models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class PurgeResult(models.Model):
    """That an order was carried out, and how many rows of each table were blanked; after it the order is worth nothing."""

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.OneToOneField(PurgeOrder, models.PROTECT, related_name="result")
    counts = models.JSONField()
    at = models.DateTimeField()
