"""Posts abroad, who is posted there, the host's caveats, contacts, and agreements with their clauses."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, Seat
from vedette.handling.models import Derived, Governed
from vedette.kit.ids import new_id

OPEN = Q(until__isnull=True)


class Post(models.Model):
    """A place, abroad or at home, where officers are stationed with a host agency; `prefix` opens its references."""

    class Status(models.TextChoices):
        STANDING = "standing", "standing"
        TEMPORARY = "temporary", "temporary"
        HOME = "home", "home desk"
        SEAT = "seat", "seat with a partner"
        CONTACT = "contact", "contact only"
        CLOSED = "closed", "closed"

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40, unique=True)
    prefix = models.CharField(max_length=6)
    city = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    lat = models.FloatField()
    lon = models.FloatField()
    zone = models.CharField(max_length=60)
    host = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="hosted_posts")
    host_kind = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=40), default=list)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.STANDING)
    opened = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.city


class PostChange(models.Model):
    """What was written of a post, dated: a change closes the row and adds one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="changes")
    attributes = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post"], condition=OPEN, name="post_change_current")]


class Posting(models.Model):
    """One officer's seat at one post over a span of days; nobody stands at two posts (exclusion constraint)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="postings")
    days = DateRangeField()
    note = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="posting_no_overlap",
                expressions=[("seat", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
            )
        ]


class HostCaveat(models.Model):
    """A rule of the host agency that attaches itself to every report from the post, dated."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="caveats")
    code = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)


class Contact(Governed):
    """A counterpart at the host agency; it belongs to the post, not to the officer. In force while a card is open."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="contacts")


class ContactCard(Derived):
    """What is written of a contact, dated: known by role, how to reach, in which languages, on what conditions."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("contact__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="cards")
    role = models.CharField(max_length=200)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    reach = models.CharField(max_length=300, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact"], condition=OPEN, name="contact_card_current")]


class Meeting(Governed):
    """A conversation with a contact, never under a wider sheet than the contact's, with his conditions on it."""

    class How(models.TextChoices):
        MET = "met", "met"
        CALLED = "called", "called"
        WROTE = "wrote", "wrote"

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="meetings")
    how = models.CharField(max_length=8, choices=How.choices, default=How.MET)
    met_at = models.DateTimeField()
    text = models.TextField()


class Agreement(models.Model):
    """A memorandum between agencies, with clauses that gate sharing, missions and money."""

    class Kind(models.TextChoices):
        SHARING = "sharing", "information sharing"
        POSTING = "posting", "posting of officers"
        MISSION = "mission", "missions and training"
        GRANT = "grant", "grant"
        VISIT = "visit", "visits"

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    partner = models.ForeignKey(Agency, models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    signed = models.DateField()
    expires = models.DateField(null=True)
    ended = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class AgreementChange(models.Model):
    """What was written of an agreement, dated: a change closes the row and adds one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="changes")
    attributes = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement"], condition=OPEN, name="agreement_change_current")]


class AgreementReview(models.Model):
    """A reading of an agreement (at least every three years): planned for a day, done on a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    due = models.DateField()
    done = models.DateField(null=True)
    by = models.UUIDField(null=True)
    note = models.CharField(max_length=300, blank=True)


class Clause(models.Model):
    """One clause as dated data: what it lets happen, up to which label, and what it forbids."""

    class Gate(models.TextChoices):
        SHARE = "share", "sharing of our reports"
        THIRD_HOST = "third-host", "sharing of a third host's information"
        NAMED = "named", "sharing of a named subject"
        ONWARD = "onward", "onward release"
        MISSION = "mission", "missions"
        COST = "cost", "costs"
        STATUS = "status", "status of officers"
        NOTICE = "notice", "notice and review"
        OTHER = "other", "other"

    class Effect(models.TextChoices):
        ALLOWS = "allows", "allows"
        CONDITION = "condition", "allows on a condition"
        FORBIDS = "forbids", "forbids"

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    number = models.SmallIntegerField()
    text = models.TextField()
    gate = models.CharField(max_length=12, choices=Gate.choices)
    effect = models.CharField(max_length=12, choices=Effect.choices)
    up_to = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], condition=OPEN, name="clause_current"),
        ]
