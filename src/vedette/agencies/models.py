"""Agencies, their units, people and the seats people hold."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.agencies.key_models import AgencyKey
from vedette.agencies.signin_models import (
    Attempt,
    CodeSecret,
    Invitation,
    Lock,
    Passkey,
    Proposal,
    RecoverySet,
    Sitting,
)
from vedette.kit.ids import new_id

__all__ = ["Agency", "AgencyKey", "GlassBreak", "Person", "Role", "Seat", "SeatChange", "Unit", "attributes_of"]
__all__ += ["Attempt", "CodeSecret", "Invitation", "Lock", "Passkey", "Proposal", "RecoverySet", "Sitting"]
OPEN = Q(until__isnull=True)


class Agency(models.Model):
    """An organisation: department, fusion center, federal office, foreign host, foundation, private-security network."""

    class Kind(models.TextChoices):
        HOME = "home", "home agency"
        POLICE = "police", "police department"
        FUSION = "fusion", "fusion center"
        FEDERAL = "federal", "federal office"
        BUREAU = "bureau", "State Department bureau"
        HOST = "host", "foreign host"
        FOUNDATION = "foundation", "foundation"
        PRIVATE = "private", "private-security network"

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    country = models.CharField(max_length=2, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    city = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    languages = ArrayField(models.CharField(max_length=40), default=list)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind"], condition=Q(kind="home"), name="one_home_agency")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A command of the home agency."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="unit_key")]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """People are found by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Someone who may sign in; shown to others by seat ("LO Paris"), never by name."""

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    label = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    temporary = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    def __str__(self) -> str:
        return self.label


class Role(models.TextChoices):
    """What a seat is for; a seat may hold several."""

    WATCH = "watch", "watch officer"
    CLERK = "clerk", "desk clerk"
    ANALYST = "analyst", "analyst"
    COMMANDER = "commander", "commander"
    RELEASING = "releasing", "releasing officer"
    OFFICER = "officer", "liaison officer"
    UNIT = "unit", "unit commander or duty sergeant"
    INVESTIGATOR = "investigator", "investigator"
    PARTNER = "partner", "partner"
    AUDITOR = "auditor", "auditor"
    PRIVACY = "privacy", "privacy officer"
    ADMINISTRATOR = "administrator", "administrator"
    PROGRAMME = "programme", "programme manager"
    FINANCE = "finance", "finance officer"


class Seat(models.Model):
    """Person x agency x roles, dated; the Viewer is a seat."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="seats")
    label = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=16, choices=Role.choices))
    clearance = models.SmallIntegerField(default=1)
    groups = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    sworn = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    # A board on the wall of a watch room: never locked for want of a hand.
    wall = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(clearance__gte=1, clearance__lte=4), name="seat_clearance"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="seat_dates"
            ),
        ]
        indexes = [models.Index(fields=["agency"], name="seat_agency_open", condition=OPEN)]

    def __str__(self) -> str:
        return self.label

    def holds(self, *roles: str) -> bool:
        """Whether this seat holds any of the roles."""
        return bool(set(self.roles) & set(roles))


class SeatChange(models.Model):
    """What a seat's attributes were, dated: who changed them, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="changes")
    attributes = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat"], condition=OPEN, name="seat_change_current")]


class GlassBreak(models.Model):
    """A seat's emergency view of everything the home agency holds: typed reason, short, told to the originators."""

    id = models.UUIDField(primary_key=True, default=new_id)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="glass_breaks")
    since = models.DateTimeField()
    until = models.DateTimeField()
    because = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="glass_break_dates")]
        indexes = [models.Index(fields=["seat", "-until"], name="glass_break_latest")]


def attributes_of(seat: Seat) -> dict[str, Any]:
    """The attributes of a seat that decide what it may see."""
    return {
        "roles": sorted(seat.roles),
        "clearance": seat.clearance,
        "groups": sorted(seat.groups),
        "sworn": seat.sworn,
        "unit": str(seat.unit_id or ""),
        "suspended": seat.suspended_at is not None,
        "wall": seat.wall,
    }
