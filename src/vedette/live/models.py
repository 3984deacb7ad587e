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
