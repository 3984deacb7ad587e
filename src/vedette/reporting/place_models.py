"""Where a report happened: as it was filed, as it was set or corrected since, and what photos offer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.files.models import StoredFile
from vedette.handling.models import Derived
from vedette.kit.ids import new_id


class Placing(Derived):
    """Where a report happened, dated; the newest stands and equals the report's own columns.

    An `offered` row is the position of an attached photo: nobody has said yet that it is where the report happened.
    """

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)

    class How(models.TextChoices):
        FILED = "filed", "as it was filed"
        TYPED = "typed", "typed"
        POINT = "point", "a point on the map, or coordinates"
        PHOTO = "photo", "the position of a photo"

    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey("reporting.Report", models.PROTECT, related_name="placings")
    how = models.CharField(max_length=8, choices=How.choices)
    place_name = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision_m = models.IntegerField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    offered = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(until__isnull=True, offered=False), name="placing_current"
            ),
            models.UniqueConstraint(fields=["file"], condition=Q(offered=True), name="placing_offered_once"),
            models.CheckConstraint(
                condition=Q(offered=False) | Q(how="photo", file__isnull=False), name="placing_offer"
            ),
        ]
