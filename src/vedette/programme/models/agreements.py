"""Agreements with their clauses as dated data, and when they were read."""

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Agency
from vedette.handling.models import Governed
from vedette.kit.ids import new_id

OPEN = Q(until__isnull=True)


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
    # None: a draft, until both parties have signed.
    signed = models.DateField(null=True)
    expires = models.DateField(null=True)
    ended = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class AgreementSignature(models.Model):
    """One party signed on a day, by an office and never a name; dated. Both parties: the agreement is signed."""

    class Side(models.TextChoices):
        OURS = "ours", "we"
        THEIRS = "theirs", "the other side"

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    office = models.CharField(max_length=200)
    signed = models.DateField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    ended_by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side", "office"], condition=OPEN, name="signature_once"),
        ]


class AgreementPaper(Governed):
    """One version of the paper itself, under its own sheet; the stored file hangs on that sheet."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="papers")
    number = models.SmallIntegerField()
    added = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_paper_version"),
        ]


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
