"""The one envelope of every governed row: the control sheet, its class, and to whom it was delivered."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, GlassBreak, Person, Seat, Unit
from vedette.handling.manager import ShutManager
from vedette.handling.purge_models import PurgeDecision, PurgeItem, PurgeOrder, PurgeResult
from vedette.kit.ids import new_id

__all__ = ["AccessClass", "Addressee", "Derived", "Governed", "ReferenceCounter", "Sensitivity", "Sheet", "SheetChange"]
__all__ += ["GlassOpening", "GlassReceipt"]
__all__ += ["PurgeDecision", "PurgeItem", "PurgeOrder", "PurgeResult"]
OPEN = Q(until__isnull=True)


class Sensitivity(models.IntegerChoices):
    """How narrow a sheet is."""

    ROUTINE = 1, "routine"
    SENSITIVE = 2, "sensitive"
    RESTRICTED = 3, "restricted"
    NAMED_READERS = 4, "named readers"


class AccessClass(models.Model):
    """One row per distinct sensitivity x need-to-know groups x named-subject flag; a viewer's classes contain it or not."""

    id = models.AutoField(primary_key=True)
    sensitivity = models.SmallIntegerField(choices=Sensitivity.choices)
    groups = ArrayField(models.SlugField(max_length=40), default=list)
    named_subject = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sensitivity", "groups", "named_subject"], name="access_class_once"),
            models.CheckConstraint(
                condition=Q(sensitivity__gte=1, sensitivity__lte=4), name="access_class_sensitivity"
            ),
        ]


class Sheet(models.Model):
    """Originator (whose word it is), holder (whose copy), class, caveats, expiry, withdrawal, purge of one governed row.

    `kept_from`: the person from whose every seat it is kept, on whatever ground: an alarm of duress never shows to him.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24)
    originator = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    lodged_by = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    kept_from = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    access_class = models.ForeignKey(AccessClass, models.PROTECT, related_name="+")
    codes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    caveats = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    filed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    purged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder", "access_class", "kind", "-filed_at", "-id"], name="sheet_newest_of_class"),
            models.Index(
                fields=["author", "kind", "-filed_at"], name="sheet_of_author", condition=Q(author__isnull=False)
            ),
            models.Index(
                fields=["lodged_by", "kind", "-filed_at"], name="sheet_lodged", condition=Q(lodged_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SheetChange(models.Model):
    """What a sheet's handling was, dated: a change closes the row and adds one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="changes")
    handling = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet"], condition=OPEN, name="sheet_change_current")]


class Addressee(models.Model):
    """A sheet delivered to an agency, a unit or one seat, in force until it expires or is recalled.

    `kind` and `filed_at` repeat the sheet's own (a trigger writes them), so that a list walks one index.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="addressees")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_because = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=24, null=True, editable=False)
    filed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(agency__isnull=False, unit__isnull=True, seat__isnull=True)
                    | Q(agency__isnull=True, unit__isnull=False, seat__isnull=True)
                    | Q(agency__isnull=True, unit__isnull=True, seat__isnull=False)
                ),
                name="addressee_is_one",
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "kind", "-filed_at", "-sheet"],
                name="addressee_agency_newest",
                condition=Q(agency__isnull=False),
            ),
            models.Index(
                fields=["unit", "kind", "-filed_at", "-sheet"],
                name="addressee_unit_newest",
                condition=Q(unit__isnull=False),
            ),
            models.Index(
                fields=["seat", "kind", "-filed_at", "-sheet"],
                name="addressee_seat_newest",
                condition=Q(seat__isnull=False),
            ),
        ]


class ReferenceCounter(models.Model):
    """The last number given under a prefix in a year, for speakable references."""

    id = models.AutoField(primary_key=True)
    prefix = models.CharField(max_length=12)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="reference_counter_once")]


class Governed(models.Model):
    """A row under a control sheet: its key is the sheet, and its manager is shut.

    To who has only its struck stub left the row is not there: `handling.queries.stubs` gives what may be shown.
    """

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)
    SHOWN_STRUCK: ClassVar[bool] = False
    sheet = models.OneToOneField(Sheet, models.PROTECT, primary_key=True, related_name="%(class)s")
    objects: ClassVar[ShutManager[Any]] = ShutManager()

    class Meta:
        abstract = True


class Derived(models.Model):
    """A row that rests on sheets: shown only to who may read at least one of them; SEEN_THROUGH names the ways there.

    SHOWN_STRUCK: the row holds no content (a delivery, a receipt), so it stays beside the stub of a recalled sheet.
    """

    SEEN_THROUGH: ClassVar[tuple[str, ...]]
    SHOWN_STRUCK: ClassVar[bool] = False
    objects: ClassVar[ShutManager[Any]] = ShutManager()

    class Meta:
        abstract = True


class GlassOpening(Derived):
    """A record that was read under broken glass and would not have been without it: in a list, or opened. Append-only."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    glass = models.ForeignKey(GlassBreak, models.PROTECT, related_name="openings")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    opened = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["glass", "sheet", "opened"], name="glass_opening_once")]


class GlassReceipt(Derived):
    """A seat of the originator has taken notice of an opening. Append-only."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("opening__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    opening = models.ForeignKey(GlassOpening, models.PROTECT, related_name="receipts")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "seat"], name="glass_receipt_once")]
