"""The keys with which an agency signs, and the public keys of partners."""

from django.db import models
from django.db.models import Q

from vedette.kit.ids import new_id


class AgencyKey(models.Model):
    """An Ed25519 key from a date to a date; the private half is wrapped under the master key, a partner's has none."""

    class Purpose(models.TextChoices):
        SIGNING = "signing", "releases and receipts"
        CHECKPOINT = "checkpoint", "checkpoints of the audit log"

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="keys")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    kid = models.CharField(max_length=120, unique=True)
    public = models.BinaryField(max_length=32)
    wrapped = models.BinaryField(max_length=80, default=b"")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "purpose"], condition=Q(until__isnull=True), name="agency_key_current"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="agency_key_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.kid
