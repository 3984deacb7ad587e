"""Contacts, which belong to the post, and what was said with them; both under control sheets."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vedette.handling.models import Derived, Governed
from vedette.kit.ids import new_id
from vedette.programme.models.posts import Post

OPEN = Q(until__isnull=True)


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


class Promise(Derived):
    """What was promised in a meeting, by us or by the contact, until a day; kept or not once `until` is set."""

    class Whose(models.TextChoices):
        OURS = "ours", "we promised"
        THEIRS = "theirs", "they promised"

    SEEN_THROUGH: ClassVar[tuple[str, ...]] = ("meeting__sheet__",)
    id = models.UUIDField(primary_key=True, default=new_id)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="promises")
    whose = models.CharField(max_length=8, choices=Whose.choices)
    text = models.CharField(max_length=300)
    due = models.DateField(null=True)
    kept = models.BooleanField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    ended_by = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True, kept__isnull=True) | Q(until__isnull=False, kept__isnull=False),
                name="promise_settled",
            )
        ]
