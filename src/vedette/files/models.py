"""Stored files: cleaned, encrypted, content-addressed; each hangs on a sheet and is seen by who may see that sheet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.handling.models import Derived, Sheet
from vedette.kit.ids import new_id


class StoredFile(Derived):
    """One attachment: what it is, how large, where its ciphertext lies, and its own key, wrapped by the master key."""

    class State(models.TextChoices):
        STORED = "stored", "stored"
        PURGED = "purged", "purged"

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="files")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    address = models.CharField(max_length=64)
    wrapped_key = models.BinaryField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "sha256"], name="file_once_a_sheet"),
            models.CheckConstraint(condition=Q(size__gte=1), name="file_not_empty"),
        ]
        indexes = [models.Index(fields=["sheet", "at"], name="file_of_sheet")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a browser draws it."""
        return self.kind.startswith("image/")
