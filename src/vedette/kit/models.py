"""Two one-row tables: what kind of database this is, and the clock a demonstration or exercise shows."""

from django.db import models

from vedette.kit.ids import new_id


class Installation(models.Model):
    """What this database is, written once at its creation and never changed (a trigger refuses it)."""

    class Kind(models.TextChoices):
        REAL = "real", "real"
        DEMONSTRATION = "demonstration", "demonstration"
        EXERCISE = "exercise", "exercise"
        TEST = "test", "test"

    only = models.BooleanField(primary_key=True, default=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    id = models.UUIDField(default=new_id)
    home_agency = models.UUIDField(null=True)
    system_identifier = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="installation_one_row")]


class ShownClock(models.Model):
    """The clock shown in a demonstration or exercise: shown = shown_epoch + (real - real_epoch) * speed, unless paused."""

    only = models.BooleanField(primary_key=True, default=True)
    real_epoch = models.DateTimeField()
    shown_epoch = models.DateTimeField()
    speed = models.FloatField(default=1.0)
    paused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="shown_clock_one_row"),
            models.CheckConstraint(condition=models.Q(speed__gte=0), name="shown_clock_speed"),
        ]
