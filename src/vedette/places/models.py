"""The gazetteer: places with their names in many scripts, and areas with their outlines."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F

from vedette.kit.ids import new_id


class Place(models.Model):
    """A named point. Coordinates are WGS 84 degrees; population is the source's last count, 0 when it has none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=24)
    source_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    names = ArrayField(models.TextField())
    search_key = models.TextField()
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.BigIntegerField(default=0)
    country = models.CharField(max_length=2)
    admin = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=64)
    feature = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="place_once_a_source"),
            models.CheckConstraint(
                condition=models.Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="place_on_earth"
            ),
        ]
        indexes = [
            models.Index(fields=["lat", "lon"], name="place_point"),
            models.Index(F("population").desc(), name="place_population"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="place_names"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.lat, self.lon


class Area(models.Model):
    """The outline of a country, a jurisdiction or a district: a GeoJSON MultiPolygon cut at the 180th meridian."""

    class Kind(models.TextChoices):
        COUNTRY = "country", "country"
        JURISDICTION = "jurisdiction", "jurisdiction"
        DISTRICT = "district", "district"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    country = models.CharField(max_length=2, blank=True)
    outline = models.JSONField()
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "name"], name="area_once_a_source"),
            models.CheckConstraint(
                condition=models.Q(south__lte=F("north"), west__lte=F("east")), name="area_box_the_right_way_round"
            ),
        ]
        indexes = [models.Index(fields=["south", "north"], name="area_box")]

    def __str__(self) -> str:
        return self.name
