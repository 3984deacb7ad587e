"""The outbox: what happened, as ids, written in the transaction that did it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Event(models.Model):
    """One happening for the live streams and channels; rows are dropped when they are a day old."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    ids = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="live_event_at")]


class Heartbeat(models.Model):
    """How a loop of the house fares: when it last ran, how often it has failed in a row, why, when it tries again."""

    name = models.CharField(primary_key=True, max_length=40)
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    next_try_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
