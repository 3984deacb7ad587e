"""One index keyed by sheet, asked only through visible()."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from vedette.handling.models import Derived, Sheet
from vedette.kit.ids import new_id


class Entry(Derived):
    """What a sheet can be found by: title, words (per language), names, place, moment."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="search_entry")
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=300)
    body = models.TextField()
    words = SearchVectorField()
    names = ArrayField(models.CharField(max_length=200), default=list)
    folded = models.TextField()
    place_name = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="search_words"),
            GinIndex(OpClass(models.F("folded"), name="gin_trgm_ops"), name="search_folded"),
        ]
