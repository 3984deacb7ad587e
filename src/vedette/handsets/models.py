"""Phones, the packets they sent, the way a report took, and files on their way."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from vedette.agencies.models import Seat
from vedette.files.models import StoredFile
from vedette.handling.models import Derived, Sheet
from vedette.handsets.opening_models import Carriage, LateAnswer, Opening
from vedette.kit.ids import new_id
from vedette.reporting.models import Report

__all__ = ["Carriage", "Handset", "LateAnswer", "Opening", "Packet", "Passage", "Upload"]


class Handset(models.Model):
    """A phone set up for one seat; its times are real, as those of sessions are.

    `token`: SHA-256 of 256 random bits, by which it asks without a session whether it is to wipe itself.
    `wrapped`: the private half of the key to which it seals what it sends, under the master key.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="handsets")
    label = models.CharField(max_length=80)
    token = models.BinaryField(max_length=32)
    wrapped = models.BinaryField(max_length=80)
    since = models.DateTimeField()
    contact_at = models.DateTimeField(null=True)
    waiting = models.IntegerField(default=0)
    oldest_waiting_at = models.DateTimeField(null=True)
    offset_ms = models.BigIntegerField(null=True)
    version = models.CharField(max_length=40, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_by__isnull=False), name="handset_revoked_by"
            ),
            models.CheckConstraint(condition=Q(waiting__gte=0), name="handset_waiting"),
        ]
        indexes = [models.Index(fields=["seat", "-since"], name="handset_of_seat")]

    def __str__(self) -> str:
        return self.label

    @property
    def gone(self) -> bool:
        """Whether it counts no more: revoked, or wiped by itself."""
        return self.revoked_at is not None or self.wiped_at is not None


class Packet(models.Model):
    """One line for each packet that was taken in: what a phone sends twice is done once. It holds ids and hashes only."""

    client_id = models.UUIDField(primary_key=True)
    handset = models.ForeignKey(Handset, models.PROTECT, related_name="packets")
    kind = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)
    answer = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["handset", "-received_at"], name="packet_of_handset")]


class Passage(Derived):
    """How a report came from a phone: the readings of the phone's clock and of ours, and the moments they make.

    `device_...`: the phone's own reading. `server_at`: ours when it came (real). The others are moments of the house's clock,
    the phone's readings corrected by the offset (phone minus server).
    """

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("report__sheet__",)
    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="passage")
    handset = models.ForeignKey(Handset, models.PROTECT, related_name="passages")
    written_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device_written_at = models.DateTimeField()
    device_sent_at = models.DateTimeField()
    server_at = models.DateTimeField()
    offset_ms = models.BigIntegerField()
    offset_known_ms = models.BigIntegerField(null=True)
    clock_wrong = models.BooleanField()
    clock_changed = models.BooleanField()

    @property
    def offset(self) -> datetime.timedelta:
        """How far the phone's clock was ahead of ours when it sent."""
        return datetime.timedelta(milliseconds=self.offset_ms)


class Upload(Derived):
    """A file that a packet announced: on its way in sealed pieces, then opened, checked and attached, or refused."""

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("sheet__",)

    class State(models.TextChoices):
        RECEIVING = "receiving", "on its way"
        ATTACHED = "attached", "attached"
        REFUSED = "refused", "refused"

    id = models.UUIDField(primary_key=True)
    packet = models.ForeignKey(Packet, models.PROTECT, related_name="uploads")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=160)
    media = models.CharField(max_length=80, blank=True)
    size = models.BigIntegerField()
    sealed_size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    wrapped_key = models.BinaryField(max_length=80)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RECEIVING)
    reason = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=1, sealed_size__gte=1), name="upload_not_empty")]
        indexes = [
            models.Index(fields=["touched_at"], name="upload_on_its_way", condition=Q(state="receiving")),
            models.Index(fields=["sheet"], name="upload_of_sheet"),
        ]
