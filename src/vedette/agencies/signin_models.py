"""What a person proves himself with, what he was invited by, the sessions he has open, and what locks a way in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.kit.ids import new_id

OPEN = Q(until__isnull=True)


class Passkey(models.Model):
    """A passkey (WebAuthn level 2, discoverable, user verified); revoked ones stay, with who and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="passkeys")
    credential = models.BinaryField(max_length=1023, unique=True)
    data = models.BinaryField(max_length=4096)
    counter = models.BigIntegerField(default=0)
    label = models.CharField(max_length=80)
    since = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="passkey_open", condition=OPEN)]

    def __str__(self) -> str:
        return self.label


class CodeSecret(models.Model):
    """The secret of an authenticator app (RFC 6238), wrapped under the master key; `last_step` was used last."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="code_secrets")
    wrapped = models.BinaryField(max_length=120)
    last_step = models.BigIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=OPEN, name="code_secret_current")]


class RecoverySet(models.Model):
    """Ten codes for the day the device is gone, each good once: SHA-256 of 80 random bits; a used one is taken out."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="recovery_sets")
    hashes = ArrayField(models.CharField(max_length=64))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=OPEN, name="recovery_set_current")]


class Invitation(models.Model):
    """A link for one person, good once and for 72 hours: SHA-256 of 256 random bits."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)


class Sitting(models.Model):
    """One signed-in session as its owner sees it: on what device, since when, last used when."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="sittings")
    session = models.CharField(max_length=40, db_index=True)
    device = models.CharField(max_length=80)
    way = models.CharField(max_length=16)
    since = models.DateTimeField()
    used_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-used_at"], name="sitting_open", condition=OPEN)]


class Attempt(models.Model):
    """One try of a code or password, written before it is judged; dropped when it succeeds or is an hour old."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.CharField(max_length=64)
    source = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="attempt_account"),
            models.Index(fields=["source", "at"], name="attempt_source"),
        ]


class Lock(models.Model):
    """A way in that is shut until released: codes and passwords of an account or from a source, or (`whole`) an account.

    `account` is a keyed hash of the typed name, so that a name nobody has locks and looks just the same.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="locks")
    whole = models.BooleanField(default=False)
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True)
    released_by = ArrayField(models.UUIDField(), default=list)
    released_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "source", "whole"], condition=OPEN, name="lock_current"),
            models.CheckConstraint(condition=~Q(account="") | ~Q(source=""), name="lock_of_something"),
        ]


class Proposal(models.Model):
    """What one watch seat asks and a second one, another person, must confirm: lock an account, release a lock, revoke a phone."""

    class Act(models.TextChoices):
        LOCK = "lock", "lock an account"
        RELEASE = "release", "release a lock"
        WIPE = "wipe", "revoke a phone"

    id = models.UUIDField(primary_key=True, default=new_id)
    act = models.CharField(max_length=8, choices=Act.choices)
    subject = models.UUIDField()
    seat = models.ForeignKey("agencies.Seat", models.PROTECT, related_name="proposals")
    because = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "subject"], condition=OPEN, name="proposal_current")]


class SecurityRule(models.Model):
    """A clock or count of the security pack as somebody set it, in real time; without a row the usual holds."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.SlugField(max_length=24)
    value = models.IntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey("agencies.Seat", models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(until__isnull=True), name="security_rule_current"
            )
        ]
