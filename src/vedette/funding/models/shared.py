"""Posts that another department shares with us: in which part, under which clause, by which rule of who pays."""

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency
from vedette.funding.models.books import PayerRule
from vedette.kit.ids import new_id
from vedette.programme.models import Clause, Post

OPEN = Q(until__isnull=True)


class PostShare(models.Model):
    """One department's part of a post, in ten-thousandths, dated; its costs go by the rule, its questions wait by the part."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="shares")
    partner = models.ForeignKey(Agency, models.PROTECT, related_name="shared_posts")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="post_shares")
    rule = models.OneToOneField(PayerRule, models.PROTECT, related_name="post_share")
    part = models.SmallIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=OPEN, name="post_share_current"),
            models.CheckConstraint(condition=Q(part__gte=1, part__lte=9_999), name="post_share_part"),
        ]
