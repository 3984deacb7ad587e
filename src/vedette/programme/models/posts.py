"""Posts abroad, who is posted there, and the rules of their hosts."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency, Seat
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
