"""The replay: which chronology runs in a demonstration or exercise, how far it is."""

from django.db import models
from django.db.models import Q


class Replay(models.Model):
    """One row: what is replayed, how many messages were sent, when the next one is due on the shown clock."""

    only = models.BooleanField(primary_key=True, default=True)
    chronology = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    total = models.IntegerField()
    sent = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    skip_quiet = models.BooleanField(default=True)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="replay_one_row"),
            models.CheckConstraint(condition=Q(sent__gte=0, sent__lte=models.F("total")), name="replay_sent"),
        ]
