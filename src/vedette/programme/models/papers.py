"""What runs out at a post: visas, accreditations, the lease; and how many officers must stand there."""

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.kit.ids import new_id
from vedette.programme.models.posts import Post

OPEN = Q(until__isnull=True)


class PostPaper(models.Model):
    """A visa or an accreditation of an officer at a post, or the lease of the post; a change closes the row and adds one."""

    class Kind(models.TextChoices):
        VISA = "visa", "visa"
        ACCREDITATION = "accreditation", "accreditation"
        LEASE = "lease", "lease"

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="papers")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="papers")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    begins = models.DateField(null=True)
    expires = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind", "seat"], condition=OPEN, nulls_distinct=False, name="post_paper_current"
            ),
            models.CheckConstraint(
                condition=Q(kind="lease", seat__isnull=True) | ~Q(kind="lease") & Q(seat__isnull=False),
                name="post_paper_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(expires__gte=models.F("begins")), name="post_paper_dates"
            ),
        ]


class PostCover(models.Model):
    """How many officers must stand at a post, and for how many days two shall stand there together; dated."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="covers")
    officers = models.SmallIntegerField()
    handover_days = models.SmallIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=OPEN, name="post_cover_current"),
            models.CheckConstraint(condition=Q(officers__gte=1, handover_days__gte=0), name="post_cover_counts"),
        ]
