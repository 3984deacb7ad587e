"""Contacts, which belong to the post, and what was said with them; both under control sheets."""

import datetime
import uuid

from django.db import transaction

from vedette.agencies.viewer import Viewer
from vedette.audit.actions import record
from vedette.handling.actions import new_sheet
from vedette.handling.policy import require
from vedette.kit.errors import Forbidden, Refused
from vedette.kit.text import clean_line, clean_text
from vedette.kit.time import now
from vedette.live.actions import announce
from vedette.programme.models import Contact, ContactCard, HostCaveat, Meeting, Post
from vedette.programme.queries import post_of_seat


@transaction.atomic
def set_contact(
    by: Viewer | None,
    *,
    post: Post,
    contact: Contact | None = None,
    role: str,
    languages: list[str],
    reach: str,
    conditions: str = "",
    sensitivity: int = 2,
    because: str = "",
) -> Contact:
    """Write down a counterpart by role, or change what is written of him with a reason; the older card is kept."""
    post = contact.post if contact else post
    viewer = at_the_post(require(by, "set_contact", contact.sheet if contact else None), post)
    values = {
        "role": clean_line("role", role, required=True),
        "languages": [clean_line("languages", word, limit=40) for word in languages if word.strip()],
        "reach": clean_line("reach", reach, limit=300, required=True),
        "conditions": clean_line("conditions", conditions, limit=300),
        "because": clean_line("because", because, limit=300, required=contact is not None),
    }
    if contact is None:
        _check_sensitivity(sensitivity)
        sheet = new_sheet(viewer, kind="contact", prefix=f"{post.prefix}C", sensitivity=sensitivity)
        contact = Contact.objects.create(sheet=sheet, post=post)
    _close_card(contact, str(values["because"]))
    ContactCard.objects.create(contact=contact, since=now(), by=viewer.seat_id, **values)
    record(viewer, "contact.set", [contact.pk, post.id], str(values["because"]))
    announce("contact.set", contact.pk)
    return contact


@transaction.atomic
def end_contact(by: Viewer | None, *, contact: Contact, because: str) -> Contact:
    """End a contact with a reason: he stays on the post's page as one who was; his meetings stay."""
    viewer = at_the_post(require(by, "end_contact", contact.sheet), contact.post)
    reason = clean_line("because", because, limit=300, required=True)
    if not _close_card(contact, reason):
        raise Refused("because", "This contact was ended before.", "Nothing needs doing.")
    record(viewer, "contact.ended", [contact.pk, contact.post_id], reason)
    announce("contact.set", contact.pk)
    return contact


@transaction.atomic
def log_meeting(
    by: Viewer | None,
    *,
    contact: Contact,
    met_at: datetime.datetime,
    how: str,
    text: str,
    sensitivity: int = 2,
) -> Meeting:
    """Write down a conversation, under a sheet never wider than the contact's.

    His conditions and the host's rules ride on it. The word is the host's, if the post has one.
    """
    viewer = at_the_post(require(by, "log_meeting", contact.sheet), contact.post)
    if met_at > now():
        raise Refused("met_at", "This moment is still to come.", "Write a meeting down when it has taken place.")
    if how not in Meeting.How.values:
        raise Refused("how", "Say how you spoke.", "Choose met, called or wrote.")
    words = clean_text("text", text, limit=10_000, required=True)
    held = contact.sheet.access_class
    rules = list(HostCaveat.objects.filter(post=contact.post, until__isnull=True).order_by("since"))
    sheet = new_sheet(
        viewer,
        kind="meeting",
        prefix=f"{contact.post.prefix}M",
        originator=contact.post.host,
        sensitivity=max(held.sensitivity, _check_sensitivity(sensitivity)),
        groups=held.groups,
        named_subject=held.named_subject,
        codes=[rule.code for rule in rules if rule.code],
        caveats=[*_conditions(contact), *(rule.text for rule in rules)],
    )
    meeting: Meeting = Meeting.objects.create(sheet=sheet, contact=contact, how=how, met_at=met_at, text=words)
    record(viewer, "meeting.logged", [meeting.pk, contact.pk, contact.post_id])
    announce("meeting.logged", meeting.pk)
    return meeting


def _conditions(contact: Contact) -> list[str]:
    cards = ContactCard.objects.as_house("a contact's own conditions ride on what he said")
    standing = cards.filter(contact=contact, until__isnull=True).values_list("conditions", flat=True)
    return [text for text in standing if text]


def _close_card(contact: Contact, because: str) -> bool:
    """Close the card in force; False when there is none."""
    cards = ContactCard.objects.as_house("a changed card is closed, never overwritten")
    return bool(cards.filter(contact=contact, until__isnull=True).update(until=now(), ended_because=because))


def at_the_post(viewer: Viewer, post: Post) -> Viewer:
    """A programme manager keeps every post's contacts; an officer those of the post where he stands today."""
    if viewer.holds("programme"):
        return viewer
    own = post_of_seat(viewer.seat_id)
    if _id(own) != post.id:
        raise Forbidden("Your seat is not posted there.", "Its own officer or the programme manager writes this down.")
    return viewer


def _id(post: Post | None) -> uuid.UUID | None:
    return post.id if post else None


def _check_sensitivity(sensitivity: int) -> int:
    """Named readers (4) are set by the desk, which knows who they are."""
    if sensitivity not in (1, 2, 3):
        raise Refused("sensitivity", f"{sensitivity} is not a sensitivity.", "Choose routine, sensitive or restricted.")
    return sensitivity
