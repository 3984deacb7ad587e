"""Standing rules: what a releasing officer wrote down for a shared post, and each draft the house made under it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vedette.agencies.models import Agency, Seat
from vedette.funding.models import PostShare
from vedette.handling.models import Derived
from vedette.kit.ids import new_id
from vedette.programme.models import Clause, Post

OPEN = Q(until__isnull=True)


class StandingRule(models.Model):
    """Drafts for a partner from the reports of the post it shares, up to a label, until a day; dated, signed. It releases nothing."""

    id = models.UUIDField(primary_key=True, default=new_id)
    share = models.ForeignKey(PostShare, models.PROTECT, related_name="standing_rules")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="standing_rules")
    label = models.CharField(max_length=12)
    last_day = models.DateField()
    jws = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "partner"], condition=OPEN, name="standing_rule_current"),
            models.CheckConstraint(condition=OPEN ^ ~Q(ended_because=""), name="standing_rule_ended_whole"),
        ]


class StandingDraft(Derived):
    """The draft that the house made under a rule from the facts of an incident, when it was last renewed, whether it was set aside."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("release__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    release = models.OneToOneField("sharing.Release", models.PROTECT, related_name="standing_draft")
    rule = models.ForeignKey(StandingRule, models.PROTECT, related_name="drafts")
    # The facts it was last drafted from, as a digest: the same facts are never drafted twice.
    mark = models.BinaryField(max_length=32)
    since = models.DateTimeField()
    drafted_at = models.DateTimeField()
    renewals = models.SmallIntegerField(default=0)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(drafted_at__gte=F("since")), name="standing_draft_in_order"),
            models.CheckConstraint(condition=OPEN ^ Q(by__isnull=False), name="standing_draft_aside_whole"),
        ]
        indexes = [models.Index(fields=["rule", "-since"], name="standing_draft_of_rule")]
